/** Which requirement a level carries: what stays although something changes, what lasts for long enough, and what the supply does without effect. */

import { expect } from 'chai';
import { REQUIREMENT_IDS } from '../../scenarios/requirements.ts';
import { BY_LASTING, BY_STAYING, carriedByLevel } from './by-level.ts';
import { play } from './play.ts';
import { stretchesOf } from './stretches.ts';
import { compiled } from './testing/compiled.ts';

const EVERY: ReadonlySet<string> = new Set(REQUIREMENT_IDS);
const carriedBy = (lines: readonly string[], wanted = EVERY) => {
  const testCase = compiled(...lines);
  const played = play(testCase);
  return carriedByLevel(testCase, played, stretchesOf(testCase, played), wanted);
};
const carried = (lines: readonly string[]): ReadonlySet<string> => new Set(carriedBy(lines).map(({ requirement }) => requirement));

/** Steps by their instants, the case going on for 4 s or so much longer. */
const steps = (at: Readonly<Record<string, string>>, wait = 4, given = 'remote: link') => [
  `given: { ${given} }`,
  'steps:',
  ...Object.entries(at).map(([s, what]) => `  - { at: ${s} s, ${what} }`),
  `until: { wait: ${wait} s }`,
];
const quiet = (s: number, given = 'remote: link') => [`given: { ${given} }`, `until: ${s} s`];
const open = (...poles: readonly number[]) => `poles: { ${poles.map((pole) => `${pole}: open`).join(', ')} }`;
const CLOSED = 'poles: closed';
const on = (remote: string, s = 6) => quiet(s, `remote: { ${remote} }`);
const supplied = (volts: number) => quiet(6, `supply: ${volts} V`);
const dip = (volts: number, at = 5) => steps({ [at]: `supply: { dip to: ${volts} V, for: 10 ms }` });

/** A dip while the unit is off, and a supply once it is on. */
const notServed = (supply: string) =>
  steps({ 4: 'supply: { dip to: 9 V, for: 10 ms }', 6: 'remote: link', 10: `supply: ${supply}` }, 4, 'remote: off');

/** Requirement, what shows it, and the nearest that does not. */
const ROWS: readonly (readonly [requirement: string, shows: readonly string[], doesNot: readonly string[], why: string])[] = [
  ['LOAD-UV', steps({ 5: open(4), 8: open(1) }), steps({ 5: open(4), 8: open(3) }), 'no cell is low'],
  [
    'PRE-OFF-ON-TRIP',
    steps({ 4: open(1, 4), 50: 'poles: { 4: closed }' }),
    steps({ 4: open(1, 4), 20: 'poles: { 4: closed }' }),
    'the unit has not tripped',
  ],
  ['CHG-INDEPENDENT', steps({ 5: open(1) }), steps({ 5: open(1) }, 4, open(3)), 'CHARGER is off'],
  ['CHG-INDEPENDENT', steps({ 5: open(3) }), steps({ 5: open(3) }, 4, 'remote: off'), 'the remote is off'],
  [
    'PRE-WHOLE-WAIT',
    steps({ 5: open(4), 8: CLOSED, 11: open(4), 14: open(1) }),
    steps({ 5: open(4), 8: open(1) }),
    'PRE-ALARM has risen once',
  ],
  [
    'CHAIN-BREAK',
    steps({ 6: 'remote: link' }, 4, 'remote: off, poles: open'),
    steps({ 6: 'remote: link' }, 4, `remote: off, ${open(1, 3)}`),
    'one pole is closed',
  ],
  ['REMOTE-FITTED', quiet(6, 'remote: off'), steps({ 6: 'remote: off' }), 'it was on at first'],
  ['REMOTE-LINK', quiet(6), quiet(1.9), 'it is over within a reaction'],
  ['REMOTE-LINK', quiet(6), on('link: closed, L: 3 V'), 'L does as well'],
  ['REMOTE-L', on('L: 3.4 V'), on('L: 3.4 V, H: 3.1 V'), 'H does as well'],
  ['REMOTE-L', on('L: 3.499 V'), on('L: 3.5 V'), 'L is not below 3.5 V'],
  ['REMOTE-H', on('H: 2.901 V'), on('H: 2.9 V'), 'H is not above 2.9 V'],
  ['REMOTE-H', quiet(6, 'remote: H to battery'), on('H: 2.5 V'), 'either is allowed'],
  ['CHG-AT-LOW-CELL', steps({ 4: open(1) }, 45), steps({ 4: open(1), 10: open(3) }, 45), 'CHARGER is off'],
  ['CHG-AT-LOW-CELL', steps({ 4: open(1) }, 45), steps({ 4: open(1) }, 20), 'LOAD has not tripped'],
  ['SUPPLY-RANGE', supplied(8), supplied(12.8), 'it is what every case has'],
  ['SUPPLY-RANGE', supplied(8.5), supplied(8.6), 'it is not near the lower end'],
  ['SUPPLY-RANGE', supplied(20), supplied(19.9), 'a 12 V system may have it'],
  ['SUPPLY-RANGE', supplied(51.2), quiet(6, 'supply: 51.2 V, remote: off'), 'the unit is off'],
  ['SUPPLY-LOW', steps({ 5: 'supply: 6.4 V' }), steps({ 5: 'supply: 6.5 V' }), 'anything is allowed'],
  ['SUPPLY-LOW', steps({ 5: 'supply: 3 V' }), steps({ 5: 'supply: 2.9 V' }), 'nothing is judged'],
  ['SUPPLY-LOW', steps({ 5: 'supply: 4 V' }, 1.1), steps({ 5: 'supply: 4 V' }, 0.9), 'it has been away for less than a second'],
  ['NO-GLITCH', quiet(5.1), quiet(4.9), 'it is watched for less than 5 s'],
  ['NO-GLITCH', steps({ 4: open(3), 7: open(4) }), quiet(12, 'remote: off'), 'the unit is off'],
  ['LED-STEADY', steps({ 4: open(1, 4) }, 3), quiet(12, 'remote: off'), 'the blue LED is dark'],
  ['PRE-STEADY', steps({ 5: open(4) }, 6), steps({ 5: open(4) }, 4), 'it is high for less than 5 s'],
  ['PRE-STEADY', steps({ 5: open(4), 8: open(3, 4) }, 3), steps({ 5: open(4), 8: CLOSED, 11: open(4) }, 3), 'it has been off in between'],
  ['SUPPLY-DIP', dip(8), dip(7.999), 'it leaves the range'],
  ['SUPPLY-DIP', steps({ 6: 'supply: 20 V' }), steps({ 6: 'supply: 12.8 V' }), 'it does not move'],
  ['SUPPLY-DIP', dip(9), steps({ 6: 'supply: 9 V' }, 4, 'remote: off'), 'the unit is off'],
  ['CHG-INDEPENDENT', steps({ 5: open(1) }), steps({ 5: 'remote: { H: 2.5 V }', 8: open(1) }), 'the remote may be off'],
  ['CHG-INDEPENDENT', steps({ 5: open(3) }), steps({ 5: 'remote: { H: 2.5 V }', 8: open(3) }), 'the remote may be off'],
  ['CHG-INDEPENDENT', steps({ 5: open(4) }), steps({ 5: 'remote: { H: 2.5 V }', 8: 'remote: link' }), 'the remote alone has changed'],
  ['CHG-INDEPENDENT', steps({ 5: open(4) }), steps({ 5: 'supply: 7 V', 8: open(4) }), 'without a full supply anything is allowed'],
  ['LOAD-UV', steps({ 5: open(4), 8: open(1) }), steps({ 5: open(4), 8: 'remote: { H: 2.5 V }', 11: open(1) }), 'the remote may be off'],
  [
    'PRE-OFF-ON-TRIP',
    steps({ 4: open(1, 4), 50: 'poles: { 4: closed }' }),
    steps({ 4: open(1, 4), 50: 'supply: { dip to: 5 V, for: 0.5 s }' }),
    'the trip may be forgotten',
  ],
  ['REMOTE-FITTED', quiet(6, 'remote: off'), steps({ 6: 'remote: off', 9: open(3) }), 'it was on at first'],
  ['REMOTE-L', quiet(6, 'remote: L to minus'), quiet(6, 'remote: off'), 'it is open'],
  ['NO-GLITCH', quiet(6), quiet(6, open(1)), 'LOAD may be off (R12)'],
  ['LED-STEADY', quiet(6), steps({ 4: 'supply: 7 V' }, 6), 'it may do anything'],
  [
    'SUPPLY-DIP',
    steps({ 6: 'supply: { ramp to: 20 V, over: 1 s }' }),
    steps({ 5: 'remote: off', 9: 'supply: 20 V' }),
    'the unit is off by then',
  ],
  ['SUPPLY-DIP', notServed('9 V'), notServed('12.8 V'), 'only the dip before it was on has moved it'],
];

const stays = (id: string, ...lines: readonly string[]) => [
  ...new Set(carriedBy(lines).flatMap(({ requirement, what }) => (requirement === id ? [what] : []))),
];
const warnedFor = (wait: string) => [
  'steps:',
  '  - { at: 5 s, poles: { 4: open } }',
  `  - { after: preAlarm rises, timeout: 3 s, delay: ${wait}, poles: { 4: closed } }`,
  'until: { wait: 4 s }',
];

describe('a requirement is carried by a level', () => {
  for (const [requirement, shows, doesNot, why] of ROWS)
    it(`${requirement}, but not where ${why}`, () => {
      expect(carried(shows)).to.include(requirement);
      expect(carried(doesNot)).to.not.include(requirement);
    });

  it('of the signal that stays, which what changed has no say in', () => {
    expect(stays('CHG-INDEPENDENT', ...steps({ 5: open(3) }))).to.deep.equal(['load stays high: serviceHealthy']);
    expect(stays('CHG-INDEPENDENT', ...steps({ 5: open(1) }))).to.deep.equal(['charger stays high: serviceCharge']);
    expect(stays('CHG-INDEPENDENT', ...steps({ 5: open(1, 3) })), 'both at once').to.deep.equal([]);
    expect(stays('CHG-INDEPENDENT', ...steps({ 5: 'remote: off' })), 'no pole').to.deep.equal([]);
    expect(stays('LOAD-UV', ...steps({ 4: open(1, 4), 50: 'poles: { 4: closed }' }))).to.include('load stays off: tripped');
    expect(stays('REMOTE-FITTED', ...quiet(6, 'remote: off'))).to.deep.equal(['load stays off: remoteOff']);
  });

  it('that lasts for 5 s in one, or in several states that follow each other, from where it began', () => {
    const low = carriedBy(steps({ 5: open(4), 8: open(3, 4), 12: 'poles: { 3: closed }' })).filter(
      ({ requirement }) => requirement === 'PRE-STEADY',
    );
    expect(low.map(({ at_us }) => at_us[0])).to.deep.equal([5e6]);
  });

  it('for sure: where the time between two edges is not known, it is the least', () => {
    expect(carried(warnedFor('4.9 s'))).to.not.include('PRE-STEADY');
    expect(carried(warnedFor('5.1 s'))).to.include('PRE-STEADY');
  });

  it('only where it is wanted, and by what is known to carry it', () => {
    for (const [requirement, shows] of ROWS) {
      expect(new Set(carriedBy(shows, new Set([requirement])).map((one) => one.requirement))).to.deep.equal(new Set([requirement]));
      for (const id of carried(shows)) expect(BY_STAYING.has(id) || BY_LASTING.has(id) || id === 'SUPPLY-DIP', id).to.equal(true);
    }
  });
});
