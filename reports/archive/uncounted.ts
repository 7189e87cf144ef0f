/** Runs of a folder that no statistics count yet, because they are not filed: told as sentences, with what to do about them. */

import { openRuns } from './progress.ts';
import { lackingIn } from './unit-history.ts';
import { stateOf } from './writer.ts';

const runs = (count: number, one: string, more: string): string => (count === 1 ? `1 run ${one}` : `${count} runs ${more}`);

/** Empty where all are counted. `isCounted`: a run that is, whatever its mark says. */
export const uncountedNotes = async (out: string, isCounted: (run: string) => boolean): Promise<readonly string[]> => {
  const open = [...(await openRuns(out))].filter(([run]) => !isCounted(run)).map(([, writer]) => writer);
  const of = (state: ReturnType<typeof stateOf>) => open.filter((writer) => writer !== null && stateOf(writer) === state);
  const [cut, going, away] = [of('gone').length, of('alive').length, of('elsewhere')];
  const over = open.filter((writer) => writer === null).length;
  const hosts = [...new Set(away.map((writer) => writer!.host))].toSorted().join(', ');
  const finishes = (count: number): string => `not counted: rig verify ${out} finishes ${count === 1 ? 'it' : 'them'}.`;
  return [
    ...(cut === 0 ? [] : [`${runs(cut, 'was interrupted and is', 'were interrupted and are')} ${finishes(cut)}`]),
    ...(over === 0
      ? []
      : [`${runs(over, 'could not be filed when it ended and is', 'could not be filed when they ended and are')} ${finishes(over)}`]),
    ...(going === 0 ? [] : [`${runs(going, 'goes on at this moment and is', 'go on at this moment and are')} not counted yet.`]),
    ...(away.length === 0
      ? []
      : [
          `${runs(away.length, 'goes on or was interrupted', 'go on or were interrupted')} on ${hosts}, not counted: rig verify ${out} says more.`,
        ]),
  ];
};

/** Runs that were signed and that the database knows nothing of, as where it was lost; those left out that wait to be filed. Rejects with what opening it does. */
export const lackingNotes = async (out: string): Promise<readonly string[]> => {
  const lacking = (await lackingIn(out)) - (await openRuns(out)).size;
  return lacking <= 0
    ? []
    : [
        `${runs(lacking, 'was signed and is not in the database, and', 'were signed and are not in the database, and')} not counted: rig archive import --out ${out} takes ${lacking === 1 ? 'it' : 'them'} in.`,
      ];
};
