/** A planned case followed by a unit: which states it goes through, what it may show in each, and when it may or has to trip. */

import { expect } from 'chai';
import { play, type Held, type Played, type Taken } from './play.ts';
import { compiled } from './testing/compiled.ts';

const played = (...lines: readonly string[]): Played => play(compiled(...lines));

/** `LOAD PRE-ALARM blue CHARGER red`, each `+`, `-` or `?` for either. */
const levels = ({ pairs, charger, ledRed }: Held): string =>
  [pairs.map(({ load }) => load.high), pairs.map(({ preAlarm }) => preAlarm.high), pairs.map(({ ledBlue }) => ledBlue), charger, ledRed]
    .map((all) => (all.every((on) => on) ? '+' : all.some((on) => on) ? '?' : '-'))
    .join('');
const last = (...lines: readonly string[]): string => levels(played(...lines).held.at(-1)!);
const steady = (...lines: readonly string[]): readonly string[] =>
  played(...lines)
    .held.filter(({ segment: { kind } }) => kind === 'steady')
    .map(levels);

const trips = (taken: readonly Taken[]): readonly Taken[] =>
  taken.filter(({ alone, transitions }) => alone && transitions.some(({ signal, was, is }) => signal === 'load' && was && !is));
/** Whether a case has LOAD trip: `no`, it `may`, or it `has to`. */
const trip = (...lines: readonly string[]): string => {
  const found = trips(played(...lines).taken);
  return found.length === 0 ? 'no' : found.some(({ surely }) => surely) ? 'has to' : 'may';
};
/** How often PRE-ALARM may have risen before the trip. */
const counts = (...lines: readonly string[]): readonly number[] =>
  [...new Set(trips(played(...lines).taken).map(({ rise }) => rise!.count))].toSorted((a, b) => a - b);

const end = 'until: { wait: 4 s }';
/** A low cell with its warning from 3.3 s on: PRE-ALARM rises up to 2.005 s later, as the switch takes 5 ms at most. */
const low = (to_s: number) => ['steps:', '  - { at: 3.3 s, poles: { 1: open, 4: open } }', `  - { at: ${to_s} s, poles: closed }`, end];
const lateLow = (to_s: number) => [
  'given: { poles: { 4: open } }',
  'steps:',
  '  - { at: 60 s, poles: { 1: open } }',
  `  - { at: ${to_s} s, poles: closed }`,
  end,
];
const WARNED = ['given: { poles: { 4: open } }', 'steps:', '  - { at: 3.3 s, poles: { 1: open } }'];
/** The chain is broken for so long in a wait. */
const broken = (wait: string) => [
  ...WARNED,
  '  - { at: 8 s, poles: { 3: open } }',
  `  - { wait: ${wait}, poles: { 3: closed } }`,
  'until: 60 s',
];
const blocked = (wait: string) => ['steps:', '  - { at: 4 s, poles: { 3: open } }', `  - { wait: ${wait}, poles: closed }`, end];
const awaited = (timeout: string) => [
  'steps:',
  '  - { at: 3.3 s, poles: { 1: open, 4: open } }',
  `  - { after: load falls, timeout: ${timeout}, delay: 1 s, poles: closed }`,
  end,
];

describe('a case played by a unit that sees it', () => {
  it('begins before power, where nothing is shown', () => {
    const { held, taken } = played('given: { poles: { 1: open } }', 'until: 4 s');
    expect(levels(held[0]!)).to.equal('-----');
    expect(taken.every(({ from, to }) => from !== to || from.index > 0)).to.equal(true);
  });

  it('shows in each state what is asked of it then', () => {
    expect(last('until: 6 s')).to.equal('+-++-');
    expect(last('given: { poles: { 4: open } }', 'until: 6 s')).to.equal('++++-');
    expect(last('given: { poles: { 3: open } }', 'until: 6 s')).to.equal('+-+-+');
    expect(last('given: { poles: open }', 'until: 6 s'), 'a broken chain').to.equal('----+');
    expect(last('given: { remote: off, poles: { 4: open } }', 'until: 6 s')).to.equal('-----');
    expect(last('steps:', '  - { at: 5 s, supply: 4 V }', 'until: 9 s')).to.equal('-----');
    expect(last(...low(50)), 'after a trip and the recovery').to.equal('+-++-');
  });

  it('passes over what is there only between the switches of one write', () => {
    const { held } = played(...low(20));
    expect(held.filter(({ segment: { kind } }) => kind === 'between')).to.deep.equal([]);
    expect(held.filter(({ segment: { kind } }) => kind === 'steady')).to.have.length(3);
  });

  it('has each state last until the next one begins, and the last until the case ends', () => {
    const { held } = played(...low(20));
    for (const [index, { to_us }] of held.slice(0, -1).entries()) expect(to_us).to.deep.equal(held[index + 1]!.from_us);
    expect(held.at(-1)!.to_us).to.deep.equal([24e6, 24e6]);
  });

  it('may trip 30 s after PRE-ALARM may have risen, and has to 35 s after it has (R3, R4)', () => {
    expect([33.294, 33.295, 40.3].map((to_s) => trip(...low(to_s)))).to.deep.equal(['no', 'may', 'may']);
    expect([40.305, 45].map((to_s) => trip(...low(to_s)))).to.deep.equal(['has to', 'has to']);
    expect(trips(played(...low(45)).taken)[0]!.rise!.at_us).to.deep.equal([3.3e6, 5.305e6]);
  });

  it('has 2 s for the trip where the wait was over before the cell was low (R4)', () => {
    expect([61, 62, 62.005].map((to_s) => trip(...lateLow(to_s)))).to.deep.equal(['may', 'may', 'has to']);
  });

  it('shows both as long as it may still wait, and the trip alone once it has to have come', () => {
    expect(steady(...low(35))).to.deep.equal(['+-++-', '???+-', '+-++-']);
    expect(steady(...low(45)), 'before and after').to.deep.equal(['+-++-', '???+-', '+-++-']);
    expect(steady(...low(20))).to.deep.equal(['+-++-', '++++-', '+-++-']);
    const after = [...WARNED, '  - { at: 50 s, poles: { 4: closed } }', end];
    expect(last(...after)).to.equal('---+-');
  });

  it('trips for a low cell alone, never for a warning or a charge alarm (R6, R7)', () => {
    for (const poles of ['{ 4: open }', '{ 3: open }', '{ 3: open, 4: open }'])
      expect(trip('steps:', `  - { at: 4 s, poles: ${poles} }`, 'until: 80 s'), poles).to.equal('no');
    expect(trip('steps:', '  - { at: 4 s, poles: { 1: open } }', 'until: 80 s')).to.equal('has to');
  });

  it('lets either output go first (R9)', () => {
    const cites = trips(played(...low(45)).taken).flatMap(({ transitions }) =>
      transitions.filter(({ signal }) => signal === 'load').map(({ cite }) => cite),
    );
    expect(cites).to.have.members(['trip', 'tripWithPre']);
  });

  it('has to trip where the case waits for the fall for long enough, and not where it ends before', () => {
    expect([awaited('36.9 s'), awaited('37.1 s')].map((lines) => trip(...lines))).to.deep.equal(['may', 'has to']);
  });

  it('goes on, after an edge that was waited for, as a unit that has shown it', () => {
    expect(steady(...awaited('31 s'))).to.deep.equal(['+-++-', '???+-', '+-++-']);
    const still = [
      'steps:',
      '  - { at: 3.3 s, poles: { 1: open, 4: open } }',
      '  - { after: load falls, timeout: 31 s, poles: { 3: open, 4: closed } }',
      end,
    ];
    expect(last(...still)).to.equal('----+');
    // R12 leaves both open; only one of them has PRE-ALARM rise.
    const entered = ['given: { poles: { 1: open } }', 'steps:', '  - { after: preAlarm rises, timeout: 3.2 s, poles: { 3: open } }', end];
    expect(last(...entered)).to.equal('+++-+');
    // Where no unit has shown it nothing is known.
    const never = ['  - { at: 5 s, poles: { 4: open } }', '  - { after: charger falls, timeout: 3 s, poles: { 3: open } }'];
    expect(last('steps:', ...never, end)).to.equal('+++-+');
  });

  it('does not have to trip because an earlier fall was waited for', () => {
    const again = ['  - { wait: 4 s, poles: { 1: open, 4: open } }', '  - { wait: 34 s, poles: closed }', end];
    expect(
      played(...awaited('100 s').slice(0, -1), ...again)
        .taken.filter(({ surely }) => surely)
        .map(({ rise }) => rise!.count),
    ).to.deep.equal([1, 1]);
  });

  it('may miss what lasts less than 2 s, and sees all else (R16)', () => {
    expect([1.9, 1.999, 2].map((s) => levels(played(...blocked(`${s} s`)).held.at(-2)!))).to.deep.equal(['+-+??', '+-+??', '+-+-+']);
    // A wait that was broken for too short a time may have run on, and may have begun anew (R5).
    expect(counts(...broken('1.99 s'))).to.deep.equal([1, 2]);
    expect(counts(...broken('2 s'))).to.deep.equal([2]);
    const warning = ['steps:', '  - { at: 4 s, poles: { 4: open } }', '  - { wait: 1.9 s, poles: closed }'];
    expect(counts(...warning, '  - { wait: 4 s, poles: { 1: open } }', 'until: 60 s')).to.deep.equal([1, 2]);
  });

  it('keeps its state over a short dip of the supply, or starts afresh (R14)', () => {
    expect(counts(...WARNED, '  - { at: 8 s, supply: { dip to: 5 V, for: 0.5 s } }', 'until: 60 s')).to.deep.equal([1, 2]);
  });

  it('counts the rises of PRE-ALARM anew after the supply was lost', () => {
    const twice = ['  - { at: 8 s, poles: closed }', '  - { at: 12 s, poles: { 1: open, 4: open } }', 'until: 60 s'];
    expect(counts(...WARNED, ...twice)).to.deep.equal([2]);
    const lost = ['  - { at: 8 s, supply: 4 V }', '  - { at: 12 s, supply: 12.8 V }', 'until: 60 s'];
    expect(counts(...WARNED, ...lost)).to.deep.equal([1]);
  });

  it('need not trip where the remote may be off (R13)', () => {
    const unclear = [...WARNED, '  - { at: 10 s, remote: { H: 2.5 V } }', 'until: 70 s'];
    expect(trip(...unclear)).to.equal('may');
  });

  it('is the same however it is looked at', () => {
    const lines = low(45);
    const scenes = [...played(...lines).scenes];
    const whole = played(...lines);
    expect(whole.held).to.deep.equal(scenes.map(({ held }) => held));
    expect([...whole.scenes]).to.deep.equal(scenes);
    expect(whole.taken).to.have.deep.members(scenes.flatMap(({ taken }) => taken));
  });
});
