/** The options that say which cases run, how they are read, and what is said where they leave none. */

import type { Case } from '../../scenarios/contracts/case.ts';
import { nearest } from '../../scenarios/language/nearest.ts';
import { selectCases, type Selection, type Shard } from '../run/selection.ts';
import { UsageError } from './failures.ts';
import { howMany } from '../../reports/render/how-many.ts';

export const SELECTION_OPTIONS = {
  tags: { type: 'string', requiresArg: true, describe: 'only cases with one of these tags, by commas; ~tag leaves those with it out' },
  grep: { type: 'string', requiresArg: true, describe: 'only cases whose id or title matches this regular expression' },
  shard: { type: 'string', requiresArg: true, describe: 'the i-th of n parts of what is left, as i/n: for n machines' },
} as const;

export interface SelectionArgs {
  readonly tags?: string;
  readonly grep?: string;
  readonly shard?: string;
}

/** As the record keeps it. */
export interface ToldSelection {
  /** So many cases there were. */
  readonly of: number;
  readonly tags: string | null;
  readonly grep: string | null;
  readonly shard: string | null;
}

const readGrep = (text: string | undefined): RegExp | null => {
  if (text === undefined) return null;
  try {
    return new RegExp(text, 'iu');
  } catch (cause) {
    const reason = (cause as Error).message.replace(/^Invalid regular expression: /, '').replace(/\.?$/, '');
    throw new UsageError(`--grep is not a regular expression: ${reason}.`, 'put a backslash before a sign that is meant as itself');
  }
};

const readShard = (text: string | undefined): Shard | null => {
  if (text === undefined) return null;
  const [, index = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > of) throw new UsageError(`--shard wants i/n with i from 1 to n, not "${text}".`, 'for example --shard 2/4');
  return { index, of };
};

const readTags = (text: string | undefined): Pick<Selection, 'tags' | 'without'> => {
  const all = text?.split(',').map((tag) => tag.trim()) ?? [];
  if (all.some((tag) => tag === '' || tag === '~'))
    throw new UsageError(`--tags has an empty tag in "${text}".`, 'for example --tags regression,~slow');
  return { tags: all.filter((tag) => !tag.startsWith('~')), without: all.filter((tag) => tag.startsWith('~')).map((tag) => tag.slice(1)) };
};

/** A tag that no case has is a slip of the pen: it would leave out too much, or, with ~, nothing. */
const refuseUnknownTags = (cases: readonly Case[], { tags, without }: Selection): void => {
  const known = [...new Set(cases.flatMap((one) => one.tags))].toSorted();
  for (const tag of [...tags, ...without]) {
    if (known.includes(tag)) continue;
    const meant = nearest(tag, known);
    throw new UsageError(
      `No case has the tag "${tag}".`,
      meant !== undefined
        ? `did you mean ${meant}?`
        : known.length === 0
          ? 'these scenarios have no tags'
          : `there are: ${known.slice(0, 20).join(', ')}`,
    );
  }
};

/** Throws UsageError for an option that cannot be read, and where nothing is left: no case is not a pass. */
export const selectByOptions = (
  cases: readonly Case[],
  args: SelectionArgs,
): { readonly cases: readonly Case[]; readonly selection: ToldSelection | null } => {
  const { tags = null, grep = null, shard = null } = args;
  if (tags === null && grep === null && shard === null) return { cases, selection: null };
  const selection: Selection = { ...readTags(args.tags), grep: readGrep(args.grep), shard: readShard(args.shard) };
  refuseUnknownTags(cases, selection);
  const chosen = selectCases(cases, selection);
  if (chosen.length === 0) {
    const before = selectCases(cases, { ...selection, shard: null }).length;
    throw new UsageError(
      before === 0 ? `None of the ${cases.length} cases is selected.` : `Part ${shard} of ${howMany(before, 'selected case')} is empty.`,
      before === 0 ? 'loosen --tags or --grep; `rig check` counts the cases' : 'use fewer parts',
    );
  }
  return { cases: chosen, selection: { of: cases.length, tags, grep, shard } };
};
