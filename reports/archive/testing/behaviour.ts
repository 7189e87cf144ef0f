/** What every database of an archive has to do, as tests that are handed an empty one. */

import { hash } from 'node:crypto';
import { expect } from 'chai';
import type { ArchivedRun } from '../archived-run.ts';
import type { Engine } from '../database/engine.ts';
import { migrate } from '../database/migrations.ts';
import { queriesOf } from '../database/queries.ts';
import { addRuns, allRuns } from '../database/store.ts';
import { runNumber } from '../database/tables.ts';
import { exportLines, importLines } from '../run-lines.ts';
import { ARCHIVE, archivedRunOf, FAILED, measured, SPOILT } from './archived.ts';

const everything = async (engine: Engine): Promise<readonly ArchivedRun[]> => {
  const found: ArchivedRun[] = [];
  for await (const part of allRuns(engine)) found.push(...part);
  return found;
};

const HOSTILE = `"><script>alert(1)</script>'; drop table run; -- =HYPERLINK("x") \u001B[31m\u0007`;

/** Of a length and a content that no index of a database can hold or compress. */
const UNENDING = Array.from({ length: 1_100 }, (_, index) => hash('sha256', String(index), 'hex')).join('');

/** What people, scanners and attackers put into a field. */
const TEXTS: readonly string[] = [
  HOSTILE,
  "=cmd|' /C calc'!A0",
  "'; drop table run; --",
  '$1 ? :a @b %s \\x00 \\. {a,"b",NULL}',
  '\u001B]0;title\u0007\u001B[2J',
  'line\nline\r\n\t',
  '',
  ' ',
  'NULL',
  '\u202Eabc',
  '\u{1F50B}'.repeat(35_000),
  'x'.repeat(70_000),
  UNENDING,
];
/** Which a database may keep as another sign, and which are three units all the same. */
const UNKEPT: readonly string[] = ['a\0b', 'a\uFFFDb', 'a\uD800b'];

const filled = (text: string, seq: number): ArchivedRun =>
  archivedRunOf(1, {
    run: `run-${seq}`,
    seq,
    serial: text,
    operator: text,
    workOrder: text,
    station: text,
    slot: text,
    bench: text,
    reason: text,
    cases: [{ id: text, file: text, attempts: [{ attempt: 1, verdict: 'pass', blame: null, duration_us: 1 }] }],
    differences: [{ case: text, kind: text, signal: text, requirement: text, rule: text, off_us: 1 }],
    measurements: [measured(1, { case: text, name: text, unit: text })],
  });

/** Two runs of one archive and one second whose numbers meet, found by trying names. */
const sameNumber = (): readonly [string, string] => {
  const seen = new Map<number, string>();
  for (let index = 0; ; index += 1) {
    const name = `20260302-120000-${index}`;
    const number = runNumber(ARCHIVE, name, 1_772_452_800_000);
    const other = seen.get(number);
    if (other !== undefined) return [other, name];
    seen.set(number, name);
  }
};

const sample = (values: readonly number[]): { readonly mean: number; readonly sd: number } => {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1)) };
};

const at = (minute: number): string => `2026-03-02T${10 + Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}:00.000Z`;

async function* cutOff(): AsyncGenerator<string> {
  for (let index = 0; index < 1_500; index += 1) yield JSON.stringify(archivedRunOf(1, { run: `run-${index}`, serial: `HQ-${index}` }));
  throw new Error('the cable was pulled');
}

export const behavesAsArchive = (open: () => Promise<Engine>): void => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await open();
    await migrate(engine);
  });
  afterEach(() => engine.close());

  it('gives back what was put in, each run once, whoever adds it again', async () => {
    const runs = [
      archivedRunOf(1),
      archivedRunOf(2, FAILED),
      archivedRunOf(3, { ...SPOILT, serial: null, operator: HOSTILE, simulated: true, seed: 2 ** 53 - 1 }),
      archivedRunOf(4, { measurements: [measured(null), measured(1 / 3), measured(5, { low: 1, high: null, uncertainty: null })] }),
    ];
    expect(await addRuns(engine, runs)).to.equal(4);
    expect(await addRuns(engine, [...runs, archivedRunOf(5)])).to.equal(1);
    expect(await everything(engine)).to.have.deep.members([...runs, archivedRunOf(5)]);
    const { attempts } = await queriesOf(engine).yields({});
    expect(attempts).to.equal(4);
  });

  it('keeps two runs apart whose numbers would be the same, and the same run of two archives', async () => {
    const [one, other] = sameNumber();
    const started = '2026-03-02T12:00:00.000Z';
    const runs = [one, other].map((run, index) => archivedRunOf(index + 1, { run, started }));
    expect(await addRuns(engine, runs)).to.equal(2);
    expect(await addRuns(engine, runs)).to.equal(0);
    expect(await addRuns(engine, [archivedRunOf(1, { run: one, started, archive: 'another' })])).to.equal(1);
    const names = (await everything(engine)).map(({ archive, run }) => `${archive} ${run}`);
    expect(names).to.have.members([`${ARCHIVE} ${one}`, `${ARCHIVE} ${other}`, `another ${one}`]);
  });

  it('leaves a run as it is that comes again under another date, and the first of two attempts of one number', async () => {
    const twice = [1, 2, 2].map((attempt, index) => ({ attempt, verdict: 'broken' as const, blame: 'link' as const, duration_us: index }));
    const one = archivedRunOf(1, { ...SPOILT, cases: [{ ...archivedRunOf(1).cases[0]!, attempts: twice }] });
    const later = archivedRunOf(1, { started: '2026-03-03T12:00:00.000Z' });
    expect(await addRuns(engine, [one, later, archivedRunOf(2)])).to.equal(2);
    expect(await addRuns(engine, [later, archivedRunOf(3)])).to.equal(1);
    const [first, ...rest] = await everything(engine);
    expect(first).to.deep.equal({ ...one, cases: [{ ...one.cases[0]!, attempts: twice.slice(0, 2) }] });
    expect(rest.map(({ seq }) => seq)).to.deep.equal([2, 3]);
    expect((await queriesOf(engine).quantities({}))[0]?.n, 'sums hold each run once').to.equal(2);
  });

  it('takes lines from several at once, each run once, and refuses those that no database can keep', async () => {
    const lines = Array.from({ length: 2_500 }, (_, index) =>
      JSON.stringify(archivedRunOf(index + 1, { run: `run-${index}`, started: at(index % 300) })),
    );
    const spoilt = [{ run: 'a\0b' }, { archive: 'half \uD800' }, { started: 'yesterday' }, { seed: 1.5 }, { run: 'x'.repeat(256) }].map(
      (more) => JSON.stringify(archivedRunOf(1, more)),
    );
    const done = await Promise.all([
      importLines(engine, [...spoilt, ...lines]),
      importLines(engine, lines.toReversed()),
      importLines(engine, lines),
    ]);
    expect(done[0].refused.map(({ what }) => what)).to.deep.equal(['line 1', 'line 2', 'line 3', 'line 4', 'line 5']);
    expect(done.map(({ runs }) => runs)).to.deep.equal([2_500, 2_500, 2_500]);
    expect(done.reduce((sum, { added }) => sum + added, 0)).to.equal(2_500);
    expect(await queriesOf(engine).yields({})).to.include({ attempts: 2_500 });
    expect((await queriesOf(engine).quantities({}))[0]?.n).to.equal(2_500);
    const names = new Set<string>();
    for await (const text of exportLines(engine)) for (const line of text.trimEnd().split('\n')) names.add(JSON.parse(line).run);
    expect(names.size).to.equal(2_500);
  });

  it('keeps what it read of lines that end in an error', async () => {
    const cause = await importLines(engine, cutOff()).catch((thrown: Error) => thrown.message);
    expect(cause).to.equal('the cable was pulled');
    expect(await queriesOf(engine).yields({})).to.include({ attempts: 1_500 });
  });

  it('tells first-pass from final yield; spoilt attempts are none, and the chain orders what the clock does not', async () => {
    const unit = { serial: 'HQ-7' };
    await addRuns(engine, [
      archivedRunOf(1, { ...unit, ...SPOILT }),
      // Before the third in the chain, although the clock was set back between them.
      archivedRunOf(2, { ...unit, ...FAILED, started: '2026-03-02T13:00:00.000Z' }),
      archivedRunOf(3, unit),
      archivedRunOf(4),
      archivedRunOf(5, FAILED),
      archivedRunOf(6, { serial: null }),
      archivedRunOf(7, { serial: null }),
      // The simulated unit of this number is another.
      archivedRunOf(8, { ...unit, ...FAILED, simulated: true }),
      archivedRunOf(9, { mode: 'reference', counts: false, serial: null, simulated: null }),
    ]);
    const ask = queriesOf(engine);
    const all = { units: 6, attempts: 7, spoilt: 1, firstPass: { passed: 3, of: 6 }, final: { passed: 4, of: 6 } };
    expect(await ask.yields({})).to.deep.equal(all);
    expect((await ask.yields({ simulated: false })).firstPass).to.deep.equal({ passed: 3, of: 5 });
    // The retest alone is no first pass: its first attempt lies elsewhere.
    const later = await ask.yields({ from: '2026-03-02T12:00:03.000Z', to: '2026-03-02T12:00:04.000Z' });
    expect(later).to.deep.equal({ units: 1, attempts: 1, spoilt: 0, firstPass: { passed: 0, of: 0 }, final: { passed: 1, of: 1 } });
    const trend = await ask.yieldTrend({ simulated: false }, 86_400_000);
    expect(trend).to.deep.equal([{ from: '2026-03-02T00:00:00.000Z', firstPass: { passed: 3, of: 5 } }]);
  });

  it('counts differences, most frequent first, by runs and not by how often one shows them', async () => {
    const late = { case: 'eol/production', kind: 'late', signal: 'charger', requirement: null, rule: null, off_us: 1 };
    await addRuns(engine, [
      archivedRunOf(1, { ...FAILED, differences: [late, late, late] }),
      archivedRunOf(2, FAILED),
      archivedRunOf(3, FAILED),
      archivedRunOf(4, { ...FAILED, counts: false }),
    ]);
    expect(await queriesOf(engine).pareto({})).to.deep.equal([
      { requirement: 'PRE-30S', signal: 'load', kind: 'early', runs: 2, differences: 2 },
      { requirement: null, signal: 'charger', kind: 'late', runs: 1, differences: 3 },
    ]);
  });

  it('gives number, mean and spread of any span: whole hours from their sums, the rest value by value', async () => {
    const runs = Array.from({ length: 300 }, (_, minute) =>
      archivedRunOf(minute + 1, {
        started: at(minute),
        run: `run-${minute}`,
        station: minute % 3 === 0 ? 'line 1' : 'line 2',
        // A spread of a billionth of the value.
        measurements: [measured(1e6 + Math.sin(minute) * 1e-3, { high: 2e6, low: 0, outcome: minute === 200 ? 'marginal' : 'pass' })],
      }),
    );
    await addRuns(engine, runs);
    const ask = queriesOf(engine);
    const spans: readonly (readonly [number, number, string | undefined])[] = [
      [0, 300, undefined],
      [30, 260, undefined],
      [61, 119, undefined],
      [60, 120, 'line 1'],
      [17, 291, 'line 2'],
    ];
    for (const [from, to, station] of spans) {
      const wanted = runs.slice(from, to).filter((run) => station === undefined || run.station === station);
      const values = wanted.map(({ measurements }) => measurements[0]!.value!);
      const filter = { from: at(from), to: at(to), ...(station !== undefined && { station }) };
      const [found, ...none] = await ask.quantities(filter);
      expect(none).to.deep.equal([]);
      expect(found).to.include({ n: values.length, case: 'eol/production', name: 'loadDrop', low: 0, high: 2e6 });
      expect(found!.mean).to.be.closeTo(sample(values).mean, 1e-8);
      expect(found!.sd! / sample(values).sd).to.be.closeTo(1, 1e-4);
      expect([found!.least, found!.most]).to.deep.equal([Math.min(...values), Math.max(...values)]);
      expect(found!.marginal).to.equal(wanted.some(({ run }) => run === 'run-200') ? 1 : 0);
      const each = await ask.values(filter, found!.id);
      expect(each.map(({ value }) => value)).to.deep.equal(values);
      expect(each[0]!.at).to.equal(wanted[0]!.started);
    }
  });

  it('gives times by station, attempts by rig, and the newest runs', async () => {
    await addRuns(engine, [
      archivedRunOf(1, { virtual_s: 30 }),
      archivedRunOf(2, { virtual_s: 40 }),
      archivedRunOf(3, { ...SPOILT, serial: HOSTILE }),
      archivedRunOf(4, { station: null, board: 'other' }),
    ]);
    const ask = queriesOf(engine);
    const times = await ask.times({});
    expect(times).to.have.length(2);
    expect(times.find(({ station }) => station === 'line 2')).to.include({ n: 2, mean_s: 35, least_s: 30, most_s: 40, meanWall_s: 37 });
    expect(times.find(({ station }) => station === null)).to.include({ n: 1, sd_s: null });
    expect(await ask.flakes({})).to.deep.equal([
      { case: 'eol/production', bench: 'bench', board: '1A2B3C4D', attempts: 4, spoilt: 2, triedAgain: 0 },
      { case: 'eol/production', bench: 'bench', board: 'other', attempts: 1, spoilt: 0, triedAgain: 0 },
    ]);
    const listed = await ask.runs({}, 2);
    expect(listed.map(({ serial, counts }) => [serial, counts])).to.deep.equal([
      ['HQ-4', true],
      [HOSTILE, false],
    ]);
    expect(await ask.runs({ serial: HOSTILE })).to.have.length(1);
    expect(await ask.runs({ station: `x' or '1' = '1` })).to.deep.equal([]);
  });

  it('keeps whatever stands in a field, finds it again, and takes no unit for another', async () => {
    const runs = TEXTS.map((text, index) => filled(text, index + 1));
    const unkept = UNKEPT.map((text, index) => filled(text, 100 + index));
    expect(await addRuns(engine, [...runs, ...unkept])).to.equal(runs.length + unkept.length);
    expect(await addRuns(engine, [...runs, ...unkept])).to.equal(0);
    const found = new Map((await everything(engine)).map((run) => [run.run, run]));
    for (const run of runs) expect(found.get(run.run), JSON.stringify(run.serial?.slice(0, 40))).to.deep.equal(run);
    for (const { run } of unkept) expect(found.get(run)?.serial, run).to.match(/^a[\0\uFFFD]b$/);
    const ask = queriesOf(engine);
    expect(await ask.yields({})).to.include({ units: runs.length + unkept.length, attempts: runs.length + unkept.length });
    for (const { serial, run } of [...runs, ...unkept])
      expect((await ask.runs({ serial: serial! })).map((one) => one.run)).to.deep.equal([run]);
    for (const { workOrder, run } of runs) expect((await ask.runs({ workOrder: workOrder! })).map((one) => one.run)).to.deep.equal([run]);
  });

  it('takes all of a run or nothing', async () => {
    const bad = archivedRunOf(2, { measurements: [measured(1), measured('much' as unknown as number), measured({} as unknown as number)] });
    await addRuns(engine, [archivedRunOf(1)]);
    // Of a lot that nothing had before.
    const late = archivedRunOf(3, { workOrder: 'WO-late', measurements: [measured(4, { high: 77 })] });
    const refused = await addRuns(engine, [late, bad]).then(
      () => false,
      () => true,
    );
    expect(refused).to.equal(true);
    expect((await everything(engine)).map(({ seq }) => seq)).to.deep.equal([1]);
    expect(await addRuns(engine, [late]), 'the next one works').to.equal(1);
    expect(await everything(engine), 'with its lot and its quantity').to.deep.include(late);
  });
};
