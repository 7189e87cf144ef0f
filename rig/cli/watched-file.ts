/** One scenario as it is now: its mistakes or what the reference allows, and which files that came from. */

import { renderPrediction } from '../../reports/render/prediction.ts';
import type { PrintOptions } from '../../reports/render/style.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { ProofShelf } from '../campaign/proofs.ts';
import { checkCases, predictedOnce, type PredictionOf } from '../check/check-cases.ts';
import { checkCovers } from '../check/covers.ts';
import { lonelyFragments } from '../check/lonely-fragments.ts';
import { RigError } from '../error.ts';
import { compileSource } from '../run/compile-files.ts';
import { fragmentLoader } from '../run/fragment-files.ts';
import { plainBytes } from '../run/plain-file.ts';
import { loadScenarioFiles } from '../run/scenario-files.ts';
import { isError, issueLine } from './issue-lines.ts';
import { howMany } from '../../reports/render/how-many.ts';

/** More cases of a sweep than a person looks at. */
const DRAWN_CASES = 3;

export interface Look {
  readonly text: string;
  readonly mistakes: number;
  /** The file itself and everything it includes, also what could not be read. */
  readonly files: readonly string[];
}

/** None where the table of proofs beside the file cannot be read, of which `rig check` tells. */
const coversIssues = (cases: readonly Case[], predictionOf: PredictionOf): readonly Issue[] => {
  try {
    return checkCovers(cases, new ProofShelf(), predictionOf);
  } catch (cause) {
    if (cause instanceof RigError) return [];
    throw cause;
  }
};

/** Reads, checks, predicts and draws. Never throws for what the file holds. */
export const lookAt = (file: string, options: PrintOptions): Look => {
  const files = [file];
  const { sources, issues } = loadScenarioFiles([file]);
  const [source] = sources;
  if (source === undefined) return { text: issues.map(issueLine).join(''), mistakes: issues.length, files };
  const load = fragmentLoader(file);
  const {
    cases,
    elsewhere,
    issues: read,
  } = compileSource(source, {
    everyBench: true,
    load: (from, given) => {
      const loaded = load(from, given);
      if (loaded.ok && !files.includes(loaded.source.file)) files.push(loaded.source.file);
      return loaded;
    },
  });
  const predictionOf = predictedOnce();
  // As `rig check` finds them, and in its order.
  const found = [
    ...read,
    ...lonelyFragments(sources),
    ...checkCases([...cases, ...elsewhere], predictionOf),
    ...coversIssues(cases, predictionOf),
  ];
  const errors = found.filter(isError).length;
  const drawn = errors === 0 ? cases : [];
  const drawings = drawn.slice(0, DRAWN_CASES).map((one) => `\n${renderPrediction(one, predictionOf(one), options)}\n`);
  const more = drawn.length > DRAWN_CASES ? `\n${howMany(drawn.length - DRAWN_CASES, 'more case')} of the sweep not drawn.\n` : '';
  const sum = `${howMany(errors, 'mistake')}, ${howMany(found.length - errors, 'warning')}${read.some(isError) ? '' : `, ${howMany(cases.length, 'case')}`}\n`;
  return { text: `${found.map(issueLine).join('')}${sum}${drawings.join('')}${more}`, mistakes: errors, files };
};

/** What tells whether any of them was saved since: content, not times, which some editors and file systems keep. */
export const contentOf = (files: readonly string[]): string =>
  files
    .map((file) => {
      try {
        return plainBytes(file).toString('latin1');
      } catch (cause) {
        return `\u0000${(cause as NodeJS.ErrnoException).code}`;
      }
    })
    .join('\u0000');
