/** How a run looks while it runs: a live list on a terminal, a line a case elsewhere, nothing for programs. Always on standard error. */

import { availableParallelism } from 'node:os';
import process from 'node:process';
import type { ListrTaskWrapper, DefaultRenderer, SimpleRenderer } from 'listr2';
import type { CaseResult } from '../../reports/judge/result.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { RunListener } from '../run/run.ts';
import type { Surroundings } from './surroundings.ts';
import { howMany } from '../../reports/render/how-many.ts';

export interface Progress {
  readonly listener: RunListener;
  /** Ends the display, also after a failure. */
  readonly finish: () => Promise<void>;
}

export interface ProgressOptions {
  readonly kind: 'none' | 'list' | 'lines';
  /** One case after the other, as on a real fixture; otherwise one a core. */
  readonly oneByOne: boolean;
  readonly surroundings: Surroundings;
}

type Verdict = CaseResult['verdict'];
type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

const WORD: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  inconclusive: 'inconclusive',
  fail: 'FAIL',
  broken: 'BROKEN',
  notRun: 'not run',
};
/** Rows of a terminal that the list leaves to what stands above it. */
const ROWS_LEFT = 4;

const lines = (cases: readonly Case[], { err }: Surroundings): Progress => {
  const digits = String(cases.length).length;
  let done = 0;
  err.write(`Running ${howMany(cases.length, 'case')} ...\n`);
  return {
    listener: {
      onDone: (index, { verdict }, spoilt = []) => {
        done += 1;
        const again = spoilt.length === 0 ? '' : ` (attempt ${spoilt.length + 1})`;
        err.write(`[${String(done).padStart(digits)}/${cases.length}] ${WORD[verdict].padEnd(12)} ${cases[index]!.id}${again}\n`);
      },
    },
    finish: async () => undefined,
  };
};

/** Counts over all cases, for the line at the bottom. */
const tally = (total: number) => {
  const counts = new Map<Verdict, number>();
  let done = 0;
  return {
    add: (verdict: Verdict): void => {
      done += 1;
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    },
    text: (): string => {
      const bad = [...counts].filter(([verdict]) => verdict !== 'pass').map(([verdict, count]) => `, ${count} ${WORD[verdict]}`);
      return `${done} of ${total} cases${bad.join('')}`;
    },
  };
};

/**
 * A task a case, as many at work as the run has workers. A list longer than the terminal would push itself out of sight, so that one shows the cases
 * at work and a count. It is cleared at the end, since the table of results follows; one line stays where that goes elsewhere.
 */
const liveList = async (cases: readonly Case[], { oneByOne, surroundings }: ProgressOptions): Promise<Progress> => {
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  const ends = cases.map(() => Promise.withResolvers<Verdict>());
  const shown = new Map<number, Task>();
  const counted = tally(cases.length);
  const fits = cases.length <= surroundings.err.rows - ROWS_LEFT;
  const atWork = new Map<number, string>();
  let whole: Task | null = null;
  const refresh = (): void => {
    if (whole !== null) whole.title = [counted.text(), ...atWork.values()].join('\n');
  };
  const caseTask = (one: Case, index: number) => ({
    title: one.id,
    task: async (_: unknown, task: Task) => {
      shown.set(index, task);
      const verdict = await ends[index]!.promise;
      task.title = verdict === 'pass' ? one.id : `${one.id}: ${WORD[verdict]}`;
      if (verdict === 'notRun') task.skip();
      else if (verdict !== 'pass') throw new Error(verdict);
    },
  });
  const wholeTask = {
    title: counted.text(),
    task: async (_: unknown, task: Task) => {
      whole = task;
      await Promise.all(ends.map((end) => end.promise));
    },
  };
  // What the renderer takes for standard output is standard error: standard output is the results' alone.
  const logger = new ListrLogger({ useIcons: true, processOutput: new ProcessOutput(process.stderr, process.stdout, { dump: [] }) });
  const list = new Listr<unknown, 'default', 'simple'>(fits ? cases.map(caseTask) : [wholeTask], {
    concurrent: oneByOne ? 1 : availableParallelism(),
    exitOnError: false,
    renderer: 'default',
    rendererOptions: { logger, clearOutput: true, showErrorMessage: false, collapseErrors: true, collapseSkips: true },
    registerSignalListeners: false,
    forceTTY: true,
  });
  const finished = list.run().catch(() => undefined);
  return {
    listener: {
      onStart: (index) => {
        atWork.set(index, cases[index]!.id);
        refresh();
      },
      onProgress: (index, fraction) => {
        const title = `${cases[index]!.id} ${Math.min(100, Math.floor(fraction * 100))} %`;
        const task = shown.get(index);
        if (task !== undefined) task.title = title;
        atWork.set(index, title);
        refresh();
      },
      onDone: (index, { verdict }) => {
        atWork.delete(index);
        counted.add(verdict);
        refresh();
        ends[index]!.resolve(verdict);
      },
    },
    finish: async () => {
      for (const end of ends) end.resolve('notRun');
      await finished;
      if (!surroundings.out.isTerminal) surroundings.err.write(`${counted.text()}\n`);
    },
  };
};

export const showProgress = async (cases: readonly Case[], options: ProgressOptions): Promise<Progress> => {
  if (options.kind === 'none') return { listener: {}, finish: async () => undefined };
  return options.kind === 'lines' ? lines(cases, options.surroundings) : liveList(cases, options);
};
