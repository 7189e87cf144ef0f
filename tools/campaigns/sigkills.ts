/** 30 rigs killed by SIGKILL: `node tools/campaigns/sigkills.ts [kills]`. */

import { countAsked, printRows, progress, rowsOf } from '../rows.ts';
import { type Killed, sigkill } from './sigkill.ts';

const count = countAsked(30);
const row = rowsOf('node tools/campaigns/sigkills.ts');
const kills: Killed[] = [];
for (let kill = 1; kill <= count; kill += 1) {
  progress(`kill ${kill} of ${count}`);
  kills.push(await sigkill(kill));
}
process.exitCode = printRows(
  [
    row('sigkills', kills.length, 'kills', '>=', count),
    row('sigkill-sinks-off', Math.max(...kills.map(({ sinks_ms }) => sinks_ms)), 'ms', '<=', 250),
    row('sigkill-all-safe', Math.max(...kills.map(({ all_ms }) => all_ms)), 'ms', '<=', 1_000),
  ],
  ['from the signal to the last pin that went safe, by the wall clock'],
);
