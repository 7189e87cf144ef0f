/** Rigs killed by SIGKILL while a case runs: `npm run campaigns -- sigkills`. */

import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';
import { type Killed, sigkill } from './sigkill.ts';

export const SIGKILLS: Campaign = {
  summary: 'a real rig over a pseudo-terminal is killed: are the pins safe in time?',
  counts: 'kills',
  usual: 30,
  run: async ({ count, seed, row }) => {
    const kills: Killed[] = [];
    for (let kill = 0; kill < count; kill += 1) {
      progress(`kill ${kill + 1} of ${count}`);
      kills.push(await sigkill(seed + kill));
    }
    const withSink = kills.filter(({ sinks_ms }) => sinks_ms > 0).length;
    return {
      rows: [
        row('sigkills', kills.length, 'kills', '>=', count),
        // Of kills that met no sink the next row says nothing.
        row('sigkills-with-a-sink', withSink, 'kills', '>=', Math.floor(count / 30)),
        row('sigkill-sinks-off', Math.max(...kills.map(({ sinks_ms }) => sinks_ms)), 'ms', '<=', 250),
        row('sigkill-all-safe', Math.max(...kills.map(({ all_ms }) => all_ms)), 'ms', '<=', 1_000),
      ],
      notes: ['sigkills: from the signal to the last pin that went safe, by the wall clock'],
    };
  },
};
