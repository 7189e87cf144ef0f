/** One hash for a folder of our own sources, so that a record names the model and host that made it. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const isSource = (name: string): boolean => /\.(ts|js)$/.test(name) && !/\.test\.(ts|js)$/.test(name) && !name.endsWith('.d.ts');

/** sha256 over the relative paths and contents of the sources below the given folders of the project, tests left out. */
export const sourceHash = (...folders: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(isSource).toSorted();
    for (const file of files) {
      hash.update(`${folder}/${file.split(path.sep).join('/')}\n`);
      hash.update(readFileSync(path.join(ROOT, folder, file)));
    }
  }
  return hash.digest('hex');
};
