import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { RigError } from '../error.ts';
import { runUnits } from './units.ts';

const compiled = (name: string, text: string): Case => {
  const result = readAndCompile({ file: `units/${name}.yaml`, bytes: Buffer.from(text) });
  if (!result.ok) throw new Error(result.issues[0]?.message);
  return result.cases[0]!;
};

/** CHARGER alone is disturbed by the second, LOAD by neither. */
const QUIET = compiled('quiet', 'scenario: a\ncovers: [LOAD-HEALTHY]\nuntil: 3.3 s\n');
const CHARGE = compiled(
  'charge',
  'scenario: b\ncovers: [CHG-OV]\nsteps: [{ at: 3.2 s, poles: { 3: open } }]\nuntil: { wait: 2.2 s }\nexpect: [{ at: 5.35 s, charger: floating }]\n',
);
const CASES = [QUIET, CHARGE];
const signal = new AbortController().signal;

describe('units under a suite', () => {
  it('give a good unit a pass and a bad one its differences, each in the order asked for', async () => {
    const done: number[] = [];
    const [good, bad] = await runUnits({
      units: [{ seed: 3 }, { seed: 3, defect: 'charger-stuck-high' }],
      cases: CASES,
      bail: false,
      workers: 2,
      signal,
      onDone: (index) => done.push(index),
    });
    expect([good?.verdict, good?.exit, good?.cases.map(({ verdict }) => verdict)]).to.deep.equal(['pass', 0, ['pass', 'pass']]);
    expect([bad?.verdict, bad?.blame, bad?.exit]).to.deep.equal(['fail', 'unit', 1]);
    expect(bad?.cases[1]?.findings[0]).to.include({ signal: 'charger' });
    expect(bad?.cases[1]?.findings.every(({ breach_U }) => breach_U >= 0)).to.equal(true);
    expect(done.toSorted((a, b) => a - b)).to.deep.equal([0, 1]);
  });

  it('end a unit with the first case that fails it, on the signal that counts', async () => {
    const units = [
      { seed: 3, defect: 'load-stuck-floating', bailOn: 'load' },
      { seed: 3, defect: 'load-stuck-floating', bailOn: 'charger' },
    ];
    const [own, other] = await runUnits({ units, cases: CASES, bail: true, workers: 1, signal });
    expect(own?.cases.map(({ id }) => id)).to.deep.equal(['units/quiet']);
    expect(other?.cases).to.have.length(2);
  });

  it('do not run after a stop, and say who is to blame for an image that cannot be used', async () => {
    const stopped = AbortSignal.abort();
    expect(await runUnits({ units: [{ seed: 1 }], cases: CASES, bail: false, signal: stopped })).to.deep.equal([undefined]);
    const refused = await runUnits({ units: [{ seed: 1, unit: 'none.hex' }], cases: CASES, bail: false, signal }).catch(
      (cause: unknown) => cause,
    );
    expect(refused).to.be.instanceOf(RigError).with.property('code', 'fileUnreadable');
  });
});
