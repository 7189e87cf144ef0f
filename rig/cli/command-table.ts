/** The commands: name and arguments, what each is for, and the module that holds it, loaded only when it is asked for. */

import type { Argv } from 'yargs';
import type { Surroundings } from './surroundings.ts';

/** What a module in commands/ exports. */
export interface Command {
  readonly OPTIONS: Readonly<Record<string, object>>;
  readonly build: (parser: Argv) => Argv;
  readonly handle: (args: never, surroundings: Surroundings) => Promise<number>;
}

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Only the command asked for is loaded: help and check stay quick. */
  readonly load: () => Promise<Command>;
}

const command = (name: string, summary: string, load: () => Promise<Command>): CommandEntry => ({ name, summary, load });

/** In the order in which help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  command('run [files..]', 'run scenarios on a bench and judge the unit', () => import('./commands/run.ts')),
  command('check [files..]', 'read scenarios and list every mistake', () => import('./commands/check.ts')),
  command('new <file>', 'write a commented scenario to begin with', () => import('./commands/new.ts')),
  command('watch <file>', 'check, predict and draw a scenario at each save', () => import('./commands/watch.ts')),
  command('schema [what]', 'print the JSON Schema that an editor checks with', () => import('./commands/schema.ts')),
  command('predict <files..>', 'show what the reference allows', () => import('./commands/predict.ts')),
  command('explain [run]', 'tell what a recorded run shows, and who may have caused it', () => import('./commands/explain.ts')),
  command('report [run]', 'a recorded run as page, tables, certificate and label', () => import('./commands/report.ts')),
  command('diff <before> <after>', 'what changed from one run, or set of runs, to another', () => import('./commands/diff.ts')),
  command('stats', 'yield, frequent differences, capability, drift, times and flakes', () => import('./commands/stats.ts')),
  command('grr [files..]', 'guided gauge study of a bench: %GRR and ndc per measurement', () => import('./commands/grr.ts')),
  command('replay [run]', 'make a recorded run again from its lines on the wire', () => import('./commands/replay.ts')),
  command('rejudge [run]', "judge stored traces by today's model and limits", () => import('./commands/rejudge.ts')),
  command('archive <action> [path]', 'take runs in, give them out, back them up', () => import('./commands/archive.ts')),
  command('verify [dir]', 'show that stored records are what they were', () => import('./commands/verify.ts')),
  command('coverage [files..]', 'which requirement is proven by which case', () => import('./commands/coverage.ts')),
  command('mutate [files..]', 'run scenarios against the library of defects', () => import('./commands/mutate.ts')),
  command('learn', 'measure a good unit and write its profile', () => import('./commands/learn.ts')),
  command('explore', 'random sequences until the unit differs from the reference', () => import('./commands/explore.ts')),
  command('soak [files..]', 'run good units, each drawn anew; none may be accused', () => import('./commands/soak.ts')),
  command('ports [paths..]', 'list serial ports and greet the fixtures on them', () => import('./commands/ports.ts')),
  command('calibrate', 'calibrate a board with a meter and the test plug', () => import('./commands/calibrate.ts')),
  command('verify-bench', 'show that a bench passes a golden unit and fails a bad plug', () => import('./commands/verify-bench.ts')),
  command('maintenance', 'how worn the contacts of a bench are', () => import('./commands/maintenance.ts')),
  command('selftest', 'test every channel of a board through the test plug', () => import('./commands/selftest.ts')),
  command('flash [port]', 'put the firmware on the fixture, and greet it', () => import('./commands/flash.ts')),
  command('sim <action>', 'the simulated fixture for other programs', () => import('./commands/sim.ts')),
];
