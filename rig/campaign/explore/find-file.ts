/** The scenario file that a find becomes: the smallest sequence, where it came from, and the requirements it shows. */

import { exercised } from '../../../firmware-ref/exercised/evidence.ts';
import { REQUIREMENTS, type Requirement } from '../../../scenarios/requirements.ts';
import { caseOf, type Find } from './explore.ts';
import { scenarioText } from './sequence.ts';

const known: Readonly<Record<string, Requirement>> = REQUIREMENTS;

/** Where the reference shows nothing in the sequence that a scenario may name. */
const LAST_RESORT = 'REACTION';

/** The requirement that was broken, where the sequence carries it; else all it carries. */
const coversOf = ({ sequence, run }: Find): readonly string[] => {
  const carried = new Set<string>(exercised(caseOf(sequence)).evidence.map(({ requirement }) => requirement));
  const shown = [...carried].filter((id) => known[id]?.shownBy === 'unit');
  const broken = run.result.differences.map(({ requirement }) => requirement).find((id) => id !== null && shown.includes(id));
  if (broken !== undefined && broken !== null) return [broken];
  return shown.length > 0 ? shown : [LAST_RESORT];
};

export interface FindFile {
  readonly name: string;
  readonly text: string;
}

/** The same find always gives the same file. */
export const findFile = (find: Find): FindFile => {
  const { sequence, seed, path, run } = find;
  const title = `Found by exploring with seed ${seed}`;
  const comments = [run.result.reason, `Drawn by fast-check from seed ${seed}, path ${path}.`];
  return { name: `explored-${seed}.yaml`, text: scenarioText(sequence, { title, covers: coversOf(find), comments }) };
};
