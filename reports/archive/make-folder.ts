/** A folder of an archive, made where it is missing; what is in the way is told as the system means it. */

import { mkdir, stat } from 'node:fs/promises';

/** `mode`: rights of those that are made. Rejects with the system's error. */
export const makeFolder = async (folder: string, mode = 0o777): Promise<void> => {
  await mkdir(folder, { recursive: true, mode }).catch(async (cause: NodeJS.ErrnoException) => {
    // So Node.js 24 tells of a read-only mount when it makes folders with those above them.
    if (cause.code !== 'ENOENT' || (await stat(folder).catch(() => null))) throw cause;
    throw Object.assign(new Error(`${folder} cannot be made: read-only file system, or a folder above it is gone`, { cause }), {
      code: 'EROFS',
      path: folder,
    });
  });
};
