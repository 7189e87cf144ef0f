/** Signs that a reader cannot see, and what they are called. */

/** Of a character class: they turn the direction of writing or show nothing. U+200C and U+200D, which join letters or keep them apart, are none. */
export const TURNING = String.raw`\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF`;

export const signName = (sign: string): string => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
