/** `rig schema`: the JSON Schema of a scenario, of a bench or station file, or of what a command prints with --json. */

import { readFileSync } from 'node:fs';
import type { Argv } from 'yargs';
import { nearest } from '../../../scenarios/language/nearest.ts';
import { schemaFiles } from '../../editor/schema-file.ts';
import { UsageError } from '../failures.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {} as const;

export const build = (y: Argv) =>
  y
    .positional('what', {
      type: 'string',
      default: 'scenario',
      describe: 'scenario, bench-file, station-file, or a document of --json; "list" names them',
    })
    .options(OPTIONS)
    .example('$0 schema > scenario.json', 'for an editor that completes and checks YAML')
    .example('$0 schema run', 'what `rig run --json` prints');

interface Args {
  readonly what: string;
}

export const handle = async ({ what }: Args, { out }: Surroundings): Promise<number> => {
  const files = schemaFiles();
  const names = [...files.keys()];
  if (what === 'list') {
    out.write(`${names.join('\n')}\n`);
    return 0;
  }
  const file = files.get(what);
  if (file === undefined) {
    const meant = nearest(what, names);
    throw new UsageError(`There is no schema "${what}".`, meant === undefined ? 'rig schema list names them' : `did you mean ${meant}?`);
  }
  out.write(readFileSync(file, 'utf8'));
  return 0;
};
