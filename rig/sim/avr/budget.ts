/** Cycles to go, for loops that count in small integers. */

/** Bitwise truncation alone would wrap beyond 31 bits. */
export const budget = (cycles: number): number => (cycles > 0x3fffffff ? 0x3fffffff : cycles > 0 ? Math.ceil(cycles) | 0 : 0);
