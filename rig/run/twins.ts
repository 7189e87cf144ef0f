/** Which cases of many files have the same id: nothing could tell their results apart. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';

/** What tells a case from others. */
export type CaseName = Pick<Case, 'id' | 'place'>;

const duplicate = ({ id, place }: CaseName, twin: CaseName): Issue => ({
  id: 'duplicate-case',
  severity: 'error',
  ...place,
  message: `The case id ${id} is also that of ${twin.place.file}.`,
  hint: 'rename one of the files',
});

/** Finds cases of the same id, file by file. */
export class Twins {
  readonly #first = new Map<string, CaseName>();

  /** How many of a file's cases come before one that has a twin; one message tells all, as the points of a sweep are as many twins. */
  take(cases: readonly CaseName[]): { readonly kept: number; readonly issues: readonly Issue[] } {
    for (const [index, one] of cases.entries()) {
      const twin = this.#first.get(one.id);
      if (twin !== undefined) return { kept: index, issues: [duplicate(one, twin)] };
      this.#first.set(one.id, one);
    }
    return { kept: cases.length, issues: [] };
  }
}
