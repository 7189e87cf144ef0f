/** A case as it was run, from a stored run: what later versions added to it from the record, ends that are open from the transcript, as a record writes null for them. */

import type { Case } from '../../scenarios/contracts/case.ts';

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const withOpenEnds = (recorded: unknown, kept: unknown): unknown => {
  if (recorded === null && typeof kept === 'number' && !Number.isFinite(kept)) return kept;
  if (!isContainer(recorded) || !isContainer(kept)) return recorded;
  if (Array.isArray(recorded)) return recorded.map((one, index) => withOpenEnds(one, (kept as unknown as readonly unknown[])[index]));
  return Object.fromEntries(Object.entries(recorded).map(([key, one]) => [key, withOpenEnds(one, kept[key])]));
};

/** `kept`: absent where no transcript has the case; then an end that was open is null. */
export const caseAsRun = (recorded: unknown, kept: Case | undefined): Case => withOpenEnds(recorded, kept) as Case;
