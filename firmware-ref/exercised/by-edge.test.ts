/** Which requirement an edge carries: where it shows it, and where something else about the situation takes that away. */

import { expect } from 'chai';
import { REQUIREMENT_IDS } from '../../scenarios/requirements.ts';
import { BY_EDGE, carriedByEdge, EdgeWatch } from './by-edge.ts';
import { play } from './play.ts';
import { compiled } from './testing/compiled.ts';

const EVERY: ReadonlySet<string> = new Set(REQUIREMENT_IDS);
const carriedBy = (...lines: readonly string[]) => carriedByEdge(play(compiled(...lines)), EVERY);
const carried = (...lines: readonly string[]): ReadonlySet<string> => new Set(carriedBy(...lines).map(({ requirement }) => requirement));
const edgesOf = (requirement: string, ...lines: readonly string[]): readonly string[] => [
  ...new Set(carriedBy(...lines).flatMap((one) => (one.requirement === requirement ? [one.what] : []))),
];

/** Steps by their instants, the case going on for 4 s or so much longer. */
const steps = (at: Readonly<Record<string, string>>, wait = 4, given = 'remote: link') => [
  `given: { ${given} }`,
  'steps:',
  ...Object.entries(at).map(([s, what]) => `  - { at: ${s} s, ${what} }`),
  `until: { wait: ${wait} s }`,
];
const open = (...poles: readonly number[]) => `poles: { ${poles.map((pole) => `${pole}: open`).join(', ')} }`;
const CLOSED = 'poles: closed';
const onOff = (times: number) =>
  Object.fromEntries(Array.from({ length: 2 * times }, (_, index) => [5 + 3 * index, index % 2 === 0 ? open(3) : CLOSED]));

const byHand = (...ends: readonly string[]) => [
  'steps:',
  ...ends.flatMap((end) =>
    ['apart', 'together'].map((to) => `  - { wait: 4 s, ask: { text: Do it., does: ${end} end ${to}, within: 20 s } }`),
  ),
  'until: { wait: 4 s }',
];

/** Requirement, what shows it, and the nearest that does not. */
const ROWS: readonly (readonly [requirement: string, shows: readonly string[], doesNot: readonly string[], why: string])[] = [
  ['LOAD-UV', steps({ 4: open(1, 4) }, 45), steps({ 4: open(1, 4), 30: CLOSED }), 'LOAD stays'],
  ['PRE-30S', steps({ 4: open(1, 4) }, 45), steps({ 4: open(1, 4), 30: CLOSED }), 'LOAD stays'],
  ['PRE-LATEST', steps({ 4: open(1, 4) }, 45), steps({ 4: open(1, 4) }, 34), 'LOAD may still be high when the case ends'],
  ['PRE-OWN-30S', steps({ 4: open(4), 5.9: open(1) }, 45), steps({ 4: open(4), 6.1: open(1) }, 45), 'the bank has kept 2 s of the wait'],
  [
    'PRE-WHOLE-WAIT',
    steps({ 4: open(4), 7: CLOSED, 10: open(1, 4) }, 45),
    steps({ 4: open(4), 10: open(1, 4) }, 45),
    'PRE-ALARM has risen once',
  ],
  ['PRE-NO-WARNING', steps({ 4: open(1) }, 45), steps({ 4: open(4), 7: open(1) }, 45), 'a warning came before'],
  ['PRE-RECOVERY', steps({ 4: open(4), 7: CLOSED }), steps({ 4: open(1, 4), 50: 'poles: { 4: closed }' }), 'LOAD is off already'],
  ['PRE-OUT-OF-SERVICE', steps({ 4: open(4), 7: 'remote: off' }), steps({ 4: open(3), 7: 'remote: off' }), 'PRE-ALARM was off'],
  ['PRE-OUT-OF-SERVICE', steps({ 4: open(4), 7: open(1, 3) }), steps({ 4: open(4), 7: 'supply: 4 V' }), 'it has no supply'],
  [
    'LOAD-HEALTHY',
    steps({ 4: 'remote: link' }, 4, 'remote: off'),
    steps({ 4: 'remote: link' }, 4, `remote: off, ${open(1)}`),
    'a cell is low',
  ],
  ['CHAIN-LOOP', steps({ 4: open(3) }), steps({ 4: open(3) }, 4, open(3)), 'pole 3 is open when LOAD rises'],
  ['CHAIN-LOOP', steps({ 4: open(3) }), steps({ 4: open(4) }, 4, open(4)), 'pole 4 is open when LOAD rises'],
  ['CHAIN-EITHER-END', byHand('male', 'female'), byHand('male', 'male'), 'it is one end each time'],
  ['CHG-TEMP', steps({ 4: open(3) }), steps({ 4: open(1, 3, 4) }), 'the chain is broken'],
  ['CHG-OV', steps({ 4: CLOSED }, 4, open(3)), steps({ 4: open(1, 3, 4) }), 'the chain is broken'],
  ['BOTH-ALARMS', steps({ 5: open(1), 8: open(3) }), steps({ 5: open(1, 3) }), 'neither came beside the other'],
  ['BOTH-ALARMS', steps({ 5: open(3), 8: open(1) }), steps({ 5: open(1, 4), 8: open(3) }), 'the chain is broken'],
  ['REACTION', steps({ 5: open(3) }), steps({ 5: 'supply: 4 V' }), 'the supply went'],
  ['NO-LATCH', steps(onOff(3)), steps(onOff(2)), 'CHARGER has come back twice, and risen once before'],
  ['FLOATING', steps({ 5: open(3) }), steps({ 5: 'supply: 4 V' }), 'without a supply nothing is probed'],
  ['LEAKAGE', steps({ 5: open(3) }), steps({ 5: 'supply: 4 V' }), 'without a supply nothing is probed'],
  ['LED-DARK', steps({ 5: 'remote: off' }), steps({ 5: open(1) }, 45), 'the blue LED follows LOAD'],
  ['LED-DARK', steps({ 5: 'supply: 4 V' }), steps({ 5: 'supply: 7 V' }), 'between 6.5 V and 8 V it may do anything'],
  [
    'SUPPLY-SWITCH',
    steps({ 5: 'supply: 4 V', 8: 'supply: 12.8 V' }),
    steps({ 5: 'supply: 7 V', 8: 'supply: 12.8 V' }),
    'its state may be kept',
  ],
  ['SUPPLY-LOW', steps({ 5: 'supply: 4 V' }), steps({ 5: 'supply: { dip to: 4 V, for: 0.9 s }' }), 'it is gone for less than a second'],
  ['REMOTE-OFF', steps({ 5: 'remote: off' }), steps({ 5: 'remote: { H: 2.5 V }' }), 'either is allowed'],
  ['POWER-UP', steps({ 5: open(4) }), steps({ 5: open(4) }, 4, 'remote: off'), 'the LEDs alone move, which are free'],
];

describe('a requirement is carried by an edge', () => {
  for (const [requirement, shows, doesNot, why] of ROWS)
    it(`${requirement}, but not where ${why}`, () => {
      expect(carried(...shows)).to.include(requirement);
      expect(carried(...doesNot)).to.not.include(requirement);
    });

  it('that is one of its output, not of another', () => {
    const low = steps({ 4: open(1, 4) }, 45);
    expect(edgesOf('PRE-LATEST', ...low)).to.have.members(['load falls: trip', 'load falls: tripWithPre']);
    expect(edgesOf('REACTION', ...low)).to.deep.equal(['preAlarm rises: warning']);
    expect(edgesOf('BOTH-ALARMS', ...steps({ 5: open(1), 8: open(3) }))).to.deep.equal(['charger falls: noCharge']);
    expect(edgesOf('FLOATING', ...low)).to.not.include('ledBlue goes dark: blue');
    expect(edgesOf('LED-DARK', ...steps({ 5: 'remote: off' }))).to.deep.equal(['ledBlue goes dark: ledsDark']);
    expect(edgesOf('CHG-SHORT', 'steps:', '  - { at: 5 s, short: charger, for: 50 ms }', 'until: 8 s')).to.deep.equal([
      'charger rises: serviceCharge',
    ]);
  });

  it('that is asked for: where anything may happen none carries anything', () => {
    expect(edgesOf('REMOTE-L', ...steps({ 5: 'remote: { H: 2.5 V }' }))).to.deep.equal([]);
    expect(edgesOf('SUPPLY-RANGE', ...steps({ 5: 'supply: 7 V' }))).to.deep.equal([]);
    expect(edgesOf('CHG-OV', 'steps:', '  - { at: 5 s, short: charger, for: 50 ms }', 'until: 8 s')).to.not.include(
      'charger falls: chargerShorted',
    );
  });

  it('that comes for the third time since the supply came', () => {
    const lost = { ...onOff(2), 20: 'supply: 4 V', 23: 'supply: 12.8 V', 28: open(3), 31: CLOSED };
    expect(carried(...steps(lost))).to.not.include('NO-LATCH');
    expect(edgesOf('NO-LATCH', ...steps(onOff(3)))).to.deep.equal(['charger rises: charge']);
  });

  it('at the time at which it may come: a reaction within 2 s, a trip within the wait', () => {
    const low = carriedBy(...steps({ 4: open(1, 4) }, 45));
    const at = (id: string) => low.find(({ requirement }) => requirement === id)!.at_us;
    expect(at('REACTION')).to.deep.equal([4e6, 6.005e6]);
    expect(at('PRE-30S')).to.deep.equal([34e6, 41.005e6]);
    // The wait is over when the cell gets low.
    const late = carriedBy(...steps({ 4: open(4), 60: open(1) }, 10));
    expect(late.find(({ requirement }) => requirement === 'PRE-30S')!.at_us).to.deep.equal([60e6, 62.005e6]);
  });

  it('only where it is wanted', () => {
    const played = play(compiled(...steps({ 4: open(1, 4) }, 45)));
    expect(new Set(carriedByEdge(played, new Set(['PRE-30S', 'FLOATING'])).map(({ requirement }) => requirement))).to.deep.equal(
      new Set(['PRE-30S', 'FLOATING']),
    );
    const often = play(compiled(...steps(onOff(3))));
    const wanted = new Set(['POWER-UP', 'REACTION']);
    const watch = new EdgeWatch(often.numbers, wanted);
    const found = [...often.scenes].flatMap((scene) => {
      const now = watch.carried(scene).map(({ requirement }) => requirement);
      for (const id of now) wanted.delete(id);
      return [...new Set(now)];
    });
    expect(found).to.deep.equal(['POWER-UP', 'REACTION']);
  });

  it('that is known to be carried by one', () => {
    for (const [requirement, shows] of ROWS)
      for (const id of carried(...shows)) expect(BY_EDGE.has(id), `${requirement}: ${id}`).to.equal(true);
  });
});
