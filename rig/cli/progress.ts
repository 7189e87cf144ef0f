/** How a run looks while it runs: a live list on a terminal, a line a case elsewhere, nothing for programs. Always on standard error. */

import { type DefaultRenderer, Listr, type ListrTaskWrapper, type SimpleRenderer } from 'listr2';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { RunListener } from '../run/run.ts';

export interface Progress {
  readonly listener: RunListener;
  /** Ends the display, also after a failure. */
  finish(): Promise<void>;
}

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

const SILENT: Progress = { listener: {}, finish: async () => undefined };
/** Redrawing more often than this tells nobody anything. */
const STEP_percent = 2;

const plainLines = (cases: readonly Case[]): Progress => {
  let done = 0;
  return {
    listener: {
      onDone: (index, { verdict }) => {
        done += 1;
        process.stderr.write(`[${String(done).padStart(String(cases.length).length)}/${cases.length}] ${verdict.padEnd(12)} ${cases[index]!.id}\n`);
      },
    },
    finish: async () => undefined,
  };
};

const liveList = (cases: readonly Case[]): Progress => {
  const ends = cases.map(() => Promise.withResolvers<string>());
  const shown = new Map<number, Task>();
  const percent = new Map<number, number>();
  const list = new Listr<unknown, 'default', 'simple'>(
    cases.map((one, index) => ({
      title: one.id,
      task: async (_: unknown, task: Task) => {
        shown.set(index, task);
        const verdict = await ends[index]!.promise;
        task.title = verdict === 'pass' ? one.id : `${one.id}: ${verdict}`;
        if (verdict === 'notRun') task.skip();
        else if (verdict !== 'pass') throw new Error(verdict);
      },
    })),
    { concurrent: true, exitOnError: false, renderer: 'default', rendererOptions: { showErrorMessage: false, collapseErrors: true, collapseSkips: true }, registerSignalListeners: false, forceTTY: true },
  );
  const finished = list.run().catch(() => undefined);
  return {
    listener: {
      onProgress: (index, fraction) => {
        const now = Math.min(100, Math.floor(fraction * 100));
        if (now - (percent.get(index) ?? 0) < STEP_percent) return;
        percent.set(index, now);
        const task = shown.get(index);
        if (task) task.title = `${cases[index]!.id} ${now} %`;
      },
      onDone: (index, { verdict }) => ends[index]!.resolve(verdict),
    },
    finish: async () => {
      for (const end of ends) end.resolve('notRun');
      await finished;
    },
  };
};

export const showProgress = (cases: readonly Case[], kind: 'json' | 'terminal' | 'plain'): Progress =>
  kind === 'json' ? SILENT : kind === 'terminal' ? liveList(cases) : plainLines(cases);
