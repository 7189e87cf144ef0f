import { expect } from 'chai';
import type { SelfTestCheck, SelfTestDocument } from '../shape/self-test.ts';
import { renderSelfTest } from './self-test.ts';

const check = (id: string, value: number | null, ok: boolean): SelfTestCheck => ({
  id,
  driven: id.split('.')[0]!,
  channel: id.split('.')[1]!,
  unit: 'mV',
  value,
  min: 10,
  max: 20,
  ok,
});
const RESULT: SelfTestDocument = {
  schema: 'bms-rig/selftest/1',
  exit: 3,
  simulated: false,
  board: '518A2866',
  build: '00000001',
  made: '2026-11-30T09:00:00.000Z',
  passed: false,
  netlist: 'abc',
  counts: { checks: 4, failed: 3 },
  paths: [],
  ended: null,
  suspects: [{ channels: ['pole3'], mistake: 'open K.pole3.a', text: 'K.pole3 a is open' }],
  checks: [check('one.load', 15, true), check('two.load', 5, false), check('three.load', null, false), check('four.load', null, false)],
};
const text = (more: Partial<SelfTestDocument> = {}, all = false): string => renderSelfTest({ ...RESULT, ...more }, { all, file: 'f.json' });
const failing = (told: string): number => told.split('\n').filter((line) => line.startsWith('FAIL')).length;

describe('a self-test on the terminal', () => {
  it('lists every check that failed, those without a value too, and the wire that would explain it', () => {
    expect(failing(text())).to.equal(3);
    expect(text()).to.contain('A single wire that would explain it').and.to.contain('3 of 4 checks failed');
    expect(text()).to.not.contain('run it again');
    expect(text({}, true)).to.match(/^ok +one +load/m);
  });

  it('that ended early lists what it came to, counts the rest, and names a wire only where it ends there again', () => {
    const ended = { step: 'three', code: 'fixtureReset', message: 'The fixture at p reset itself.' };
    const told = text({ ended });
    expect(failing(told)).to.equal(1);
    expect(told).to.contain(
      'It ended in the step "three": The fixture at p reset itself. What came after was not looked at, and fails: 2 checks.',
    );
    expect(told).to.contain('run it again first').and.to.contain('Where it ends there again, a single wire');
    expect(told).to.contain('is not sound: 3 of 4 checks failed');
    expect(failing(text({ ended }, true)), 'all, where all are asked for').to.equal(3);
  });
});
