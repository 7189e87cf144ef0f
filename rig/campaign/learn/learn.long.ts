/** A profile learned of one unit passes another of its kind, and tells those that take other allowed readings. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { learnDocument } from '../../../reports/shape/learn.ts';
import { runDocument } from '../../../reports/shape/documents.ts';
import { runCommand, scratchFolder } from '../../cli/testing/command.ts';

describe('a profile', () => {
  const scratch = scratchFolder();
  const file = path.join(scratch.path, 'unit.yaml');
  after(() => scratch.remove());
  const READINGS = path.join(import.meta.dirname, 'readings.yaml');
  const WAITS = path.join(import.meta.dirname, '../../../scenarios/regression/r03-wait.yaml');
  const run = async (...argv: readonly string[]) => {
    const { out } = await runCommand(['run', '--profile', file, '--out', scratch.path, '--json', ...argv]);
    return runDocument.parse(JSON.parse(out));
  };

  it('is learned from a good unit', async () => {
    const { out, exit } = await runCommand([
      'learn',
      '--golden',
      'G-07',
      '--profile',
      file,
      '--out',
      scratch.path,
      '--seed',
      '11',
      '--json',
    ]);
    const document = learnDocument.parse(JSON.parse(out));
    expect(exit, document.reason).to.equal(0);
    expect(document.readings).to.deep.equal({ R8: 'stays', R10: 'rises', R12: 'on' });
    const wait = document.limits.find(({ parameter }) => parameter === 'waitMost_us')!;
    expect(wait.value).to.be.within(31e6, 33e6);
    expect(readFileSync(file, 'utf8')).to.include('open: [1, 3, 4]');
  });

  it('passes another unit of the same kind', async () => {
    const { verdict, reason } = await run(READINGS, WAITS, '--seed', '99');
    expect(verdict, reason).to.equal('pass');
  });

  for (const [unit, scenario, text] of [
    ['prealarm-ends-with-warning', READINGS, 'PRE-ALARM falls when the warning ends'],
    ['prealarm-waits-for-clear-warning', READINGS, 'PRE-ALARM stays off until the warning has cleared'],
    ['off-until-recovery', READINGS, 'LOAD and PRE-ALARM float until the cell recovers'],
    ['wait-34s7', WAITS, 'after the latest allowed'],
  ] as const)
    it(`tells ${unit}`, async () => {
      const { verdict, blame, cases } = await run(scenario, '--unit', unit);
      expect({ verdict, blame }).to.deep.equal({ verdict: 'fail', blame: 'unit' });
      const told = cases.flatMap(({ differences }) => differences.map((one) => one.text));
      expect(
        told.some((one) => one.includes(text) && one.includes('differs from the profile')),
        told.join('\n'),
      ).to.equal(true);
    });

  it('is not learned from a unit that fails', async () => {
    const other = path.join(scratch.path, 'bad.yaml');
    const bad = path.join(import.meta.dirname, '../../sim/defects/firmware/slow-charger.hex');
    const { out, exit } = await runCommand([
      'learn',
      '--golden',
      'G-08',
      '--unit',
      bad,
      '--profile',
      other,
      '--out',
      scratch.path,
      '--json',
    ]);
    expect(exit).to.equal(1);
    expect(learnDocument.parse(JSON.parse(out)).reason).to.include('not known to be good');
    expect(existsSync(other)).to.equal(false);
  });
});
