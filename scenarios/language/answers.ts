/** From the bytes of a file of answers to what is answered where, or to every mistake in it at once: for runs without a person. */

import { z } from 'zod';
import type { Issue } from '../contracts/issue.ts';
import { mapping, text } from './fields.ts';
import { entryOf, plain, type Node } from './node.ts';
import { placeAt } from './places.ts';
import type { Places, Source } from './places.ts';
import { inOrder } from './rules/finding.ts';
import { shapeIssues } from './shape-issues.ts';
import { readText } from './source.ts';
import type { SourceFile } from './source.ts';
import { readTree } from './tree.ts';

const answersShape = mapping({
  by: z.optional(text('a name')),
  answers: z
    .array(mapping({ case: z.optional(text('the id of a case')), step: text('the name of a step, or step 3,'), choice: text('a choice') }))
    .min(1),
});

/** One answer, for a case or, where none is named, for each that asks so. */
export interface GivenAnswer {
  readonly case: string | null;
  readonly step: string;
  readonly choice: string;
  /** `file:line:col`, for messages. */
  readonly place: string;
}
export interface AnswersFile {
  readonly by: string | null;
  readonly answers: readonly GivenAnswer[];
}
export type AnswersResult =
  | { readonly ok: true; readonly answers: AnswersFile }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Stands beside the scenarios it answers, and is checked with their folder. */
export const isAnswersFile = (root: Node): boolean => entryOf(root, 'answers') !== undefined && entryOf(root, 'scenario') === undefined;

const issuesOf = (places: Places, issues: readonly z.core.$ZodIssue[]): readonly Issue[] =>
  inOrder(shapeIssues(places, issues).map(({ issue }) => issue));

/** The mistakes of a file whose tree has been read. */
export const answersIssues = (root: Node, source: Source): readonly Issue[] => {
  const parsed = answersShape.safeParse(plain(root));
  return parsed.success ? [] : issuesOf({ sources: [source], root }, parsed.error.issues);
};

export const readAnswers = (source: SourceFile): AnswersResult => {
  const text = readText(source);
  if (!text.ok) return text;
  const tree = readTree(source.file, text.text);
  if (tree.root === null || tree.issues.length > 0) return { ok: false, issues: tree.issues };
  const places: Places = { sources: [tree.source], root: tree.root };
  const parsed = answersShape.safeParse(plain(places.root));
  if (!parsed.success) return { ok: false, issues: issuesOf(places, parsed.error.issues) };
  const { by = null, answers } = parsed.data;
  return {
    ok: true,
    answers: {
      by,
      answers: answers.map(({ case: id = null, step, choice }, index) => {
        const { file, line, col } = placeAt(places, ['answers', index, 'choice']);
        return { case: id, step, choice, place: `${file}:${line}:${col}` };
      }),
    },
  };
};

/** The first that fits counts. */
export const answerFor = ({ answers }: AnswersFile, asked: { readonly case: string; readonly step: string }): GivenAnswer | undefined =>
  answers.find(({ case: id, step }) => (id === null || id === asked.case) && step === asked.step);
