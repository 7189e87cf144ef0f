/** `--defect list`: the names of the simulated unit's defects, what each does wrong and which requirement it breaks. */

import { DEFECTS } from '../sim/defects/catalogue.ts';
import type { Surroundings } from './surroundings.ts';

const WIDEST_LINE = 160;

/** Breaks a text at spaces into lines of at most `width` characters. */
const lines = (text: string, width: number): readonly string[] => {
  const made: string[] = [];
  for (const word of text.split(' ')) {
    const last = made.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) made.push(word);
    else made[made.length - 1] = `${last} ${word}`;
  }
  return made;
};

const longest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

/** A row a defect with --json as a document `bms-rig/defects/1`. Gives the exit code. */
export const listDefects = async (json: boolean, { out }: Surroundings): Promise<number> => {
  if (json) {
    const { toDefectsDocument } = await import('../../reports/json.ts');
    out.write(`${JSON.stringify(toDefectsDocument(DEFECTS))}\n`);
    return 0;
  }
  const nameColumns = longest(DEFECTS.map(({ name }) => name));
  const kindColumns = longest(DEFECTS.map(({ kind }) => kind));
  const requirementColumns = longest(DEFECTS.map(({ requirement }) => requirement));
  const indent = nameColumns + kindColumns + requirementColumns + 6;
  const summaryColumns = Math.max(24, Math.min(out.columns, WIDEST_LINE) - indent);
  const row = (name: string, kind: string, requirement: string, summary: string): string => {
    const [first = '', ...rest] = lines(summary, summaryColumns);
    const head = `${name.padEnd(nameColumns)}  ${kind.padEnd(kindColumns)}  ${requirement.padEnd(requirementColumns)}  ${first}`;
    return `${[head, ...rest.map((line) => ' '.repeat(indent) + line)].join('\n')}\n`;
  };
  out.write(row('defect', 'kind', 'requirement', 'what the unit does wrong'));
  for (const { name, kind, requirement, summary } of DEFECTS) out.write(row(name, kind, requirement, summary));
  return 0;
};
