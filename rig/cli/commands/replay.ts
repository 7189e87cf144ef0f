/** `rig replay`: a stored run made again from the lines that went over the wire, with no bench, and held against what was stored. */

import type { Argv } from 'yargs';
import { toReplayDocument } from '../../../reports/json.ts';
import { type ReplayedCase, replayRun } from '../../run/replay-run.ts';
import { JSON_OPTION } from '../options.ts';
import { loadRun, STORED_RUN_OPTIONS, withStoredRun } from '../stored-run.ts';
import { loadTranscripts } from '../stored-transcript.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  ...STORED_RUN_OPTIONS,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  withStoredRun(y).options(OPTIONS).example('$0 replay', 'the run before this: are its traces and verdicts what its lines give?');

interface Args {
  readonly run: string;
  readonly out: string;
  readonly json: boolean;
}

const row = ({ id, attempt, trace, lines, stored, now, difference }: ReplayedCase): string => {
  const which = attempt === 1 ? id : `${id}, attempt ${attempt}`;
  if (trace === 'none') return `no trace  ${which}: ${stored}, nothing to make again\n`;
  const verdict = now === stored ? stored : `stored ${stored}, now ${now ?? 'none'}`;
  return `${trace.padEnd(9)} ${which}: ${lines} lines, ${verdict}\n${difference === null ? '' : `          ${difference}\n`}`;
};

export const handle = async ({ run, out: folder, json }: Args, { out }: Surroundings): Promise<number> => {
  const { dir, record } = await loadRun(run, folder);
  const cases = replayRun(record, await loadTranscripts(dir, record.hashes.transcript));
  const document = toReplayDocument(record, cases);
  if (json) out.write(`${JSON.stringify(document)}\n`);
  else {
    const bench = record.bench.simulated === null ? 'no bench' : record.bench.simulated ? 'SIMULATED bench' : 'bench';
    const count = (of: (one: ReplayedCase) => boolean): number => cases.filter(of).length;
    const other = count(({ trace, difference }) => trace === 'equal' && difference !== null);
    out.write(cases.map(row).join(''));
    out.write(
      `\nRun ${record.runId}, ${bench}: ${count(({ trace }) => trace === 'equal')} equal, ${count(({ trace }) => trace === 'differs')} differ, ${count(({ trace }) => trace === 'none')} without a trace${other === 0 ? '' : `; ${other} judged otherwise than stored`}\n`,
    );
  }
  return document.exit;
};
