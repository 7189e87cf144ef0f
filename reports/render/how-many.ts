/** So many of something, in words: one case, two cases. */
export const howMany = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
