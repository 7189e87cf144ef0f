/** Which of two allowed readings the unit showed, by ruling, and how many glitches were forgiven. */

import type { Prediction } from '../scenarios/contracts/prediction.ts';
import type { PROFILE_READINGS, ReadingRuling } from '../scenarios/contracts/profile.ts';
import type { Edge } from '../scenarios/contracts/trace.ts';
import { isOut, type Memo } from './rules/rule.ts';
import type { Target, Track } from './track.ts';

/** By the word that a profile has for each. */
export const SHOWN = {
  R8: {
    stays: 'PRE-ALARM stays when the warning ends in the low cell',
    falls: 'PRE-ALARM falls when the warning ends in the low cell',
  },
  R10: {
    rises: 'PRE-ALARM rises again after the recovery',
    'stays off': 'PRE-ALARM stays off until the warning has cleared',
  },
  R12: {
    on: 'LOAD and PRE-ALARM go high',
    off: 'LOAD and PRE-ALARM float until the cell recovers',
  },
} as const satisfies { readonly [R in ReadingRuling]: Readonly<Record<(typeof PROFILE_READINGS)[R][number], string>> };

export class Readings {
  readonly #shown = new Set<string>();
  #glitches = 0;
  /** PRE-ALARM has gone off with LOAD, so that it is quiet says nothing of R12. */
  #tripped = false;

  #add(ruling: string, shown: string): void {
    this.#shown.add(`${ruling}|${shown}`);
  }

  glitch(): void {
    this.#glitches++;
  }

  edge({ signal, level }: Edge, found: readonly Target[]): void {
    // No other signal has a reading to show.
    if (signal !== 'load' && signal !== 'preAlarm') return;
    this.#tripped ||= found.some(({ cite }) => cite === 'preWithTrip' || cite === 'trip');
    const only = (cite: Target['cite']): boolean => found.every((one) => one.cite === cite);
    const high = level === 'high';
    if (only('serviceLowCell') && high) this.#add('R12', SHOWN.R12.on);
    if (only('preRecovered') && high) this.#add('R10', SHOWN.R10.rises);
    if (only('warningGone')) this.#add('R8', high ? 'PRE-ALARM rises although the warning has ended' : SHOWN.R8.falls);
    if (signal === 'preAlarm' && found.some((one) => one.cite === 'preWithTrip'))
      this.#add('R9', found.some(({ source }) => source.memo === 'tripping') ? 'LOAD floats first' : 'PRE-ALARM falls first');
  }

  /** What is still possible of PRE-ALARM. */
  preAlarm({ high, hypotheses }: Track): void {
    let memo: Memo | null = null;
    for (const one of hypotheses) {
      if (one.high !== high) continue;
      if (memo !== null && one.memo !== memo) return;
      ({ memo } = one);
    }
    // What a trip made quiet ends with the cell's recovery, or out of service.
    if (memo !== null && (isOut(memo) || memo === 'plain' || memo === 'recovered')) this.#tripped = false;
    if (memo === 'quiet' && !high && !this.#tripped) this.#add('R12', SHOWN.R12.off);
    if (memo === 'recovered' && !high) this.#add('R10', SHOWN.R10['stays off']);
    if (memo === 'soft' && high) this.#add('R8', SHOWN.R8.stays);
  }

  list(): Prediction['readings'] {
    const shown = [...this.#shown].map((one) => {
      const [ruling = '', text = ''] = one.split('|');
      return { ruling, shown: text };
    });
    return this.#glitches === 0
      ? shown
      : [...shown, { ruling: 'R18', shown: `${this.#glitches} glitch${this.#glitches === 1 ? '' : 'es'} forgiven` }];
  }
}
