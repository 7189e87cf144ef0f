/** `rig new`: a scenario to begin with, with a comment at each key; never over a file that is there. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Argv } from 'yargs';
import { makeFolder } from '../../../reports/archive/make-folder.ts';
import { nearest } from '../../../scenarios/language/nearest.ts';
import { REQUIREMENT_IDS, REQUIREMENTS } from '../../../scenarios/requirements.ts';
import type { RequirementId } from '../../../scenarios/requirements.ts';
import { apart, hasStory, newScenario } from '../../editor/new-scenario.ts';
import { shippedScenario } from '../../editor/shipped-scenario.ts';
import { scenarioSchemaFile } from '../../editor/schema-file.ts';
import { RigError } from '../../error.ts';
import { UsageError } from '../failures.ts';
import type { Surroundings } from '../surroundings.ts';

/** What is asked where nothing is. */
const USUAL: readonly RequirementId[] = ['LOAD-UV', 'PRE-30S'];

export const OPTIONS = {
  covers: { type: 'string', requiresArg: true, describe: `requirements it is to show, with commas between [default: ${USUAL.join(',')}]` },
} as const;

export const build = (y: Argv) =>
  y
    .positional('file', { type: 'string', demandOption: true, describe: 'the file to write, ending in .yaml' })
    .options(OPTIONS)
    .example('$0 new scenarios/mine/low-cell.yaml', 'a commented scenario that runs as it is');

interface Args {
  readonly file: string;
  readonly covers?: string;
}

const isRequirement = (id: string): id is RequirementId => REQUIREMENT_IDS.some((known) => known === id);

const readCovers = (text: string | undefined): readonly RequirementId[] => {
  if (text === undefined) return USUAL;
  return text.split(',').map((part) => {
    const id = part.trim();
    if (isRequirement(id)) return id;
    const meant = nearest(id, REQUIREMENT_IDS);
    throw new UsageError(
      `--covers: there is no requirement "${id}".`,
      meant === undefined ? '`rig coverage` lists them' : `did you mean ${meant}?`,
    );
  });
};

/** What no story shows: for the battery's own decisions and for what no test here can show. */
function withoutStory(id: RequirementId): UsageError {
  const { text, shownBy, why } = REQUIREMENTS[id];
  if (shownBy === 'none') return new UsageError(`--covers: no test can show ${id}: ${why}`, 'leave it out');
  const shipped = shippedScenario(id);
  return new UsageError(
    `--covers: rig new has no story for ${id}: ${text}`,
    shipped === null ? '`rig coverage` says what shows it' : `${shipped} shows it; begin with a copy of it`,
  );
}

function refuseUntold(covers: readonly RequirementId[]): void {
  const untold = covers.find((id) => !hasStory(id));
  if (untold !== undefined) throw withoutStory(untold);
  const parted = apart(covers);
  if (parted === null) return;
  throw new UsageError(
    `--covers: ${parted[0]} and ${parted[1]} cannot be shown together: what hangs on an output for the one is in the way of what is measured for the other.`,
    'write a file for each',
  );
}

export const handle = async ({ file, covers }: Args, { out }: Surroundings): Promise<number> => {
  if (!/\.ya?ml$/u.test(file))
    throw new UsageError(`${file} does not end in .yaml.`, `for example rig new ${file.replace(/\.\w*$/u, '')}.yaml`);
  const asked = readCovers(covers);
  refuseUntold(asked);
  const folder = path.dirname(path.resolve(file));
  const schema = path.relative(folder, scenarioSchemaFile).replaceAll('\\', '/');
  const text = newScenario({ covers: asked, schema });
  const unwritable = (cause: unknown): RigError =>
    new RigError('outUnwritable', `${file} cannot be written: ${(cause as Error).message}.`, {
      hint: 'give another name',
      blame: 'operator',
      cause,
    });
  try {
    await makeFolder(folder);
  } catch (cause) {
    throw unwritable(cause);
  }
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(cause);
    throw new RigError('outUnwritable', `${file} is there already.`, {
      hint: 'nothing was changed; give another name',
      blame: 'operator',
      cause,
    });
  }
  out.write(`${file} is written. Next: rig check ${file}, rig watch ${file}, rig run ${file}\n`);
  return 0;
};
