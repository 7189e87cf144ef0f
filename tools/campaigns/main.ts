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
  aborts: async () => (await import('./aborts.ts')).ABORTS,
  suites: async () => (await import('./suite-runs.ts')).SUITE_RUNS,
  day: async () => (await import('./suite-runs.ts')).DAY,
  'hostile-files': async () => (await import('./hostile-files.ts')).HOSTILE_FILES,
};

const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const names = words.filter((word) => !/^\d+$/.test(word));
const [count, seed = 1] = words.filter((word) => /^\d+$/.test(word)).map(Number);
const unknown = names.filter((name) => name !== 'all' && !(name in CAMPAIGNS));
const chosen = names.includes('all') ? Object.keys(CAMPAIGNS) : names;

const list = async (): Promise<string> => {
  const lines = await Promise.all(
    Object.entries(CAMPAIGNS).map(async ([name, load]) => {
      const { summary, counts, usual } = await load();
      return `  ${name.padEnd(13)} ${summary} (${usual} ${counts})`;
    }),
  );
  return `npm run campaigns -- NAME... [count] [first seed] [--json]; NAME may be \`all\`\n${lines.join('\n')}\n`;
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
