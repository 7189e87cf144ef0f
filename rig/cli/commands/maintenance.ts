/** `rig maintenance`: how often units were inserted into a bench and what became of its contacts; and that its connector was replaced. */

import type { Argv } from 'yargs';
import { addEntry, judgeWear, maintenanceFile, ohms, trendOf, wearOf } from '../../bench-file/maintenance.ts';
import { isoOf } from '../../calendar.ts';
import { BENCH_OPTIONS, namedBenchFile } from '../bench-choice.ts';
import { EXIT_BROKEN, UsageError } from '../failures.ts';
import { JSON_OPTION } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  'bench-file': BENCH_OPTIONS['bench-file'],
  replaced: { type: 'string', requiresArg: true, describe: 'the connector was replaced: by whom or by what; counting starts anew' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .options(OPTIONS)
    .example('$0 maintenance --bench-file bench.yaml', 'matings, and each contact when new and now')
    .example('$0 maintenance --bench-file bench.yaml --replaced "connector 0815"', 'counting starts anew');

interface Args {
  readonly 'bench-file'?: string;
  readonly replaced?: string;
  readonly json: boolean;
}

export const handle = async ({ 'bench-file': named, replaced, json }: Args, surroundings: Surroundings): Promise<number> => {
  const { out, now } = surroundings;
  const bench = namedBenchFile(named, surroundings);
  if (bench === null) throw new UsageError('A bench file has to say which bench.', 'give --bench-file');
  const target = maintenanceFile(bench);
  let wear: ReturnType<typeof wearOf>;
  try {
    if (replaced !== undefined) addEntry(target, { kind: 'replaced', at: isoOf(now()), note: replaced });
    wear = wearOf(target);
  } catch (cause) {
    throw new UsageError(`${target} cannot be used: ${(cause as Error).message}.`, 'make its folder readable and writable');
  }
  const state = judgeWear(wear, bench);
  const trend = trendOf(wear);
  const exit = state.fault === null ? 0 : EXIT_BROKEN;
  if (json) {
    const { toMaintenanceDocument } = await import('../../../reports/json.ts');
    const { damaged, replaced: since, runs } = wear;
    const document = toMaintenanceDocument({
      exit,
      board: bench.board,
      ...state,
      runs: runs.length,
      damaged,
      replaced: since,
      trend: [...trend],
      file: target,
    });
    out.write(`${JSON.stringify(document)}\n`);
    return exit;
  }
  const limit = state.limit === null ? '' : ` of ${state.limit}`;
  out.write(
    `Bench ${bench.name} (board ${bench.board}): ${state.matings}${limit} matings since ${wear.replaced ?? 'the first run'}, in ${wear.runs.length} runs\n`,
  );
  for (const { terminal, first_mOhm, last_mOhm, worst_mOhm } of trend)
    out.write(`  ${terminal.padEnd(12)} ${ohms(first_mOhm)} at first, ${ohms(last_mOhm)} now, ${ohms(worst_mOhm)} at worst\n`);
  if (wear.damaged > 0) out.write(`  ${wear.damaged} damaged lines of ${target}, each counted as a mating\n`);
  const text = state.fault ?? state.warning;
  if (text !== null) out.write(`${text}\n`);
  return exit;
};
