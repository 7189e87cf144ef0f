/** Where the committed JSON Schemas lie that editors and other programs read, and which of them there are. */

import { readdirSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** What authors write first, then what `--json` prints. */
const FOLDERS = [path.join(ROOT, 'scenarios', 'schemas'), path.join(ROOT, 'reports', 'schemas')] as const;
const ENDING = '.json';

export const scenarioSchemaFile: string = path.join(FOLDERS[0], 'scenario.json');

/** Files by the names that `rig schema` knows them by. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map(
    FOLDERS.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(ENDING))
        .toSorted()
        .map((name) => [name.slice(0, -ENDING.length), path.join(folder, name)] as const),
    ),
  );
