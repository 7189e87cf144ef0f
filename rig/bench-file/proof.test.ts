// What a port has to show before a unit can pass on it: each thing left out, old, foreign or failed keeps it from passing; and what is said where somebody does without.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { SelfTestDocument } from '../../reports/shape/self-test.ts';
import { readBenchFile } from '../../scenarios/language/bench/read.ts';
import { HOUR_ms, later, wallTimeOf } from '../calendar.ts';
import { knownHash } from '../selftest/known.ts';
import { LAST_CHECK } from '../selftest/watchdog.ts';
import { proofOf, type ProofAsked } from './proof.ts';
import { selfTestFile } from './self-tested.ts';
import { askedOf, VERIFICATION_SCHEMA, verificationFile, type VerifiedWith, writeVerification } from './verification.ts';

const MORNING = wallTimeOf('2026-11-28T06:00:00Z');
const DAY_ms = 24 * HOUR_ms;
const VERIFY = 'verify: { period: 8 h, golden unit: G-7, plug: { id: P-1, fails: load } }\n';
const run: VerifiedWith = { board: '1A2B3C4D', simulated: false, firmware: '0000BEEF', calibration: 'abc', now: later(MORNING, HOUR_ms) };
const check = { id: LAST_CHECK, driven: 'hang', channel: 'byWatchdog', unit: 'level', value: 1, min: 1, max: 1, ok: true } as const;
const good: SelfTestDocument = {
  schema: 'bms-rig/selftest/1',
  exit: 0,
  simulated: false,
  board: '1A2B3C4D',
  build: '0000BEEF',
  made: '2026-11-28T06:00:00Z',
  passed: true,
  netlist: knownHash(),
  counts: { checks: 1, failed: 0 },
  paths: [],
  ended: null,
  suspects: [],
  checks: [check],
};

const at = (ms: number) => ({ now: later(MORNING, ms) });

describe('what shows that a bench may judge units', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-proof-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const bench = (more = VERIFY) => {
    const text = `bench: left\nboard: "1A2B3C4D"\n${more}`;
    const read = readBenchFile({ file: path.join(folder, 'bench.yaml'), bytes: Buffer.from(text) });
    if (!read.ok) throw new Error('the bench file is good');
    return read.bench;
  };
  const file = bench();
  const port: ProofAsked = { file, onPort: true, waived: false, tests: true };
  const told = (asked: Partial<ProofAsked> = {}, with_: Partial<VerifiedWith> = {}) => proofOf({ ...port, ...asked }, { ...run, ...with_ });
  const texts = (...of: Parameters<typeof told>): string =>
    told(...of)
      .faults.map(({ text }) => text)
      .join(' ');
  const selfTested = (change: Partial<SelfTestDocument> = {}): void =>
    writeFileSync(selfTestFile(file), JSON.stringify({ ...good, ...change }));
  before(() =>
    writeVerification(verificationFile(file), {
      schema: VERIFICATION_SCHEMA,
      board: '1A2B3C4D',
      simulated: false,
      made: '2026-11-28T06:00:00Z',
      result: 'passed',
      reason: 'Both did what they had to.',
      goldenUnit: 'G-7',
      plug: 'P-1',
      fails: 'load',
      asked: askedOf(file),
      calibration: 'abc',
      firmware: '0000BEEF',
      runs: ['a', 'b'],
    }),
  );
  beforeEach(() => selfTested());

  it('is a bench file, a self-test and a verification, all of this board', () => {
    expect(selfTestFile(file)).to.equal(path.join(folder, '1A2B3C4D.selftest.json'));
    expect(told()).to.deep.equal({ proof: 'shown', faults: [] });
  });

  it('is missing without a bench file, and without `verify:` in it: inconclusive, blame rig, and what to do', () => {
    const none = told({ file: null });
    expect(none.proof).to.equal('missing');
    expect(none.faults).to.have.length(1);
    expect(none.faults[0]).to.include({ verdict: 'inconclusive', blame: 'rig' });
    expect(none.faults[0]!.text).to.contain('give it a bench file').and.contain('rig selftest').and.contain('--unproven');
    expect(texts({ file: bench('') }))
      .to.contain('Bench left asks for no verification')
      .and.contain('add `verify:`');
    expect(told({ file: bench('') }).proof).to.equal('missing');
  });

  it('is missing with a verification that does not count, however good the self-test', () => {
    expect(told({}, { now: later(MORNING, 9 * HOUR_ms) }).proof).to.equal('missing');
    expect(texts({}, { now: later(MORNING, 9 * HOUR_ms) })).to.contain('was verified at');
  });

  const bad: readonly (readonly [Partial<SelfTestDocument>, string])[] = [
    [{ board: '11111111' }, 'has the self-test of board 11111111'],
    [{ simulated: true }, 'was self-tested on a simulated board'],
    [{ passed: false }, 'failed its self-test'],
    [{ checks: [{ ...check, ok: false }] }, 'failed its self-test on 2026-11-28T06:00:00Z (1 of 1 checks)'],
    [{ ended: { step: 'loadOn', code: 'fixtureReset', message: 'It reset.' } }, 'failed its self-test'],
    [{ checks: [] }, 'did not look at everything'],
    [{ checks: [{ ...check, id: 'off.reference' }] }, 'did not look at everything'],
    [{ build: '0000F00D' }, 'has other firmware than at its self-test'],
    [{ netlist: '0' }, 'by other ranges'],
    [{ made: '2026-11-28T08:00:00Z' }, 'dated in the future'],
  ];
  for (const [change, words] of bad)
    it(`is missing with a self-test that does not count: ${words}`, () => {
      selfTested(change);
      expect(told().proof).to.equal('missing');
      expect(texts()).to.contain(words).and.contain('put the test plug in and run `rig selftest`');
    });

  it('is missing without a self-test, and with a file that is none', () => {
    rmSync(selfTestFile(file));
    expect(texts()).to.contain('Bench left has no self-test');
    writeFileSync(selfTestFile(file), '{"passed": true}');
    expect(texts()).to.contain('has no self-test');
  });

  it('counts a self-test for seven days, or for as long as the bench file says', () => {
    expect(texts({}, at(7 * DAY_ms - 1))).not.to.contain('self-tested');
    expect(texts({}, at(7 * DAY_ms))).to.contain('was self-tested at 2026-11-28T06:00:00Z, which is too long ago');
    const short = bench(`${VERIFY}limits: { self-test: 2 h }\n`);
    expect(texts({ file: short }, at(2 * HOUR_ms - 1))).not.to.contain('self-tested');
    expect(texts({ file: short }, at(2 * HOUR_ms))).to.contain('was self-tested at');
  });

  it('is a self-test alone for the runs of a verification and of a study, which judge no unit', () => {
    expect(told({ tests: false }, { now: later(MORNING, 9 * HOUR_ms) })).to.deep.equal({ proof: null, faults: [] });
    rmSync(selfTestFile(file));
    expect(told({ tests: false }).proof).to.equal('missing');
  });

  it('can be done without, which is told; the simulated bench of this process is asked only where its bench file asks', () => {
    rmSync(selfTestFile(file));
    for (const each of [file, null]) expect(told({ waived: true, file: each })).to.deep.equal({ proof: 'waived', faults: [] });
    for (const each of [null, bench('')]) expect(told({ onPort: false, file: each })).to.deep.equal({ proof: null, faults: [] });
    expect(told({ onPort: false }).proof, 'verified, and no plug goes into it').to.equal('shown');
    expect(told({ onPort: false, waived: true }).proof).to.equal('waived');
  });
});
