/** Which of the scenarios that come with the rig names a requirement, to begin with a copy of it. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const scenarios = path.resolve(import.meta.dirname, '../../scenarios');

/** As it is called in the rig's own folder; the one that names the requirement first in the order of paths. Null where none does. */
export const shippedScenario = (id: string): string | null => {
  const named = new RegExp(String.raw`(?<![\w-])${id}(?![\w-])`, 'u');
  const files = readdirSync(scenarios, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const found = files.toSorted().find((file) => {
    const text = readFileSync(path.join(scenarios, file), 'utf8');
    return named.test(text.replaceAll(/#.*$/gmu, ''));
  });
  return found === undefined ? null : path.posix.join('scenarios', found.replaceAll('\\', '/'));
};
