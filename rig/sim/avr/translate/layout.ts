/** Where translated code finds things: in a CPU's memory behind its data space and constants, and among the functions of its module. */

import { SUM_FLAGS } from '../arithmetic.ts';

/** Where the constants of instructions end. */
const BEHIND = 0x10100;
/** The program counter, as translated code leaves it. */
export const PC_CELL = BEHIND;
/** Translated code goes on while it ends before this count of cycles; what lowers it writes it here. */
export const END_CELL = BEHIND + 4;
/** Cycle before which no interrupt is entered, since an instruction has just enabled them; -1 = none has. */
export const SHADOW_CELL = BEHIND + 8;
/** Other than 0 while an interrupt is requested. */
export const PENDING_CELL = BEHIND + 12;
export const SUM_FLAGS_AT = BEHIND + 0x10;
/** For each word of the program 16 bits: the number of the translation that begins there, or 0. */
export const ENTRIES_AT = SUM_FLAGS_AT + SUM_FLAGS.length;
const PAGE_BYTES = 0x10000;

export const memoryPages = (words: number): number => Math.ceil((ENTRIES_AT + 2 * words) / PAGE_BYTES);

/** What translated code calls, by number: the order of imports and of what else is in a module. */
export const HOST = { load: 0, store: 1, enabled: 2, loadProgram: 3, writeSum: 4 } as const;
