/** `rig grr`: guides through a gauge study (parts x operators x trials), turn by turn and over days, and tells how well the bench measures. */

import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import { toGrrDocument } from '../../../reports/statistics/grr-document.ts';
import { renderGrr, renderGrrPage } from '../../../reports/render/grr.ts';
import { judgeStudy, remaining, turnsOf, type Turn } from '../../../reports/statistics/study.ts';
import { RigError } from '../../error.ts';
import { checkWritable, readStudy, type Study, writeStudy } from '../../grr/study-file.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { simulatedTurn } from '../../grr/simulated-turn.ts';
import { takenFrom } from '../../grr/take.ts';
import { randomStream } from '../../sim/random.ts';
import { BENCH_OPTIONS, type BenchArgs } from '../bench-choice.ts';
import { soundOrThrow } from '../campaign-cases.ts';
import { defaultScenarios } from '../default-scenarios.ts';
import { EXIT_BROKEN, UsageError } from '../failures.ts';
import { JSON_OPTION, readCount, readSeed } from '../options.ts';
import { loadRun } from '../stored-run.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';
import { handle as run } from './run.ts';

export const OPTIONS = {
  ...BENCH_OPTIONS,
  study: { type: 'string', requiresArg: true, default: 'grr-study.json', describe: 'file of the study; one that is there is gone on with' },
  parts: { type: 'string', requiresArg: true, describe: 'how many, or their names with commas between [default: 10]' },
  operators: { type: 'string', requiresArg: true, describe: 'names of operators or stations with commas between [default: A,B,C]' },
  trials: { type: 'string', requiresArg: true, describe: 'how often each operator measures each part [default: 3]' },
  seed: { type: 'string', requiresArg: true, describe: 'draws the order of the parts, and simulated parts [default: 1]' },
  answers: { type: 'string', requiresArg: true, describe: 'file with an answer a line, instead of typing: empty to go on, q to stop' },
  html: { type: 'string', requiresArg: true, describe: 'file for the page' },
  out: { type: 'string', requiresArg: true, default: path.join('reports', 'runs'), describe: 'folder for run folders' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', describe: 'scenario files or folders', defaultDescription: 'scenarios/eol' })
    .options(OPTIONS)
    .example(
      '$0 grr --bench bench.yaml --parts 10 --operators "Early,Late,Night" --trials 3',
      'begins a study, and goes on with it when called again',
    )
    .example('$0 grr --study grr-study.json --html grr.html', 'goes on with a study, or shows what came of it');

interface Args extends BenchArgs {
  readonly files?: readonly string[];
  readonly study: string;
  readonly parts?: string;
  readonly operators?: string;
  readonly trials?: string;
  readonly seed?: string;
  readonly answers?: string;
  readonly html?: string;
  readonly out: string;
  readonly json: boolean;
}

const MOST = 100;

const namesOf = (option: string, text: string): readonly string[] => {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => name === '') || new Set(names).size !== names.length)
    throw new UsageError(`--${option} wants names with commas between, each once, not "${text}".`, `for example --${option} "A,B,C"`);
  return names;
};

const newStudy = (args: Args): Study => {
  const count = /^\d+$/.test(args.parts ?? '10') ? readCount('parts', args.parts ?? '10', MOST)! : null;
  const parts = count === null ? namesOf('parts', args.parts!) : Array.from({ length: count }, (_, index) => `part ${index + 1}`);
  const trials = readCount('trials', args.trials ?? '3', MOST)!;
  if (parts.length < 2 || trials < 2)
    throw new UsageError('A study takes at least two parts and two trials.', 'for example --parts 10 --trials 3');
  return {
    schema: 'bms-rig/grr-study/1',
    files: [...(args.files?.length ? args.files : defaultScenarios())],
    parts: [...parts],
    operators: [...namesOf('operators', args.operators ?? 'A,B,C')],
    trials,
    seed: readSeed(args.seed),
    simulated: args.bench === 'sim',
    scenarios: {},
    taken: [],
  };
};

/** The plan of a study is fixed when it is begun. */
const studyOf = (args: Args): Study => {
  const found = readStudy(args.study);
  if (found === null) return newStudy(args);
  for (const option of ['parts', 'operators', 'trials', 'seed'] as const)
    if (args[option] !== undefined)
      throw new UsageError(
        `${args.study} is begun already, and --${option} is fixed in it.`,
        'leave the option out, or begin another with --study',
      );
  if (args.files?.length)
    throw new UsageError(
      `${args.study} is begun already, with ${found.files.join(', ')}.`,
      'leave the files out, or begin another with --study',
    );
  return found;
};

type Ask = (question: string) => Promise<string>;

const fromFile = (file: string): Ask => {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch (cause) {
    throw new UsageError(`--answers ${file} cannot be read: ${(cause as Error).message}.`, 'check the path');
  }
  // Where the answers end, somebody has stopped.
  return () => Promise.resolve(lines.length <= 1 ? 'q' : lines.shift()!.trim());
};

const typed: Ask = (question) => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return terminal.question(question).finally(() => terminal.close());
};

const NOTHING = { write: () => undefined, isTerminal: false, columns: 100, rows: 24 };

const turnRun = async (turn: Turn, study: Study, args: Args, surroundings: Surroundings) => {
  let printed = '';
  await run(
    {
      bench: args.bench,
      ...(args['bench-file'] === undefined ? {} : { 'bench-file': args['bench-file'] }),
      files: study.files,
      // Parts are units with numbers where somebody named them; the rules for tests of a unit (retests, what must be said) are not for them.
      purpose: 'study',
      serial: turn.part,
      operator: turn.operator,
      note: `gauge study ${args.study}, trial ${turn.trial}`,
      ...(study.simulated ? { seed: String(study.seed), turn: simulatedTurn(turn, study) } : {}),
      out: args.out,
      bail: false,
      unproven: false,
      json: true,
    },
    {
      ...surroundings,
      out: { ...NOTHING, write: (text) => (printed += text) },
      err: NOTHING,
      env: { ...surroundings.env, GITHUB_STEP_SUMMARY: '', GITHUB_ACTIONS: '' },
    },
  );
  const { run: made } = JSON.parse(printed) as { readonly run: { readonly dir: string } };
  return (await loadRun(made.dir, args.out)).record;
};

/** Before anybody puts a unit in. Throws IssuesError, or UsageError where every turn would end without a reading. */
const checkFiles = (files: readonly string[], bench: string): void => {
  const { cases, issues: read } = compileFiles(files, { bench });
  soundOrThrow(cases, read);
  if (cases.every(({ measurements }) => measurements.length === 0))
    throw new UsageError(`Nothing is measured in ${files.join(', ')}.`, 'give scenarios with `measure`, such as scenarios/eol');
};

/** Takes turn after turn until all are done or somebody stops. */
const go = async (begun: Study, args: Args, surroundings: Surroundings): Promise<Study> => {
  const { err } = surroundings;
  const ask = args.answers === undefined ? (begun.simulated ? null : typed) : fromFile(args.answers);
  const order = randomStream(begun.seed, 'grr order');
  const turns = turnsOf(begun, () => order.next());
  let study = begun;
  if (remaining(turns, study.taken).length > 0) {
    checkFiles(study.files, args.bench);
    checkWritable(args.study);
  }
  for (let open = remaining(turns, study.taken); open.length > 0; open = remaining(turns, study.taken)) {
    const turn = open[0]!;
    const where = `${turns.length - open.length + 1} of ${turns.length}: trial ${turn.trial}, ${turn.operator}, ${turn.part}`;
    const answer = ask === null ? '' : await ask(`${where}. Put it in and press Enter (q: stop, the study is kept): `);
    if (answer === 'q') return study;
    if (ask === null && !args.json) err.write(`${where}\n`);
    const record = await turnRun(turn, study, args, surroundings);
    const outcome = takenFrom(record, turn, study.scenarios);
    if (outcome.kind === 'refused') {
      if (ask === null)
        throw new RigError('contactBad', `No reading of ${turn.part}: ${outcome.why}.`, {
          hint: 'the study is kept; mend this and call rig grr again',
        });
      err.write(`No reading of ${turn.part}: ${outcome.why}. It is asked for again.\n`);
      continue;
    }
    study = {
      ...study,
      scenarios: { ...record.hashes.scenarios },
      taken: [...study.taken, { ...outcome.taken, values: { ...outcome.taken.values } }],
    };
    writeStudy(args.study, study);
  }
  return study;
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  if (args.bench === 'reference') throw new UsageError('The reference measures nothing.', 'give --bench sim, a port or a bench file');
  const begun = studyOf(args);
  if (
    begun.simulated !== (args.bench === 'sim') &&
    begun.taken.length > 0 &&
    remaining(
      turnsOf(begun, () => 0),
      begun.taken,
    ).length > 0
  )
    throw new UsageError(
      `${args.study} was begun on ${begun.simulated ? 'the simulated bench' : 'a real bench'}.`,
      'go on with it on the same bench, or begin another with --study',
    );
  const study = await go(begun, args, surroundings);
  const of = study.parts.length * study.operators.length * study.trials;
  const complete = study.taken.length === of;
  const found = complete ? judgeStudy(study, study.taken) : { judged: [], missing: [] };
  const document = toGrrDocument({ study: args.study, simulated: study.simulated, plan: study, taken: study.taken.length, of, ...found });
  if (args.html !== undefined)
    await writeFile(args.html, renderGrrPage(document)).catch((cause: unknown) => {
      throw new RigError('outUnwritable', `${args.html} cannot be written: ${(cause as Error).message}.`, {
        hint: 'give another file',
        blame: 'operator',
        cause,
      });
    });
  surroundings.out.write(args.json ? `${JSON.stringify(document)}\n` : renderGrr(document, printOptions(surroundings)));
  return document.exit === 3 ? EXIT_BROKEN : 0;
};
