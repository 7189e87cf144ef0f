import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { readBenchFile } from '../../scenarios/language/bench/read.ts';
import { HOUR_ms, later, wallTimeOf } from '../calendar.ts';
import {
  askedOf,
  readVerification,
  type Verification,
  VERIFICATION_SCHEMA,
  verificationFault,
  verificationFile,
  type VerifiedWith,
  withdrawVerification,
  writeVerification,
} from './verification.ts';

const MORNING = wallTimeOf('2026-11-28T06:00:00Z');

describe('whether a bench is verified', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-verified-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const bench = (period = '8 h', more = '') => {
    const text = `bench: left\nboard: "51901B56"\n${more}verify: { period: ${period}, golden unit: G-7, plug: { id: P-1, fails: load } }\n`;
    const read = readBenchFile({ file: path.join(folder, 'bench.yaml'), bytes: Buffer.from(text) });
    if (!read.ok) throw new Error('the bench file is good');
    return read.bench;
  };
  const file = bench();
  const target = verificationFile(file);
  const run: VerifiedWith = { board: '51901B56', simulated: false, firmware: 'BEEF', calibration: 'abc', now: later(MORNING, HOUR_ms) };
  const good: Verification = {
    schema: VERIFICATION_SCHEMA,
    board: '51901B56',
    simulated: false,
    made: '2026-11-28T06:00:00Z',
    result: 'passed',
    reason: 'The golden unit passed, and the plug failed on load.',
    goldenUnit: 'G-7',
    plug: 'P-1',
    fails: 'load',
    asked: askedOf(file),
    calibration: 'abc',
    firmware: 'BEEF',
    runs: ['a', 'b'],
  };
  const fault = (change: Partial<Verification> = {}, with_: Partial<VerifiedWith> = {}, of = file) => {
    writeVerification(target, { ...good, ...change });
    return verificationFault(of, { ...run, ...with_ });
  };

  it('is asked beside the calibration, by board', () => {
    expect(target).to.equal(path.join(folder, '51901B56.verification.json'));
    expect(verificationFile(bench('8 h', 'calibration: kept/c.json\n'))).to.equal(path.join(folder, 'kept', '51901B56.verification.json'));
    expect(verificationFault(file, run)).to.equal('Bench left has not been verified, so no unit can pass on it: run `rig verify-bench`.');
    expect(fault()).to.equal(null);
    expect(readdirSync(folder), 'nothing is left of writing it').to.deep.equal(['51901B56.verification.json']);
  });

  it('counts for its period, and neither before nor after', () => {
    expect(fault({}, { now: later(MORNING, 8 * HOUR_ms - 1) })).to.equal(null);
    expect(fault({}, { now: later(MORNING, 8 * HOUR_ms) })).to.contain('was verified at 2026-11-28T06:00:00Z, which is too long ago');
    expect(fault({}, { now: later(MORNING, -1) })).to.contain('dated in the future');
  });

  const ends: readonly (readonly [Partial<Verification>, Partial<VerifiedWith>, string])[] = [
    [{ result: 'failed', reason: 'The plug passed.' }, {}, 'failed its verification on 2026-11-28T06:00:00Z (The plug passed)'],
    [{}, { calibration: 'newer' }, 'has another calibration than when it was verified'],
    [{}, { calibration: null }, 'has another calibration'],
    [{}, { firmware: 'F00D' }, 'has other firmware'],
    [{}, { board: '11111111' }, 'has the verification of board 51901B56'],
    [{}, { simulated: true }, 'was verified on a real bench'],
    [{ simulated: true }, {}, 'was verified on a simulated bench'],
    [{ asked: '0' }, {}, 'was verified by other rules than its bench file has now'],
  ];
  for (const [change, with_, words] of ends)
    it(`no longer counts: ${words}`, () => {
      expect(fault(change, with_)).to.contain(words);
    });

  it('does not count by rules that were changed since, nor in a file that is none', () => {
    expect(fault({}, {}, bench('24 h'))).to.contain('by other rules');
    writeFileSync(target, JSON.stringify(good).slice(0, 90));
    expect(verificationFault(file, run)).to.contain('has not been verified');
    writeFileSync(target, JSON.stringify({ ...good, made: 'yesterday' }));
    expect(readVerification(target)).to.equal(null);
  });

  it('ends with a flash of this board, also by the same firmware', () => {
    expect(fault()).to.equal(null);
    expect(withdrawVerification(file, '22222222')).to.equal(false);
    expect(verificationFault(file, run)).to.equal(null);
    expect(withdrawVerification(file, '51901B56')).to.equal(true);
    expect(verificationFault(file, run)).to.contain('was flashed since it was verified');
  });
});
