/** What a person names is read only where it is a plain file: a pipe, a terminal or a device would keep the rig waiting, or never end. */

import { readFileSync, statSync } from 'node:fs';

/** Throws what the file system throws, and an Error without a code for what is no plain file. Size is the caller's to limit. */
export const plainBytes = (file: string): Buffer => {
  const found = statSync(file);
  if (found.isDirectory()) throw new Error('it is a folder');
  if (!found.isFile()) throw new Error('it is no plain file but a pipe or a device');
  return readFileSync(file);
};
