/** Where the committed JSON Schemas lie that editors and other programs read, and which of them there are. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const SCENARIOS = path.join(ROOT, 'scenarios', 'schemas');
const REPORTS = path.join(ROOT, 'reports', 'schemas');

export const scenarioSchemaFile: string = path.join(SCENARIOS, 'scenario.json');

/** What authors write first, then what `--json` prints. */
export const schemaNames = (): readonly string[] =>
  [SCENARIOS, REPORTS].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .toSorted(),
  );

/** Null where there is no such schema. */
export const schemaText = (name: string): string | null => {
  if (!schemaNames().includes(name)) return null;
  for (const folder of [SCENARIOS, REPORTS]) {
    if (readdirSync(folder).includes(`${name}.json`)) return readFileSync(path.join(folder, `${name}.json`), 'utf8');
  }
  return null;
};
