/** An author's mistake: what is wrong in which file, where, and what to write instead. A value, never thrown. */

import { RULES, type RuleId } from '../rules.ts';

export interface Issue {
  readonly id: RuleId;
  readonly severity: 'error' | 'warning';
  /** Path as the user gave it. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly col: number;
  readonly message: string;
  /** What to do about it; empty where the rule's own fix says it all. */
  readonly hint: string;
}

/** A place in a scenario file, carried by whatever was compiled from it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** Signs that move the cursor, colour a terminal or turn the direction of writing, as what they are: a message quotes what stood in a file. */
export const visible = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

export const formatIssue = ({ id, file, line, col, message, hint }: Issue): string =>
  `${visible(file)}:${line}:${col} ${message} (${hint === '' ? RULES[id].fix : hint}) [${id}]`;
