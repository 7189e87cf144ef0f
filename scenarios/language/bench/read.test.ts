import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { formatIssue } from '../../contracts/issue.ts';
import { readScenario } from '../read.ts';
import { readBenchFile } from './read.ts';

const EXAMPLE = readFileSync(new URL('../../../rig/bench-file/example.yaml', import.meta.url));
const read = (text: string | Uint8Array) => readBenchFile({ file: 'bench.yaml', bytes: Buffer.from(text) });
const bench = (text: string | Uint8Array) => {
  const result = read(text);
  if (!result.ok) throw new Error(result.issues.map(formatIssue).join('\n'));
  return result.bench;
};
const issues = (...lines: readonly string[]): readonly string[] => {
  const result = read(['bench: b', 'board: 1A2B3C4D', ...lines].join('\n'));
  return result.ok ? [] : result.issues.map(formatIssue);
};

/** The first mistake told. */
const first = (text: string | Uint8Array) => {
  const result = read(text);
  return result.ok ? '' : formatIssue(result.issues[0]!);
};

describe('a bench file', () => {
  it('says what stands in the example', () => {
    const { name, board, station, slot, calibration, ratings, dividers, absent, limits, hash, unitProgram } = bench(EXAMPLE);
    expect({ name, board, station, slot, calibration }).to.deep.equal({
      name: 'line 2, left',
      board: '51901B56',
      station: 'hall 2',
      slot: 'left',
      calibration: 'line-2-left.calibration.json',
    });
    expect(ratings).to.deep.equal({ supply_mV: 60_000, sinkPulse_us: 30_000, chargerShort_us: 80_000 });
    expect(dividers).to.deep.equal({ supply: 16, load: 16, preAlarm: 16, charger: 16 });
    expect(absent).to.deep.equal(['ledRedBrightness']);
    expect(limits).to.deep.equal({ contact_mOhm: 5_000, calibration_us: 180 * 86_400e6, selfTest_us: 7 * 86_400e6 });
    expect(unitProgram?.command.at(-1)).to.equal('flash:w:{file}:i');
    expect(unitProgram?.verify?.[0]).to.equal('avrdude');
    expect(unitProgram?.timeout_us).to.equal(60e6);
    expect(hash).to.match(/^[0-9a-f]{64}$/);
  });

  it('needs a name and a board; the rest is a bench as built', () => {
    const { ratings, absent, limits, calibration, station, slot, placeOf } = bench('bench: 7\nboard: "12345678"\nslot: 1\n');
    expect(ratings).to.deep.equal({ supply_mV: 70_000, sinkPulse_us: 50_000, chargerShort_us: 100_000 });
    expect({ absent, calibration, station, slot }).to.deep.equal({
      absent: [],
      calibration: 'calibration.json',
      station: null,
      slot: '1',
    });
    expect(limits.contact_mOhm).to.equal(10_000);
    expect(placeOf('board')).to.deep.equal({ file: 'bench.yaml', line: 2, col: 1 });
  });

  it('tells every mistake at once, each at its place', () => {
    const result = read(['bnch: b', 'board: 12345678', 'ratings: { supply: 60, sink pulse: 60 ms }', 'dividers: { load: 16 }'].join('\n'));
    expect(result.ok ? [] : result.issues.map(formatIssue)).to.deep.equal([
      'bench.yaml:2:8 the id of a board has eight hex digits (put it in quotes, so that YAML does not take it for a number) [not-a-board]',
      'bench.yaml:3:20 60 has no unit (write it with one, e.g. 60 V) [bare-number]',
      'bench.yaml:3:36 60 ms is outside 0.001 s to 0.05 s (use a value from 0.001 s to 0.05 s) [out-of-range]',
      'bench.yaml:4:19 a divider is written as a ratio (e.g. "16 : 1") [not-a-divider]',
      'bench.yaml:1:1 "bnch" is not a key here (did you mean bench?) [unknown-key]',
    ]);
  });

  const mistakes: readonly [string, RegExp][] = [
    ['limits: { contact: 12 Ohm }', /3:20 12 Ohm is outside 1 Ohm to 10 Ohm/],
    ['limits: { contact: 5 V }', /3:20 5 V is a voltage, a resistance is expected here/],
    ['limits: { calibration: 1 h }', /3:24 1 h is outside/],
    ['channels: { load: absent }', /3:13 "load" is not a key here/],
    ['channels: { chargerShort: missing }', /3:27 "missing" is not a state of a channel/],
    ['dividers: { load: "100 : 1" }', /3:19 100 : 1 is outside 14 : 1 to 40 : 1/],
    ['calibration: 7', /3:14 a path is expected here/],
    ['slot: { a: b }', /3:7 the slot is a short name/],
    ['board: 1A2B3C4E', /3:1 "board" is given twice in one mapping/],
    ['limits: *x', /3:9 /],
    ['maintenance: { matings: 0.5 }', /3:25 a whole number from 1/],
    ['maintenance: { contact: 20 Ohm }', /3:25 20 Ohm is outside/],
    ['maintenance: { contacts: 2 Ohm }', /3:16 "contacts" is not a key here \(did you mean contact\?\)/],
    ['verify: { period: 8 h, golden unit: G-7, plug: { id: P-1, fails: loud } }', /3:66 "loud" is not a signal \(did you mean load\?\)/],
    ['verify: { period: 8 h, golden unit: G-7, plug: { id: G-7, fails: load } }', /3:50 the plug has the id of the golden unit, G-7/],
    ['verify: { period: 1 min, golden unit: G-7, plug: { id: P-1, fails: load } }', /3:19 1 min is outside/],
    ['verify: { golden unit: G-7, plug: { id: P-1, fails: load } }', /3:9 "period" is missing/],
    ['verify: { period: 8 h, golden unit: G-7, scenarios: [], plug: { id: P-1, fails: load } }', /a path or a list of paths/],
    ['unit: { program: { command: [avrdude, -p, m328p] } }', /3:29 no argument has \{file\}, so the image would not be used/],
    ['unit: { program: { command: "sh -c \'burn {file}\'" } }', /3:29 no shell reads this line/],
    ['unit: { program: { command: 7 } }', /3:29 a program and its arguments are expected/],
    ['unit: { program: { verify: "v {file}" } }', /3:18 .*command/],
    ['unit: { program: { command: "burn {file}", timeout: 1 h } }', /3:53 1 h is outside/],
  ];
  for (const [line, wanted] of mistakes)
    it(`refuses ${line}`, () => {
      expect(issues(line).join('\n')).to.match(wanted);
    });

  it('is refused where it is no mapping, no text, or nothing', () => {
    expect(first('- a\n')).to.contain('a bench file is a mapping of keys to values');
    expect(first(new Uint8Array([0, 1, 2]))).to.contain('not a text file');
    expect(first('')).to.contain('the file is empty');
    expect(first('scenario: a\ncovers: [LOAD-UV]\n')).to.contain('this is a scenario and not a bench file');
  });

  it('is known for what it is where scenarios are read: checked, and no case', () => {
    const good = readScenario({ file: 'bench.yaml', bytes: EXAMPLE });
    expect(good).to.deep.equal({ issues: [], variants: [] });
    const bad = readScenario({ file: 'bench.yaml', bytes: Buffer.from('bench: b\nboard: x\n') });
    expect(bad.issues.map(formatIssue)[0]).to.contain('bench.yaml:2:8 the id of a board');
  });
});
