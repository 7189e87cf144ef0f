/** `rig watch`: whenever the scenario or a fragment of it is saved, its mistakes or what the reference allows, drawn anew. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Argv } from 'yargs';
import { contentOf, lookAt } from '../watched-file.ts';
import { UsageError } from '../failures.ts';
import { listenForStop } from '../stop.ts';
import { isLively, printOptions, type Surroundings } from '../surroundings.ts';

/** Much less than the 200 ms in which a save has to show. The files are looked at themselves: notices of file systems differ, and some give none. */
const LOOK_ms = 40;
const CLEAR = '\u001B[2J\u001B[3J\u001B[H';

export const OPTIONS = {} as const;

export const build = (y: Argv) =>
  y
    .positional('file', { type: 'string', demandOption: true, describe: 'a scenario file' })
    .options(OPTIONS)
    .example('$0 watch scenarios/mine/low-cell.yaml', 'check, predict and draw at each save; Ctrl-C ends it');

interface Args {
  readonly file: string;
}

export const handle = async ({ file }: Args, surroundings: Surroundings): Promise<number> => {
  if (!/\.ya?ml$/u.test(file)) throw new UsageError(`${file} is no scenario file.`, 'scenario files end in .yaml');
  const { out } = surroundings;
  const stop = listenForStop();
  let mistakes = 0;
  try {
    let files: readonly string[] = [file];
    let drawn: string | null = null;
    while (!stop.signal.aborted) {
      const content = contentOf(files);
      if (content !== drawn) {
        const began_ms = performance.now();
        const look = lookAt(file, printOptions(surroundings));
        ({ mistakes } = look);
        // What is included is watched from what was just drawn; of the rest, what was saved meanwhile is seen at the next look.
        drawn = look.files.join() === files.join() ? content : contentOf(look.files);
        ({ files } = look);
        const took = `${Math.round(performance.now() - began_ms)} ms`;
        out.write(`${isLively(surroundings, out) ? CLEAR : ''}${file}: ${look.text}(${took}; Ctrl-C ends)\n`);
      }
      await delay(LOOK_ms, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  } finally {
    stop.release();
  }
  return mistakes > 0 ? 2 : 0;
};
