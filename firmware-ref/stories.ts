/** Tells a story to the reference for tests: what was done, which edges came, and which differences it has to find. */

import { expect } from 'chai';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import { account } from './account.ts';
import { caseOf, differencesOf, edgesOf, traceOf, type Deeds, type PolesWord } from './traces.ts';

export interface Story {
  readonly deeds: Deeds;
  readonly end_s: number;
  /** Poles before power; all closed if not given. */
  readonly given?: PolesWord;
  readonly linked?: boolean;
  readonly supply_V?: number;
}

/** A unit that starts as it should. */
export const START = 'load+@0.4 charger+@0.41 blue+@0.42';

export function run(
  { deeds, end_s, given = 'ccc', linked = true, supply_V = 13 }: Story,
  words: string,
): { readonly prediction: Prediction; readonly differences: readonly string[] } {
  const testCase = caseOf(deeds, end_s, given, linked, supply_V);
  const trace = traceOf(testCase, edgesOf(words));
  const prediction = account(testCase, trace);
  expect(prediction.complete).to.equal(true);
  return { prediction, differences: differencesOf(prediction, trace) };
}

export function accepts(story: Story, words: string): void {
  expect(run(story, words).differences).to.deep.equal([]);
}

export function rejects(story: Story, words: string, ...differences: readonly string[]): void {
  expect(run(story, words).differences).to.deep.equal(differences);
}
