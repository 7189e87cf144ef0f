import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { ContactReading } from '../../scenarios/contracts/trace.ts';
import { readBenchFile } from '../../scenarios/language/bench/read.ts';
import { TERMINAL_NAMES } from '../../scenarios/signals.ts';
import { addEntry, countRun, judgeWear, maintenanceFile, matingsOf, type RunEntry, trendOf, wearOf } from './maintenance.ts';

const readings = (value_mOhm: number): readonly ContactReading[] =>
  TERMINAL_NAMES.map((terminal) => ({ terminal, value_mOhm, uncertainty_mOhm: 100 }));
const [closed, open] = [readings(900), readings(Infinity)];
const AT = '2026-11-28T06:00:00.000Z';
const run = (matings: number, mOhm = 900): Omit<RunEntry, 'kind'> => ({
  at: AT,
  run: 'r',
  matings,
  contacts: { batteryPlus: mOhm, load: 500 },
});

describe('the wear of a connector', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-wear-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const bench = (maintenance = 'maintenance: { matings: 10, contact: 3 Ohm }') => {
    const read = readBenchFile({
      file: path.join(folder, 'bench.yaml'),
      bytes: Buffer.from(`bench: left\nboard: "51901B56"\n${maintenance}\n`),
    });
    if (!read.ok) throw new Error('the bench file is good');
    return read.bench;
  };

  it('counts a mating for the first closed contacts of a run, and for each that closed after they were open', () => {
    expect(matingsOf([closed, closed, closed])).to.equal(1);
    expect(matingsOf([closed, open, closed, closed, open, closed])).to.equal(3);
    expect(matingsOf([open, open])).to.equal(0);
    expect(matingsOf([])).to.equal(0);
    expect(matingsOf([[], closed, [], closed]), 'an attempt that measured none says nothing').to.equal(1);
    const one = closed.map((reading, index) => (index === 3 ? { ...reading, value_mOhm: 10_001 } : reading));
    expect(matingsOf([closed, one, closed]), 'one bad terminal is an open connector').to.equal(2);
  });

  it('warns near the limits and lets nothing pass beyond them, counting from when the connector was replaced', () => {
    const file = bench();
    expect(countRun(file, run(9))).to.deep.include({ matings: 9, limit: 10, warning: null, fault: null });
    expect(countRun(file, run(1)).warning).to.equal('The connector of bench left is nearly worn: 10 of 10 matings are used.');
    expect(countRun(file, run(1)).fault).to.equal(
      'The connector of bench left has 11 matings, 10 are its limit: replace the connector, then run `rig maintenance --replaced`.',
    );
    addEntry(maintenanceFile(file), { kind: 'replaced', at: AT, note: 'connector 2' });
    expect(countRun(file, run(1))).to.include({ matings: 1, warning: null, fault: null });
    expect(countRun(file, run(1, 2_800)).warning).to.contain('contact batteryPlus has 2.80 Ohm of 3.00 Ohm');
    expect(countRun(file, run(1, 3_001)).fault).to.contain('has 3.00 Ohm at contact batteryPlus, 3.00 Ohm are its limit');
    expect(countRun(bench('limits: {}'), run(1_000)), 'without limits only counted').to.include({
      limit: null,
      warning: null,
      fault: null,
    });
  });

  it('shows each contact when new and now', () => {
    const file = bench();
    for (let index = 0; index < 40; index += 1) countRun(file, run(1, 500 + 10 * index));
    const [plus, ...rest] = trendOf(wearOf(maintenanceFile(file)));
    expect(plus).to.deep.equal({ terminal: 'batteryPlus', first_mOhm: 540, last_mOhm: 840, worst_mOhm: 890 });
    expect(rest.map(({ terminal }) => terminal)).to.deep.equal(['load']);
  });

  it('loses nothing to a process that died while it wrote, and counts what it left as a mating', () => {
    const file = bench();
    const target = maintenanceFile(file);
    countRun(file, run(3));
    appendFileSync(target, '\n{"kind":"run","at":"2026');
    countRun(file, run(2));
    const { matings, damaged, runs } = wearOf(target);
    expect({ matings, damaged, runs: runs.length }).to.deep.equal({ matings: 6, damaged: 1, runs: 2 });
  });

  it('loses nothing where processes write at once', async () => {
    const target = maintenanceFile(bench());
    const script = `const { addEntry } = await import(${JSON.stringify(new URL('./maintenance.ts', import.meta.url).href)});
for (let index = 0; index < 300; index += 1) addEntry(${JSON.stringify(target)}, { kind: 'run', at: '${AT}', run: 'r' + index, matings: 1, contacts: { load: index } });`;
    const writer = (): Promise<number | null> =>
      new Promise((resolve, reject) =>
        spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' }).on('error', reject).on('close', resolve),
      );
    expect(await Promise.all([writer(), writer()])).to.deep.equal([0, 0]);
    const { matings, damaged, runs } = wearOf(target);
    expect({ matings, damaged, runs: runs.length }).to.deep.equal({ matings: 600, damaged: 0, runs: 600 });
  });

  it('that cannot be counted is a fault', () => {
    const file = bench('calibration: none/such/c.json');
    expect(countRun(file, run(1)).fault).to.match(/^The matings of bench left cannot be counted in .*ENOENT/);
    writeFileSync(path.join(folder, 'none'), '');
    expect(judgeWear({ matings: 0, runs: [] }, file)).to.include({ contact_mOhm: null, warning: null, fault: null });
  });
});
