/** What has to show that a bench may judge units: on a port a bench file, a recent self-test that passed and a verification; and what becomes of it where somebody does without. */

import type { BenchFault } from '../../reports/judge/run.ts';
import type { BenchProof } from '../../reports/record.ts';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import { knownHash } from '../selftest/known.ts';
import { selfTestFault } from './self-tested.ts';
import { verificationFault, type VerifiedWith } from './verification.ts';

export interface ProofAsked {
  readonly file: BenchFile | null;
  /** Behind a serial port, whatever board it is; else the simulated bench of this process. */
  readonly onPort: boolean;
  /** `--unproven`. */
  readonly waived: boolean;
  /** The run tests a unit; else it is part of a verification, or of a study of the bench. */
  readonly tests: boolean;
}

export interface Proof {
  readonly proof: BenchProof;
  readonly faults: readonly BenchFault[];
}

const fault = (code: string, text: string | null): readonly BenchFault[] =>
  text === null ? [] : [{ code, verdict: 'inconclusive', blame: 'rig', text }];

const NO_FILE =
  'Nothing shows that this bench can tell good from bad, so no unit can pass on it: give it a bench file (rig/bench-file/example.yaml), then run `rig selftest` and `rig verify-bench`; or say --unproven, which stands in the record.';
const NO_VERIFY = ({ name, file }: BenchFile): string =>
  `Bench ${name} asks for no verification, so no unit can pass on it: add \`verify:\` to ${file} and run \`rig verify-bench\`; or say --unproven, which stands in the record.`;

const faultsOf = ({ file, onPort, tests }: ProofAsked, run: VerifiedWith): readonly BenchFault[] => {
  if (file === null) return fault('verification', NO_FILE);
  const tested = onPort ? fault('selfTest', selfTestFault(file, run, knownHash())) : [];
  if (!tests) return tested;
  return [...tested, ...fault('verification', file.verify === null ? NO_VERIFY(file) : verificationFault(file, run))];
};

/** The simulated bench of this process is sound by construction, and asked only where its bench file asks. */
export const proofOf = (asked: ProofAsked, run: VerifiedWith): Proof => {
  if (!asked.onPort && (asked.file === null || asked.file.verify === null)) return { proof: null, faults: [] };
  if (asked.waived) return { proof: 'waived', faults: [] };
  const faults = faultsOf(asked, run);
  return { proof: faults.length > 0 ? 'missing' : asked.tests ? 'shown' : null, faults };
};
