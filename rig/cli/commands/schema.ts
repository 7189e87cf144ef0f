/** `rig schema`: the JSON Schema of a scenario, of a bench file, or of what a command prints with --json. */

import type { Argv } from 'yargs';
import { nearest } from '../../../scenarios/language/nearest.ts';
import { schemaNames, schemaText } from '../../editor/schema-file.ts';
import { UsageError } from '../failures.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {} as const;

export const build = (y: Argv) =>
  y
    .positional('what', {
      type: 'string',
      default: 'scenario',
      describe: 'scenario, bench-file, or a document of --json; "list" names them',
    })
    .options(OPTIONS)
    .example('$0 schema > scenario.json', 'for an editor that completes and checks YAML')
    .example('$0 schema run', 'what `rig run --json` prints');

interface Args {
  readonly what: string;
}

export const handle = async ({ what }: Args, { out }: Surroundings): Promise<number> => {
  if (what === 'list') {
    out.write(`${schemaNames().join('\n')}\n`);
    return 0;
  }
  const text = schemaText(what);
  if (text === null) {
    const meant = nearest(what, schemaNames());
    throw new UsageError(`There is no schema "${what}".`, meant === undefined ? 'rig schema list names them' : `did you mean ${meant}?`);
  }
  out.write(text);
  return 0;
};
