/** The form of a requirement: one published statement, how sure it is, where it comes from, and what can show that it holds. */

import type { Certainty } from '../contracts/prediction.ts';

/**
 * `unit`: by a unit on the bench. `rig`: decided by the battery, so only the rig's own model of the bank can show it, which proves nothing of a
 * unit. `none`: by no test here.
 */
export type ShownBy = 'unit' | 'rig' | 'none';

export interface Requirement {
  readonly text: string;
  readonly certainty: Certainty;
  /** Facts and assumptions of firmware-ref/FACTS.md. */
  readonly source: readonly string[];
  /** Rulings that read it; none where the statement leaves nothing to read. */
  readonly rulings: readonly string[];
  readonly shownBy: ShownBy;
  /** Of `none`: why no test can show it. */
  readonly why: string;
}

const list = (words: string): readonly string[] => (words === '' ? [] : words.split(' '));

/** Sources and rulings are words with blanks between them. */
export const unit = (text: string, certainty: Certainty, source: string, rulings = ''): Requirement => ({
  text,
  certainty,
  source: list(source),
  rulings: list(rulings),
  shownBy: 'unit',
  why: '',
});

export const rig = (text: string, certainty: Certainty, source: string): Requirement => ({
  ...unit(text, certainty, source),
  shownBy: 'rig',
});

export const none = (text: string, certainty: Certainty, source: string, why: string): Requirement => ({
  ...unit(text, certainty, source),
  shownBy: 'none',
  why,
});
