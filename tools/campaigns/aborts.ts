/** Every way to stop a run, each several times: `node tools/campaigns/aborts.ts [repeats]`. */

import { ABORT_ms, ABORT_WAYS, abortOnce } from './abort.ts';
import { countAsked, printRows, progress, rowsOf } from '../rows.ts';

const row = rowsOf('node tools/campaigns/aborts.ts');
const repeats = countAsked(5);
const rows: ReturnType<typeof row>[] = [];
const all: string[] = [];
for (const way of ABORT_WAYS) {
  const took: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    progress(`${way.id} ${repeat + 1} of ${repeats}`);
    took.push(await abortOnce(way, repeat + 1));
  }
  rows.push(row(way.id, Math.max(...took), 'ms', '<=', ABORT_ms));
  all.push(`${way.id}: ${took.map((ms) => ms.toFixed(0)).join(' ')} ms`);
}
process.exitCode = printRows(rows, [`the longest of ${repeats} each, from the signal to the last pin that went safe`, ...all]);
