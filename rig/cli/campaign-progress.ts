/** How far a campaign is, on standard error: one line rewritten on a terminal, a line every tenth elsewhere, nothing for programs. */

import { isLively, type Surroundings } from './surroundings.ts';

const TENTHS = 10;

export interface CampaignProgress {
  /** `beside`: what else there is to say. */
  readonly tell: (done: number, of: number, beside?: string) => void;
  /** Clears the line on a terminal. */
  readonly finish: () => void;
}

/** `what` is counted: `units`, `sequences`. */
export const campaignProgress = (what: string, json: boolean, surroundings: Surroundings): CampaignProgress => {
  const { err } = surroundings;
  if (json) return { tell: () => undefined, finish: () => undefined };
  const lively = isLively(surroundings, err);
  let told = 0;
  return {
    tell: (done, of, beside = '') => {
      const tenth = Math.floor((done * TENTHS) / of);
      if (lively) err.write(`\r\u001B[K${done} of ${of} ${what}${beside}`);
      else if (tenth > told) err.write(`${done} of ${of} ${what}${beside}\n`);
      told = Math.max(told, tenth);
    },
    finish: () => {
      if (lively) err.write('\r\u001B[K');
    },
  };
};
