/** Which of two allowed readings the unit showed, by ruling, and how many glitches were forgiven. */

import type { Prediction } from '../scenarios/contracts/prediction.ts';
import type { Edge } from '../scenarios/contracts/trace.ts';
import { live, type Target, type Track } from './track.ts';

export class Readings {
  readonly #shown = new Set<string>();
  #glitches = 0;

  #add(ruling: string, shown: string): void {
    this.#shown.add(`${ruling}|${shown}`);
  }

  glitch(_away: Edge): void {
    this.#glitches++;
  }

  edge({ signal, level }: Edge, found: readonly Target[]): void {
    const only = (cite: Target['cite']): boolean => found.every((one) => one.cite === cite);
    const high = level === 'high';
    if (only('serviceLowCell') && high) this.#add('R12', 'LOAD and PRE-ALARM go high');
    if (only('preRecovered') && high) this.#add('R10', 'PRE-ALARM rises again after the recovery');
    if (only('warningGone')) this.#add('R8', high ? 'PRE-ALARM rises although the warning has ended' : 'PRE-ALARM falls when the warning ends in the low cell');
    if (signal === 'preAlarm' && found.some((one) => one.cite === 'preWithTrip')) this.#add('R9', found.some(({ source }) => source.memo === 'tripping') ? 'LOAD floats first' : 'PRE-ALARM falls first');
  }

  state(track: Track): void {
    const { signal, high } = track;
    if (signal !== 'preAlarm') return;
    const possible = live(track);
    const all = (memo: string): boolean => possible.length > 0 && possible.every((one) => one.memo === memo);
    if (all('recovered') && !high) this.#add('R10', 'PRE-ALARM stays off until the warning has cleared');
    if (all('soft') && high) this.#add('R8', 'PRE-ALARM stays when the warning ends in the low cell');
  }

  /** R12 (b), R14: told by whoever sees that an output did not move. */
  stays(ruling: string, shown: string): void {
    this.#add(ruling, shown);
  }

  list(): Prediction['readings'] {
    const shown = [...this.#shown].map((one) => {
      const [ruling = '', text = ''] = one.split('|');
      return { ruling, shown: text };
    });
    return this.#glitches === 0 ? shown : [...shown, { ruling: 'R18', shown: `${this.#glitches} glitch${this.#glitches === 1 ? '' : 'es'} forgiven` }];
  }
}
