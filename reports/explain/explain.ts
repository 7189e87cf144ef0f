/** Explains a run: of each case that did not pass what came first and who may have caused it, and for all of them together where to look. */

import { finalAttempts, type RunRecord } from '../record.ts';
import { CLUES, type Clue } from './clues.ts';
import { diagnose } from './diagnosis.ts';
import { type ExplainedCase, type Explanation, SUSPECTS, type Suspicion } from './explanation.ts';
import { firstDivergence, type Told } from './first.ts';

const told = (clues: readonly Clue[]): string[] => [
  ...new Set(clues.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map(({ text }) => text)),
];

/** Likeliest first; those that only clues against them speak of come last, with weight 0. */
function suspicions(one: Told, all: readonly Told[]): readonly Suspicion[] {
  const clues = CLUES.flatMap((ask) => ask(one, all));
  return SUSPECTS.flatMap((who): readonly Suspicion[] => {
    const own = clues.filter((clue) => clue.who === who);
    if (own.length === 0) return [];
    const weight = own.reduce((sum, clue) => sum + clue.weight, 0);
    const [evidence, against] = [told(own.filter((clue) => clue.weight > 0)), told(own.filter((clue) => clue.weight < 0))];
    return [{ who, weight: evidence.length === 0 ? 0 : Math.max(0, weight), evidence, against }];
  }).toSorted((a, b) => b.weight - a.weight);
}

/** `only` keeps the cases whose id contains it. Cases that passed are left out. */
export function explain(record: RunRecord, only = ''): Explanation {
  const all = finalAttempts(record);
  const open = all.filter(({ last }) => last.result.verdict !== 'pass' && last.result.verdict !== 'notRun');
  const asked = open.filter(({ last }) => last.result.id.includes(only));
  const cases = asked.map((told): ExplainedCase => {
    const { id, verdict, blame } = told.last.result;
    return { id, verdict, blame, first: firstDivergence(told), suspects: [...suspicions(told, open)] };
  });
  return {
    run: record.runId,
    simulated: record.bench.simulated,
    verdict: record.verdict,
    diagnosis: diagnose(asked, all),
    cases,
  };
}
