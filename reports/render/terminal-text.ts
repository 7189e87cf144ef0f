/** Text of other people on a terminal: what would move the cursor, change colours or hide itself is shown as what it is. */

// oxlint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2028\u2029\u2066-\u2069\uFEFF]/gu;

/** One line: breaks are shown too. */
export const printable = (text: string): string =>
  text.replaceAll(/[\n\t]/g, ' ').replaceAll(HIDDEN, (found) => `\\u${found.codePointAt(0)!.toString(16).padStart(4, '0')}`);
