/** `npm run campaigns`: lists the long runs that the numbers of BENCHMARKS.md come from; with a name (or several, or `all`) runs them and prints their rows. */

import type { BenchRow } from '../../reports/json.ts';
import { printRows, rowsOf } from '../rows.ts';
import type { Campaign } from './campaign.ts';

/** Loaded only when asked for. */
const CAMPAIGNS: Readonly<Record<string, () => Promise<Campaign>>> = {
  interval: async () => (await import('./intervals.ts')).INTERVALS,
  timing: async () => (await import('./timing.ts')).TIMING,
  edges: async () => (await import('./edges.ts')).EDGES,
  'link-faults': async () => (await import('./link-faults.ts')).LINK_FAULTS_AT_RANDOM,
  'host-deaths': async () => (await import('./host-deaths.ts')).HOST_DEATHS,
  sigkills: async () => (await import('./sigkills.ts')).SIGKILLS,
  stalls: async () => (await import('./stalls.ts')).STALLS,
  aborts: async () => (await import('./aborts.ts')).ABORTS,
  suites: async () => (await import('./suite-runs.ts')).SUITE_RUNS,
  day: async () => (await import('./suite-runs.ts')).DAY,
  'rig-faults': async () => (await import('./rig-faults.ts')).RIG_FAULTS,
  'explore-defects': async () => (await import('./explore-defects.ts')).EXPLORE_DEFECTS,
  wires: async () => (await import('./wires.ts')).WIRE_CAMPAIGN,
  'hostile-files': async () => (await import('./hostile-files.ts')).HOSTILE_FILES,
  'power-cuts': async () => (await import('./power-cuts.ts')).POWER_CUTS,
  'tampered-chains': async () => (await import('./tampered-chains.ts')).TAMPERED_CHAINS,
  archive: async () => (await import('./archive.ts')).ARCHIVE,
};

/** What goes together into one table: all that is promised of link, time and safe pins, quick ones first. */
const SETS: Readonly<Record<string, readonly string[]>> = {
  all: Object.keys(CAMPAIGNS),
  fixture: ['timing', 'edges', 'stalls', 'sigkills', 'aborts', 'host-deaths', 'interval', 'link-faults'],
};

const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const names = words.filter((word) => !/^\d+$/.test(word));
const [count, seed = 1] = words.filter((word) => /^\d+$/.test(word)).map(Number);
const unknown = names.filter((name) => !(name in SETS) && !(name in CAMPAIGNS));
const chosen = [...new Set(names.flatMap((name) => SETS[name] ?? [name]))];

const list = async (): Promise<string> => {
  const lines = await Promise.all(
    Object.entries(CAMPAIGNS).map(async ([name, load]) => {
      const { summary, counts, usual } = await load();
      return `  ${name.padEnd(15)} ${summary} (${usual} ${counts})`;
    }),
  );
  return `npm run campaigns -- NAME... [count] [first seed] [--json]; NAME may also be ${Object.keys(SETS).join(' or ')}\n${lines.join('\n')}\n`;
};

if (unknown.length > 0) {
  process.stderr.write(`There is no campaign ${unknown.join(', ')}.\n${await list()}`);
  process.exitCode = 2;
} else if (chosen.length === 0) process.stdout.write(await list());
else {
  const rows: BenchRow[] = [];
  const notes: string[] = [];
  for (const name of chosen) {
    const campaign = await CAMPAIGNS[name]!();
    const asked = count ?? campaign.usual;
    const found = await campaign.run({ count: asked, seed, row: rowsOf(`npm run campaigns -- ${name} ${asked} ${seed}`) });
    rows.push(...found.rows);
    notes.push(...found.notes);
  }
  process.exitCode = printRows(rows, ['All on the simulated bench.', ...notes]);
}
