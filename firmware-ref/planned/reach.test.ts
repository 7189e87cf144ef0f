/** Everywhere one signal can get to: when each state can hold, which edges may come, what may be missed, and the same whether worked out at once or bit by bit. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import { choice, standing, STANDINGS } from '../rules/rule.ts';
import { UNCOUPLED, type Coupling } from './coupling.ts';
import { NEVER } from './layer.ts';
import { NODES_BOUND, Reach } from './reach.ts';
import { after, from, type Given, numbers, OFF, segment } from './testing/parts.ts';

function reachOf(signal: SenseSignal, segments: readonly Segment[], coupling: Coupling = UNCOUPLED): Reach {
  const reach = new Reach(signal, numbers);
  expect(reach.update(segments, 0, coupling)).to.equal(0);
  return reach;
}
const nodesOf = ({ nodes }: Reach): readonly string[] =>
  nodes.map(({ seen, memo, high, from_us, to_us }) => `${seen} ${memo}${high ? '+' : '-'} ${from_us / 1e6}..${to_us / 1e6}`);
const movesOf = ({ moves }: Reach): readonly string[] =>
  moves.map(({ high, segment: { index }, from_us, to_us }) => `${index} ${high ? '+' : '-'} ${from_us / 1e6}..${to_us / 1e6}`);

const START = from(5);
const NO_CHARGE = { pole3Open: true };

const pulse = (to_s: number) => reachOf('charger', after(START, from(20, NO_CHARGE), from(to_s)));

const unsure = (gap_s: number) =>
  reachOf(
    'preAlarm',
    after(
      START,
      { from_us: [20e6, 30e6], due_us: 32e6, inputs: { remote: 'off' } },
      { from_us: [20e6 + gap_s * 1e6, 40e6], due_us: 42e6, gap_us: gap_s * 1e6, inputs: { pole4Open: true } },
    ),
  );

const parts = (writes: readonly [number, number]) =>
  after(
    START,
    from(20, { pole3Open: true }, { kind: 'between', changed: 2, write: writes[0] }),
    from(20, { pole4Open: true }, { kind: 'between', changed: 4, write: writes[1] }),
    from(20, { pole3Open: true, pole4Open: true }),
  );

const keyOf = (seen: number) => seen * STANDINGS + standing('plain', false) + 1;

describe('what a signal can get to', () => {
  it('begins with nothing high before the first state of the inputs', () => {
    expect(nodesOf(reachOf('charger', [OFF]))).to.deep.equal(['0 plain- -Infinity..Infinity']);
    expect(nodesOf(reachOf('load', [OFF]))).to.deep.equal(['0 out- -Infinity..Infinity']);
    expect(nodesOf(reachOf('preAlarm', [OFF]))).to.deep.equal(['0 out- -Infinity..Infinity']);
    expect(nodesOf(reachOf('ledRed', [OFF]))).to.deep.equal(['0 plain- -Infinity..Infinity']);
  });

  it('changes from where the inputs do until they have to have been seen', () => {
    const reach = reachOf('charger', after(START, from(20, NO_CHARGE)));
    expect(movesOf(reach)).to.deep.equal(['1 + 5..7', '2 - 20..22']);
    expect(nodesOf(reach)).to.deep.equal(['0 plain- -Infinity..7', '1 plain+ 5..22', '2 plain- 20..Infinity']);
    expect(reach.moves.map(({ cite, alone }) => `${cite} ${alone}`)).to.deep.equal(['serviceCharge false', 'noCharge false']);
  });

  it('says nothing of a change that is none for it', () => {
    const reach = reachOf('charger', after(START, from(20, { pole1Open: true })));
    expect(movesOf(reach)).to.deep.equal(['1 + 5..7']);
    expect(nodesOf(reach).at(-1)).to.equal('2 plain+ 20..Infinity');
  });

  it('may miss a state of the inputs that is soon over, but no other', () => {
    expect(movesOf(pulse(20.5))).to.deep.equal(['1 + 5..7', '2 - 20..22', '3 + 20.5..22.5']);
    expect(nodesOf(pulse(22))).to.deep.equal(['0 plain- -Infinity..7', '1 plain+ 5..22', '2 plain- 20..24', '3 plain+ 22..Infinity']);
    expect(pulse(22).layers[1]!.end, 'it may still be high at 22 s').to.equal(NEVER);
    expect(pulse(22.000_001).layers[1]!.end).to.equal(3);
  });

  it('does not miss a state that lasts for longer than it takes to see it, however badly its begin is known', () => {
    expect([2, 2.5].map((gap_s) => unsure(gap_s).layers[1]!.end === 3)).to.deep.equal([false, true]);
  });

  it('passes through the parts of one write in an order that can be (R1)', () => {
    expect(movesOf(reachOf('ledRed', parts([1, 1])))).to.deep.equal(['2 + 20..22', '4 + 20..22']);
    expect(movesOf(reachOf('ledRed', parts([1, 2])))).to.deep.equal(['2 + 20..22', '3 - 20..22', '4 + 20..22']);
  });

  it('changes as often as it likes where the inputs leave it open', () => {
    const reach = reachOf('charger', after(START, from(20, { remote: 'either' }), from(30)));
    expect(reach.moves.filter(({ alone }) => alone).map(({ high, from_us, to_us }) => [high, from_us, to_us])).to.deep.equal([
      [false, 20e6, 32e6],
      [true, 20e6, 32e6],
    ]);
    expect(movesOf(reach).at(-1), 'and has to have decided').to.equal('3 + 30..32');
  });

  it('tells the rises of PRE-ALARM apart by what they answer to', () => {
    const reach = reachOf('preAlarm', after(START, from(20, { pole4Open: true }), from(40), from(60, { pole4Open: true })));
    const rises = reach.layers.flatMap((layer) => layer.rises.map(({ key, seen, from_us, to_us }) => [key, seen, from_us, to_us]));
    expect(rises).to.deep.equal([
      [keyOf(2), 2, 20e6, 22e6],
      [keyOf(4), 4, 60e6, 62e6],
    ]);
    expect(reach.moves.map(({ risen }) => risen)).to.deep.equal([keyOf(2), 0, keyOf(4)]);
    expect(reach.nodes.map(({ parts }) => parts.map((part) => part.rises.map((rise) => rise.seen)))).to.deep.equal([
      [],
      [],
      [[2]],
      [],
      [[4]],
    ]);
    expect(reachOf('load', after(START)).layers.flatMap(({ rises: none }) => none)).to.deep.equal([]);
  });

  it('keeps every rise after which PRE-ALARM may be high', () => {
    const WARNED = { pole4Open: true };
    const reach = reachOf(
      'preAlarm',
      after(START, from(20, WARNED), from(20.5), from(20.9, WARNED), from(21, { ...WARNED, pole3Open: true })),
    );
    const rises = reach.nodes.filter(({ seen }) => seen === 5).flatMap(({ parts: all }) => all.flatMap((part) => part.rises));
    expect(new Set(rises.map(({ seen }) => seen))).to.deep.equal(new Set([2, 4, 5]));
  });

  it('keeps the rise where PRE-ALARM stays high', () => {
    const reach = reachOf('preAlarm', after(START, from(20, { pole4Open: true }), from(40, { pole4Open: true, pole3Open: true })));
    expect(reach.nodes.at(-1)!.parts.map(({ rises }) => rises.map(({ seen }) => seen))).to.deep.equal([[2]]);
    expect(movesOf(reach)).to.deep.equal(['2 + 20..22']);
  });
});

const TRIP = choice(false, 'down', 'trip');

/** LOAD with a low cell may trip, and is bound to by `until_us`. */
const tripping = (from_us: number, until_us: number, differs = true): Coupling => ({
  concerns: (memo, _high, { inputs }) => memo === 'up' && inputs.pole1Open,
  owns: () => ({ moves: [{ choice: TRIP, rise: 7, from_us, to_us: until_us }], until_us }),
  differs: () => differs,
});

describe('what another signal lets it do', () => {
  const LOW = after(START, from(20, { pole1Open: true }));

  it('is a move of its own, and an end of the state', () => {
    const reach = reachOf('load', LOW, tripping(50e6, 55e6));
    expect(movesOf(reach)).to.deep.equal(['1 + 5..7', '2 - 50..55']);
    expect(reach.moves.at(-1)).to.include({ cite: 'trip', alone: true, rise: 7 });
    expect(nodesOf(reach).slice(2)).to.deep.equal(['2 up+ 20..55', '2 down- 50..Infinity']);
  });

  it('does not count before the state, nor after it', () => {
    expect(movesOf(reachOf('load', LOW, tripping(1e6, 55e6))).at(-1)).to.equal('2 - 20..55');
    expect(movesOf(reachOf('load', after(START, from(20, { pole1Open: true }), from(50)), tripping(51e6, 99e6)))).to.include('2 - 51..52');
    expect(nodesOf(reachOf('load', LOW, tripping(1e6, 19e6))), 'over before it began').to.have.length(2);
  });

  it('is asked for again where it says something else, and from there on only', () => {
    const reach = reachOf('load', LOW, tripping(50e6, 55e6));
    expect(reach.update(LOW, LOW.length, tripping(50e6, 55e6)), 'the same').to.equal(3);
    expect(reach.update(LOW, LOW.length, tripping(40e6, 45e6, false)), 'the same, as it says').to.equal(3);
    expect(reach.update(LOW, LOW.length, tripping(40e6, 45e6))).to.equal(2);
    expect(nodesOf(reach)).to.deep.equal(nodesOf(reachOf('load', LOW, tripping(40e6, 45e6))));
  });
});

const told = (reach: Reach) => [nodesOf(reach), movesOf(reach), reach.count];

const many = (count: number) => after(...Array.from({ length: count - 1 }, (_, at) => from(5 + 3 * at, at % 2 === 0 ? {} : NO_CHARGE)));

const drawn = fc.array(
  fc.record({ gap_s: fc.constantFrom(0.25, 0.75, 1.5, 3), pole4Open: fc.boolean(), remote: fc.constantFrom('on', 'off', 'either') }),
  { minLength: 2, maxLength: 10 },
);
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

/** States that each begin so long after the one before at least, and up to 5 s later than that. */
function chained(given: Drawn): readonly Segment[] {
  let at_us = 5e6;
  return after(
    ...given.map(({ gap_s, ...inputs }): Given => {
      const gap_us = gap_s * 1e6;
      at_us += gap_us;
      return { from_us: [at_us, at_us + 5e6], due_us: at_us + 7e6, gap_us, inputs };
    }),
  );
}

describe('what has been reached', () => {
  const WHOLE = after(
    START,
    from(20, { pole4Open: true }),
    from(20.5),
    from(40, { remote: 'either' }),
    from(42),
    from(60, { remote: 'off' }),
  );

  it('is kept up to the state before the first that is new, and comes to the same', () => {
    for (const signal of ['charger', 'preAlarm', 'ledRed'] as const) {
      const reach = new Reach(signal, numbers);
      for (let length = 1; length <= WHOLE.length; length++) {
        const segments = WHOLE.slice(0, length);
        expect(reach.update(segments, length - 1, UNCOUPLED)).to.equal(Math.max(0, length - 2));
        expect(told(reach), `${signal}, ${length} states`).to.deep.equal(told(reachOf(signal, segments)));
      }
      expect(reach.update(WHOLE, WHOLE.length, UNCOUPLED)).to.equal(WHOLE.length);
    }
  });

  it('comes to the same, however badly the begins of the states are known', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const segments = chained(given);
        const reach = new Reach('preAlarm', numbers);
        for (let length = 1; length <= segments.length; length++) {
          reach.update(segments.slice(0, length), length - 1, UNCOUPLED);
          expect(told(reach)).to.deep.equal(told(reachOf('preAlarm', segments.slice(0, length))));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is forgotten from where the states of the inputs are others', () => {
    const other = [...WHOLE.slice(0, 3), segment({ ...from(30, { remote: 'off' }), index: 3 })];
    const reach = reachOf('charger', WHOLE);
    expect(reach.update(other, 3, UNCOUPLED)).to.equal(2);
    expect(told(reach)).to.deep.equal(told(reachOf('charger', other)));
  });

  it('counts each state, and those that rises tell apart', () => {
    const reach = reachOf('preAlarm', WHOLE);
    expect(reach.count).to.equal(reach.layers.reduce((sum, { count }) => sum + count, 0));
    expect(reach.count).to.be.at.least(reach.nodes.length);
  });

  it('is complete up to the bound, and not beyond', () => {
    const [within, beyond] = [NODES_BOUND, NODES_BOUND + 1].map((count) => reachOf('charger', many(count)));
    expect([within!.complete, within!.count]).to.deep.equal([true, NODES_BOUND]);
    expect([beyond!.complete, beyond!.count]).to.deep.equal([false, NODES_BOUND]);
  });
});
