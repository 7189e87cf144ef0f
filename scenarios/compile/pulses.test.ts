/** What lasts for a while: pulses of drives as the fixture times them, and two changes where the bank is asked. */

import { expect } from 'chai';
import { asked, one } from '../language/testing/scenarios.ts';

const entries = (steps: string) => asked(one(steps)).map(({ id, at_us, action }) => ({ id, at_us, action }));
const poles = (pole1: string, pole3: string, pole4: string) => [
  { signal: 'pole1', value: pole1 },
  { signal: 'pole3', value: pole3 },
  { signal: 'pole4', value: pole4 },
];

describe('a step with for', () => {
  it('is one pulse of everything it names, and wait counts from its end', () => {
    const steps = 'steps:\n  - { at: 5 s, poles: { 1: open }, remote: off, for: 2 s }\n  - { wait: 1 s, short: charger, for: 50 ms }\n';
    expect(entries(steps)).to.deep.equal([
      {
        id: 'step-1',
        at_us: 5_000_000,
        action: {
          kind: 'pulse',
          changes: [
            { signal: 'pole1', value: 'open' },
            { signal: 'remoteLink', value: 'open' },
            { signal: 'remoteH', value: 'open' },
            { signal: 'remoteL', value: 'open' },
          ],
          for_us: 2_000_000,
        },
      },
      { id: 'step-2', at_us: 8_000_000, action: { kind: 'pulse', changes: [{ signal: 'chargerShort', value: 'on' }], for_us: 50_000 } },
    ]);
  });

  it('of the bank goes back as its alarms allow', () => {
    const steps = 'given: { cells: 3.15 V }\nsteps:\n  - { at: 5 s, cells: 3.0 V, for: 2 s }\n  - { wait: 1 s, cells: 3.25 V }\n';
    expect(entries(steps)).to.deep.equal([
      { id: 'step-1', at_us: 5_000_000, action: { kind: 'set', changes: poles('closed', 'closed', 'open') } },
      // Back at 3.15 V, which releases nothing.
      { id: 'step-1.end', at_us: 7_000_000, action: { kind: 'set', changes: poles('closed', 'closed', 'open') } },
      { id: 'step-2', at_us: 8_000_000, action: { kind: 'set', changes: poles('closed', 'closed', 'closed') } },
    ]);
  });

  it('gives supply and remote back with the bank', () => {
    const steps = 'given: { remote: { H: 3.1 V } }\nsteps:\n  - { at: 5 s, cable: broken, supply: 24 V, remote: { L: 3.3 V }, for: 2 s }\n';
    const [start, end] = entries(steps).slice(1);
    expect(start?.action).to.deep.include({ kind: 'set' });
    expect(end).to.deep.equal({
      id: 'step-1.end',
      at_us: 7_000_000,
      action: {
        kind: 'set',
        changes: [
          ...poles('closed', 'closed', 'closed'),
          { signal: 'remoteLink', value: 'open' },
          { signal: 'remoteH', value: { mV: 3_100 } },
          { signal: 'remoteL', value: 'open' },
          { signal: 'supply', value: { mV: 12_800 } },
        ],
      },
    });
  });

  it('follows an edge like any other step', () => {
    const [pulse] = one('steps:\n  - { after: load rises, sink: { load: 1 A }, for: 20 ms }\n').timeline.entries.slice(2);
    expect(pulse).to.deep.include({ do: { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 } });
    expect(pulse?.when.kind).to.equal('afterEdge');
  });
});

const again = (wait: string): string =>
  `steps:\n  - { at: 5 s, sink: { load: 1 A }, for: 40 ms }\n  - { wait: ${wait}, sink: { load: 1 A }, for: 40 ms }\n`;

describe('a sink', () => {
  it('rests by the energy it took, and another one may follow at once', () => {
    // 12.8 V x 1 A x 40 ms / 3 W = 171 ms, and 5 % more.
    expect(() => one(again('179 ms'))).to.throw('the sink is on again 0.219 s after step-1');
    expect(one(again('180 ms')).timeline.entries).to.have.length(4);
    expect(
      one(again('5 ms').replace('load: 1 A }, for: 40 ms }\n  - { wait', 'preAlarm: 1 A }, for: 40 ms }\n  - { wait')).timeline.entries,
    ).to.have.length(4);
  });
});

describe('noise', () => {
  it('of the supply is one value after the other around where it stands, and ends there', () => {
    const noisy = one(
      'steps:\n  - { at: 5 s, supply: 24 V }\n  - { wait: 1 s, supply: { noise: 0.5 V, every: 100 ms, for: 0.5 s } }\n  - { wait: 1 s, remote: off }\n',
    );
    const values = asked(noisy).flatMap(({ at_us, action }) =>
      action.kind === 'set' && action.changes[0]?.signal === 'supply'
        ? [[at_us, (action.changes[0].value as { mV: number }).mV] as const]
        : [],
    );
    expect(values.map(([at_us]) => at_us)).to.deep.equal([5, 6, 6.1, 6.2, 6.3, 6.4, 6.5].map((s) => Math.round(s * 1e6)));
    for (const [, mV] of values) expect(mV).to.be.within(23_500, 24_500);
    expect(values.at(-1)?.[1]).to.equal(24_000);
    expect(new Set(values.map(([, mV]) => mV)).size).to.be.greaterThan(4);
    expect(asked(noisy).at(-1)).to.include({ id: 'step-3', at_us: 7_500_000 });
  });

  it('of the cells shows at the poles where it crosses their levels, and nowhere else', () => {
    const crossing = one('given: { cells: 3.10 V }\nsteps:\n  - { at: 5 s, cells: { noise: 200 mV, every: 0.2 s, for: 4 s } }\n');
    const states = asked(crossing).map(({ action }) =>
      action.kind === 'set' ? action.changes.find(({ signal }) => signal === 'pole4')?.value : null,
    );
    expect(states).to.include('open').and.to.include('closed');
    for (const [index, state] of states.entries()) if (index > 1) expect(state).not.to.equal(states[index - 1]);
    const quiet = one('steps:\n  - { at: 5 s, cells: { noise: 20 mV, every: 0.2 s, for: 4 s } }\n');
    expect(asked(quiet)).to.have.length(1);
  });
});
