/** Random sequences against a unit until one differs from the reference or the time is over; what differs is made as small as it can be. */

import * as fc from 'fast-check';
import { exercised } from '../../../firmware-ref/exercised/evidence.ts';
import { transitions } from '../../../firmware-ref/exercised/catalogue.ts';
import { readAndCompile } from '../../../scenarios/compile.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import type { CaseRun } from '../../run/case-run.ts';
import { failsUnit } from '../outcome.ts';
import { sequences } from './draw.ts';
import { scenarioText, type Sequence } from './sequence.ts';

export interface ExploreOptions {
  readonly seed: number;
  /** Runs a case on the bench. Throws where the bench itself fails. */
  readonly tryOut: (testCase: Case) => Promise<CaseRun>;
  /** What this bench may do; absent: all of it. */
  readonly isLegal?: (testCase: Case) => boolean;
  /** Of whatever time the budgets count. */
  readonly elapsed_ms: () => number;
  readonly budget_ms: number;
  /** Beyond the budget, for making a find smaller. */
  readonly shrink_ms: number;
  readonly signal: AbortSignal;
  readonly onSequence?: (growth: Growth) => void;
}

/** How far the exploring is. */
export interface Growth {
  readonly sequences: number;
  readonly virtual_s: number;
  readonly hit: number;
  readonly total: number;
}

export interface Find {
  readonly sequence: Sequence;
  /** Draws it again: seed and path of fast-check. */
  readonly seed: number;
  readonly path: string;
  readonly run: CaseRun;
  /** Sequences tried before it, and those it took to make it small. */
  readonly after: number;
  readonly shrinks: number;
}

export interface Explored extends Growth {
  readonly find: Find | null;
  /** Sequences that came to no verdict, by reason. */
  readonly undecided: readonly string[];
  readonly missing: readonly string[];
}

/** So many are drawn from one seed before the time is looked at again. */
const ROUND = 25;

export const caseOf = (sequence: Sequence, title = 'A random sequence', covers: readonly string[] = ['REACTION']): Case => {
  const text = scenarioText(sequence, { title, covers });
  const compiled = readAndCompile({ file: 'explored/sequence.yaml', bytes: Buffer.from(text) });
  if (compiled.ok) return compiled.cases[0]!;
  // The sequence promises to be legal: this is the rig's own mistake.
  throw new Error(`A sequence that was drawn does not compile: ${compiled.issues[0]?.message} in\n${text}`);
};

class Exploration {
  readonly #options: ExploreOptions;
  readonly #all = transitions();
  readonly #hit = new Set<string>();
  readonly #undecided: string[] = [];
  #tried = 0;
  #virtual_s = 0;
  /** Of the last sequence that differed. */
  #last: CaseRun | null = null;
  /** What ended the bench: no difference, and nothing to make smaller. */
  #fault: Error | null = null;

  constructor(options: ExploreOptions) {
    this.#options = options;
  }

  get #over(): boolean {
    const { elapsed_ms, budget_ms, shrink_ms, signal } = this.#options;
    return signal.aborted || this.#fault !== null || elapsed_ms() > budget_ms + (this.#last === null ? 0 : shrink_ms);
  }

  get growth(): Growth {
    return { sequences: this.#tried, virtual_s: this.#virtual_s, hit: this.#hit.size, total: this.#all.length };
  }

  /** True where the unit did nothing that the reference does not allow, or the time is over. */
  async #holds(sequence: Sequence): Promise<boolean> {
    if (this.#over) return true;
    const testCase = caseOf(sequence);
    if (this.#options.isLegal?.(testCase) === false) return true;
    const run = await this.#tryOut(testCase);
    if (run === null) return true;
    const { verdict, reason, duration_us } = run.result;
    this.#tried += 1;
    this.#virtual_s += duration_us / 1e6;
    for (const id of exercised(testCase).transitions) this.#hit.add(id);
    if (verdict === 'inconclusive' || verdict === 'broken') this.#undecided.push(reason);
    this.#options.onSequence?.(this.growth);
    if (!failsUnit(run.result)) return true;
    this.#last = run;
    return false;
  }

  async #tryOut(testCase: Case): Promise<CaseRun | null> {
    try {
      return await this.#options.tryOut(testCase);
    } catch (cause) {
      this.#fault = cause instanceof Error ? cause : new Error(String(cause));
      return null;
    }
  }

  async go(): Promise<Explored> {
    const property = fc.asyncProperty(sequences, (sequence) => this.#holds(sequence));
    let find: Find | null = null;
    for (let round = 0; find === null && !this.#over; round += 1) {
      const seed = this.#options.seed + round;
      const before = this.#tried;
      const details = await fc.check(property, { seed, numRuns: ROUND, verbose: 0 });
      if (this.#fault !== null) throw this.#fault;
      const [sequence] = details.counterexample ?? [];
      if (sequence === undefined || this.#last === null) continue;
      const path = details.counterexamplePath ?? '';
      find = { sequence, seed, path, run: this.#last, after: before + details.numRuns, shrinks: details.numShrinks };
    }
    const missing = this.#all.filter((id) => !this.#hit.has(id));
    return { ...this.growth, find, undecided: this.#undecided, missing };
  }
}

export const explore = (options: ExploreOptions): Promise<Explored> => new Exploration(options).go();
