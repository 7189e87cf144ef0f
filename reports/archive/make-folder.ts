/** A folder, made where it is missing with those above it; what is in the way is told as the system means it. */

import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

const isMissing = (cause: NodeJS.ErrnoException): null => {
  if (cause.code === 'ENOENT') return null;
  throw cause;
};

/** Step by step: Node's own recursive mkdir never ends where a file system denies that a folder can be (as /proc does). `mode`: rights of those that are made. Rejects with the system's error. */
export const makeFolder = async (folder: string, mode = 0o777): Promise<void> => {
  const found = await stat(folder).catch(isMissing);
  if (found?.isDirectory()) return;
  if (found !== null) throw Object.assign(new Error(`${folder} is a file`), { code: 'EEXIST', path: folder });
  await makeFolder(path.dirname(path.resolve(folder)), mode);
  await mkdir(folder, { mode }).catch(async (cause: NodeJS.ErrnoException) => {
    // Somebody else was faster.
    if (cause.code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw cause;
  });
};
