/** What SQLite's numbers mean that a person or a program is told something about. Source: sqlite.org/rescode.html. */

/** Primary result codes. */
export const SQLITE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  malformed: 11,
  full: 13,
  cannotOpen: 14,
  noDatabase: 26,
} as const;

/** The file is malformed, or no database. */
export const DAMAGED: readonly number[] = [SQLITE.malformed, SQLITE.noDatabase];

/** The primary code of an error that SQLite threw; null where another did. */
export const sqliteCode = (cause: unknown): number | null => {
  const { errcode } = (cause ?? {}) as { readonly errcode?: number };
  return errcode === undefined ? null : errcode % 256;
};

/** Whether SQLite threw it, with one of these codes. */
export const isSqlite = (cause: unknown, codes: readonly number[]): boolean => {
  const code = sqliteCode(cause);
  return code !== null && codes.includes(code);
};
