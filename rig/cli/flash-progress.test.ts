import { expect } from 'chai';
import { wallTime } from '../calendar.ts';
import { hostClock } from '../host-clock.ts';
import { flashProgress } from './flash-progress.ts';
import type { Surroundings, TextStream } from './surroundings.ts';

const told = (terminal: boolean, json = false): string => {
  let err = '';
  const stream = (add: (text: string) => void): TextStream => ({ write: add, isTerminal: terminal, columns: 80, rows: 24 });
  const surroundings: Surroundings = {
    out: stream(() => undefined),
    err: stream((text) => (err += text)),
    env: {},
    clock: hostClock,
    now: () => wallTime(0),
  };
  const { onStep, finish } = flashProgress(json, surroundings);
  for (const [step, fraction] of [
    ['identify', 0],
    ['write', 0],
    ['write', 0.5],
    ['verify', 0.999],
  ] as const)
    onStep(step, fraction);
  finish();
  return err;
};

describe('progress of flashing', () => {
  it('is a line a step, one line with a share on a terminal, and nothing for programs', () => {
    expect(told(false)).to.equal('asking the bootloader for its chip ...\nwriting ...\nverifying ...\n');
    expect(told(true).split('\r\u001B[K')).to.deep.equal([
      '',
      'asking the bootloader for its chip ...',
      'writing ...',
      'writing 50 %',
      'verifying 99 %',
      '',
    ]);
    expect(told(true, true)).to.equal('');
  });
});
