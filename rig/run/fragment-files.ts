/** Which files a scenario may include: those in its own folder and in the folders beside it, and nothing that a path or a link leads to elsewhere. */

import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { LoadFragments } from '../../scenarios/language/reuse/fragments.ts';
import { LARGEST_FILE_bytes } from './scenario-files.ts';
import type { RuleId } from '../../scenarios/rules.ts';

const refuse = (id: RuleId, message: string, hint: string) => ({ ok: false, id, message, hint }) as const;

const OUTSIDE_HINT = 'fragments are in the folder of the scenario, or in a folder beside it, e.g. ../fragments/supply.yaml';
const LONGEST_PATH = 200;

/** What no path between scenarios needs: roots, drives, addresses, backslashes, control characters. */
const isStrange = (given: string): boolean =>
  given.length > LONGEST_PATH || path.posix.isAbsolute(given) || path.win32.isAbsolute(given) || /[\\:\p{Cc}]/u.test(given);

const isInside = (folder: string, file: string): boolean => {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
};

/** Loads what the scenario in `scenario` includes, directly or through other fragments. */
export const fragmentLoader = (scenario: string): LoadFragments => {
  const root = path.dirname(path.dirname(path.resolve(scenario)));
  return (from, given) => {
    const shown = JSON.stringify(given);
    if (isStrange(given)) return refuse('include-escape', `${shown} is no path from this file to another`, OUTSIDE_HINT);
    if (!/\.ya?ml$/u.test(given)) return refuse('not-a-fragment', `${shown} is no .yaml file`, OUTSIDE_HINT);
    const file = path.normalize(path.join(path.dirname(from), given));
    const outside = refuse('include-escape', `${shown} leads out of the folder of the suites`, OUTSIDE_HINT);
    if (!isInside(root, path.resolve(file))) return outside;
    try {
      const real = realpathSync(file);
      if (!isInside(realpathSync(root), real)) return outside;
      const { size } = statSync(real);
      if (size > LARGEST_FILE_bytes) return refuse('file-too-large', `${shown} has ${size} bytes, more than ${LARGEST_FILE_bytes}`, '');
      if (!statSync(real).isFile()) return refuse('include-missing', `${shown} is no file`, OUTSIDE_HINT);
      return { ok: true, source: { file, bytes: readFileSync(real) } };
    } catch (cause) {
      const missing = (cause as { code?: string }).code === 'ENOENT';
      return refuse('include-missing', `${shown} ${missing ? 'does not exist' : 'cannot be read'}`, `it was looked for at ${file}`);
    }
  };
};
