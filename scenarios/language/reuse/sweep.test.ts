/** The points of a sweep, their order and names, and what is no sweep. */

import { expect } from 'chai';
import { HEAD, cases, issuesOf, read } from '../testing/scenarios.ts';

const ids = (body: string): readonly string[] => cases(body).map(({ id }) => id);
const sweep = (text: string): readonly string[] =>
  issuesOf(`${HEAD}parameters: { cell: 2.8 V }\nsweep: ${text}\nsteps:\n  - { at: 5 s, cells: $cell }\n`);

const STEPS = 'steps:\n  - { at: 5 s, cells: $cell, supply: $volts }\n';
const two = (points: string): readonly string[] => issuesOf(`${HEAD}parameters: { cell: 2.8 V, volts: 12 V }\nsweep: ${points}\n${STEPS}`);

describe('sweep', () => {
  it('of a mapping gives every combination, in the order of the file', () => {
    expect(ids(`parameters: { cell: , volts: 12 V }\nsweep: { cell: [2.6 V, 2.7 V], volts: [9 V, 24 V] }\n${STEPS}`)).to.deep.equal([
      'suite/one[cell=2.6 V, volts=9 V]',
      'suite/one[cell=2.6 V, volts=24 V]',
      'suite/one[cell=2.7 V, volts=9 V]',
      'suite/one[cell=2.7 V, volts=24 V]',
    ]);
  });

  it('of a list gives its points, and a value left out is the usual one', () => {
    const all = cases(
      `parameters: { cell: 2.8 V, volts: 12 V }\nsweep:\n  - { cell: 2.6 V, volts: 9 V }\n  - { cell: [2.7 V, 2.75 V] }\n${STEPS}`,
    );
    expect(all.map(({ id }) => id)).to.deep.equal(['suite/one[cell=2.6 V, volts=9 V]', 'suite/one[cell=2.7 V]', 'suite/one[cell=2.75 V]']);
    expect(all.map(({ parameters }) => parameters)).to.deep.equal([
      { cell: '2.6 V', volts: '9 V' },
      { cell: '2.7 V', volts: '12 V' },
      { cell: '2.75 V', volts: '12 V' },
    ]);
  });

  it('of a hundred points is a hundred cases, each with its own timeline and name', () => {
    const all = cases(
      'parameters: { volts: 12 V }\nsweep: { volts: { from: 8 V, to: 70 V, count: 100 } }\nsteps:\n  - { at: 5 s, supply: $volts }\n',
    );
    expect(new Set(all.map(({ id }) => id)).size).to.equal(100);
    const volts = all
      .map(({ timeline }) => timeline.entries.at(-1)?.do)
      .map((action) => (action?.kind === 'set' ? action.changes[0]?.value : null));
    expect(volts[0]).to.deep.equal({ mV: 8_000 });
    expect(volts[1]).to.deep.equal({ mV: 8_626 });
    expect(volts[99]).to.deep.equal({ mV: 70_000 });
  });

  it('refuses what is no sweep, once', () => {
    expect(sweep('{ sell: [2.6 V] }')).to.deep.equal(['4:10 unknown-parameter']);
    expect(sweep('{ cell: [] }')).to.deep.equal(['4:16 empty-list']);
    expect(sweep('{ cell: [2.6 V, 2.7] }')).to.deep.equal(['4:24 bare-number']);
    expect(sweep('{ cell: [2.6 V, 2.6 V] }')).to.deep.equal(['4:8 duplicate-point']);
    expect(sweep('{ cell: [2.6 V, 2.60 V] }')).to.deep.equal(['4:8 duplicate-point']);
    expect(sweep('{ cell: [2.6 V, 2600 mV] }')).to.deep.equal(['4:8 duplicate-point']);
    expect(sweep('{ cell: [{ lowest: 2.6 V, highest: 3 V }, { highest: 3000 mV, lowest: 2.6 V }] }')).to.deep.equal([
      '4:8 duplicate-point',
    ]);
    expect(sweep('[{ cell: 2.6 V }, { cell: 2600 mV }]')).to.deep.equal(['4:8 duplicate-point']);
    expect(sweep('{ cell: [2.6 V, 2.601 V] }')).to.deep.equal([]);
    expect(sweep('{ cell: { from: 1 V, to: 3 V, step: 1 mV } }')).to.deep.equal(['4:8 too-many-points']);
    expect(sweep('{ cell: { from: 1 V, to: 3 V } }')).to.deep.equal(['4:16 missing-key']);
    expect(sweep('{ cell: { from: 1 V, to: 3 s, step: 1 V } }')).to.deep.equal(['4:16 wrong-unit']);
    expect(sweep('{ cell: { from: 1 V, to: 3 V, step: 0 V } }')).to.deep.equal(['4:44 backwards']);
    expect(sweep('{ cell: { from: 1 V, to: 3 V, count: 1 } }')).to.deep.equal(['4:45 not-a-count']);
    expect(sweep('2.6 V')).to.deep.equal(['4:8 wrong-kind']);
  });

  it('has no two points that are one case because of a usual value', () => {
    expect(two('[{ cell: 2.6 V }, { cell: 2.6 V, volts: 12 V }]')).to.deep.equal(['4:8 duplicate-point']);
    expect(two('[{ cell: 2.6 V }, { cell: 2.6 V, volts: 24 V }]')).to.deep.equal([]);
  });

  it('names the point where only some have a mistake', () => {
    const result = read(
      `${HEAD}parameters: { volts: 12 V }\nsweep: { volts: [9 V, 60 V, 69 V] }\nsteps:\n  - { at: 5 s, supply: { ramp to: 70 V, over: 10 ms } }\n  - { at: 4 s, cells: 3 V, supply: $volts }\n`,
    );
    expect(result.issues.map(({ id, hint }) => `${id}: ${hint}`)).to.include('backwards: write steps in the order of time');
    const dips = read(
      `${HEAD}parameters: { volts: 12 V }\nsweep: { volts: [9 V, 10 V, 69 V] }\nsteps:\n  - { at: 5 s, supply: { dip to: $volts, for: 50 ms } }\n`,
    );
    expect(dips.issues.map(({ line, id, hint }) => `${line} ${id}: ${hint}`)).to.deep.equal([
      '4 not-a-dip: dip to a lower voltage, or pulse to this one; at volts=69 V',
    ]);
  });
});
