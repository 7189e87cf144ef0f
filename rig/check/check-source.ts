/** Everything that `rig check` finds in one file by itself, with one prediction a case, as data that can go from thread to thread. */

import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { benchIssues } from '../bench-file/apply.ts';
import { loadBenchFile } from '../bench-file/load.ts';
import { ProofShelf } from '../campaign/proofs.ts';
import { compileSource } from '../run/compile-files.ts';
import type { ScenarioSource } from '../run/scenario-files.ts';
import type { CaseName } from '../run/twins.ts';
import { checkCases, checkWithProfile, predictedOnce, type ProfileFile } from './check-cases.ts';
import { checkCovers } from './covers.ts';
import { estimate, type Estimate } from './estimate.ts';

export interface FileCheck {
  readonly cases: readonly CaseName[];
  readonly estimates: readonly Estimate[];
  readonly read: readonly Issue[];
  readonly checked: readonly Issue[];
  readonly covers: readonly Issue[];
  readonly bench: readonly Issue[];
}

/** Beside the reference and the suites' proofs. */
export interface Against {
  readonly benchFile?: string | undefined;
  readonly profile?: ProfileFile | null;
}

/** What files are checked against, read once. */
export interface OpenCheck {
  readonly profile: ProfileFile | null;
  readonly shelf: ProofShelf;
  readonly bench: BenchFile | null;
  /** Of the bench file itself. */
  readonly issues: readonly Issue[];
}

export const openCheck = ({ benchFile, profile = null }: Against): OpenCheck => {
  const open = { shelf: new ProofShelf(), profile, bench: null, issues: [] };
  if (benchFile === undefined) return open;
  const loaded = loadBenchFile(benchFile);
  return loaded.ok ? { ...open, bench: loaded.bench } : { ...open, issues: loaded.issues };
};

export const checkSource = (source: ScenarioSource, { shelf, bench, profile }: OpenCheck): FileCheck => {
  const { cases, elsewhere, issues: read } = compileSource(source, { everyBench: true });
  const predictionOf = predictedOnce();
  const all = [...cases, ...elsewhere];
  return {
    cases: cases.map(({ id, place }) => ({ id, place })),
    estimates: cases.map(estimate),
    read,
    checked: profile === null ? checkCases(all, predictionOf) : checkWithProfile(all, profile),
    // What a suite shows is a matter of the reference, whatever one unit is like.
    covers: checkCovers(cases, shelf, predictionOf),
    bench: bench === null ? [] : benchIssues(cases, bench),
  };
};
