/** Every rule of `rig check` by its id: the closed list that each Issue takes its id from, and what RULES.md is written from. */

import { BENCH } from './rules/bench.ts';
import { DEEDS } from './rules/deeds.ts';
import { DEMANDS } from './rules/demands.ts';
import { DRIVES } from './rules/drives.ts';
import { OUTPUTS } from './rules/outputs.ts';
import { PROFILE } from './rules/profile.ts';
import { READING } from './rules/reading.ts';
import { REUSE } from './rules/reuse.ts';
import type { Rule } from './rules/rule.ts';
import { TIMES } from './rules/times.ts';
import { VALUES } from './rules/values.ts';
import { WORDS } from './rules/words.ts';

/** By what they speak of, in the order in which a file is looked at. */
export const RULE_GROUPS = {
  'Files and their text': READING,
  'Keys and words': WORDS,
  Values: VALUES,
  Times: TIMES,
  Drives: DRIVES,
  'Deeds of an operator': DEEDS,
  'Outputs: sinks, shorts, loads': OUTPUTS,
  Demands: DEMANDS,
  'Parameters, sweeps, fragments': REUSE,
  'Bench files': BENCH,
  'Profiles of units': PROFILE,
} as const;

const ALL = { ...READING, ...WORDS, ...VALUES, ...TIMES, ...DRIVES, ...DEEDS, ...OUTPUTS, ...DEMANDS, ...REUSE, ...BENCH, ...PROFILE };

export type RuleId = keyof typeof ALL;
export const RULES: Readonly<Record<RuleId, Rule>> = ALL;
export const RULE_IDS = Object.keys(ALL) as readonly RuleId[];
