import { expect } from 'chai';
import type { Timeline, When } from '../../scenarios/contracts/timeline.ts';
import type { Interval } from '../inputs/steps.ts';
import { Apart, END } from './apart.ts';

const timeline = (whens: Readonly<Record<string, When>>, end: When): Timeline =>
  ({
    entries: Object.entries(whens).map(([id, when]) => ({ id, when })),
    end,
    endBounds_us: [60e6, 70e6],
  }) as unknown as Timeline;
const at = (at_us: number): When => ({ kind: 'at', at_us: at_us as never });
const behind = (entry: string, delay_us: number): When => ({ kind: 'afterEntry', entry, delay_us });
const onEdge = (armedBy: string, delay_us: number): When => ({
  kind: 'afterEdge',
  signal: 'preAlarm',
  level: 'high',
  armedBy,
  delay_us,
  timeout_us: 5e6,
});

/** `warned` hangs on an edge between 4 and 9 s; `low` and `back` hang on it. */
const hung = timeline(
  { power: at(0), warned: onEdge('power', 1e6), low: behind('warned', 2e6), back: behind('low', 3e6) },
  behind('back', 1e6),
);
const instants: Readonly<Record<string, Interval>> = { power: [0, 0], warned: [4e6, 9e6], low: [6e6, 11e6], back: [9e6, 14e6] };

describe('how long one entry comes after another at least', () => {
  const apart = new Apart(hung, instants);

  it('is exact where one hangs on the other, however little is known of both instants', () => {
    expect(apart.least_us('low', 'back')).to.equal(3e6);
    expect(apart.least_us('warned', 'back')).to.equal(5e6);
  });

  it('is exact too where both hang on a third', () => {
    const fork = timeline(
      { ...Object.fromEntries(hung.entries.map(({ id, when }) => [id, when])), other: behind('warned', 10e6) },
      at(60e6),
    );
    expect(new Apart(fork, { ...instants, other: [14e6, 19e6] }).least_us('back', 'other')).to.equal(5e6);
  });

  it('is what the instants leave for sure where an edge lies between', () => {
    expect(apart.least_us('power', 'warned')).to.equal(4e6);
    const second = timeline({ power: at(0), warned: onEdge('power', 0), again: onEdge('warned', 1e6) }, at(60e6));
    expect(new Apart(second, { power: [0, 0], warned: [4e6, 9e6], again: [5e6, 15e6] }).least_us('warned', 'again')).to.equal(1e6);
  });

  it('knows the end of the case as an entry', () => {
    expect(apart.at_us(END)).to.deep.equal([10e6, 15e6]);
    expect(apart.least_us('back', END)).to.equal(1e6);
    expect(new Apart(timeline({ power: at(0) }, at(60e6)), { power: [0, 0] }).at_us(END)).to.deep.equal([60e6, 70e6]);
  });

  it('claims nothing of an entry whose instant is not known', () => {
    expect(apart.at_us('nobody')).to.deep.equal([-Infinity, Infinity]);
    expect(apart.least_us('nobody', 'power')).to.equal(-Infinity);
  });
});
