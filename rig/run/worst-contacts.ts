/** The contacts of a whole run: each terminal at its worst, for the record and for the trend. */

import type { ContactReading } from '../../scenarios/contracts/trace.ts';
import { TERMINAL_NAMES } from '../../scenarios/signals.ts';

/** One reading a terminal that was measured at all. */
export const worstContacts = (runs: readonly { readonly contacts: readonly ContactReading[] }[]): readonly ContactReading[] =>
  TERMINAL_NAMES.flatMap((terminal) =>
    runs
      .flatMap(({ contacts }) => contacts.filter((one) => one.terminal === terminal))
      .toSorted((a, b) => (a.value_mOhm < b.value_mOhm ? 1 : -1))
      .slice(0, 1),
  );
