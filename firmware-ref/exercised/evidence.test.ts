import { expect } from 'chai';
import { REQUIREMENT_IDS } from '../../scenarios/requirements.ts';
import { boundsNear } from './bounds.ts';
import { predict } from '../predict.ts';
import { exercised, shownOf } from './evidence.ts';
import { compiled } from './testing/compiled.ts';

const shown = (...lines: string[]): readonly string[] => [
  ...new Set(exercised(compiled(...lines)).evidence.map(({ requirement }) => requirement)),
];
const bounds = (...lines: string[]): readonly string[] => {
  const testCase = compiled(...lines);
  return [...boundsNear(testCase, exercised(testCase).played)];
};

const TRIP = ['steps:', '  - { at: 3.3 s, poles: { 1: open, 4: open } }', '  - { name: tripped, after: load falls, timeout: 38 s }'];
const WARNED = [
  'given: { poles: { 4: open } }',
  'steps:',
  '  - { name: up, after: preAlarm rises, timeout: 3.2 s, delay: 0.1 s, poles: { 1: open } }',
];

const onH = (wait: string) =>
  shown('given: { remote: off }', 'steps:', '  - { at: 4 s, remote: H to battery }', `until: { wait: ${wait} }`);
const supplied = (voltage: string) => bounds('steps:', `  - { at: 4 s, supply: ${voltage} }`, '  - { at: 5 s, supply: 12.8 V }');
const drivenH = (voltage: string) => bounds('given: { remote: off }', 'steps:', `  - { at: 4 s, remote: { H: ${voltage} } }`);

/** A chain that breaks for so long during a wait. */
const bounce = (apart: string, timeout: string) => [
  'given: { poles: { 4: open } }',
  'steps:',
  '  - { at: 3.3 s, poles: { 1: open } }',
  '  - { at: 8 s, poles: { 3: open } }',
  `  - { wait: ${apart}, poles: { 3: closed } }`,
  `  - { name: tripped, after: load falls, timeout: ${timeout} }`,
];

/** One end of the chain pulled and pushed in again. */
const byHand = (end: string) => [
  `  - { wait: 4 s, ask: { text: Pull it., does: ${end} end apart, within: 20 s } }`,
  `  - { wait: 4 s, ask: { text: Push it., does: ${end} end together, within: 20 s } }`,
];

describe('what a case shows', () => {
  it('of a unit that is only switched on: that it starts, and no more of the bank', () => {
    const ids = shown('until: 4 s');
    expect(ids).to.include.members(['POWER-UP', 'LOAD-HEALTHY', 'CHAIN-LOOP', 'LED-BLUE']);
    expect(ids).to.not.include.members(['LOAD-UV']).and.not.include('NO-GLITCH').and.not.include('PRE-UV').and.not.include('REACTION');
    expect(shown('until: 12 s')).to.include.members(['NO-GLITCH', 'LED-STEADY']).and.not.include('PRE-STEADY');
  });

  it('of a trip: the wait from both sides, and that charging goes on', () => {
    expect(shown(...TRIP, 'until: { wait: 1 s }')).to.include.members([
      'LOAD-UV',
      'PRE-30S',
      'PRE-LATEST',
      'PRE-OWN-30S',
      'PRE-OFF-ON-TRIP',
      'PRE-STEADY',
      'CHG-AT-LOW-CELL',
      'FLOATING',
      'LEAKAGE',
    ]);
  });

  it('of a wait through a state too short to be sure of, which a unit may see or miss', () => {
    expect(shown(...bounce('9 ms', '28 s'))).to.include('PRE-30S');
    // A broken chain that lasts is seen, and ends the wait.
    expect(shown(...bounce('2.5 s', '20 s'))).to.not.include('PRE-30S');
  });

  it('not of a wait that is cut short before it is over', () => {
    const ids = shown('steps:', '  - { at: 4 s, poles: { 1: open, 4: open } }', '  - { at: 30 s, poles: closed }');
    expect(ids).to.include.members(['PRE-RECOVERY', 'LOAD-UV']);
    expect(ids).to.not.include('PRE-30S').and.not.include('PRE-LATEST').and.not.include('LOAD-RECOVERY');
  });

  it('not at the latest where nobody waits for long enough', () => {
    const short = ['steps:', '  - { at: 3.3 s, poles: { 1: open, 4: open } }', '  - { at: 36 s, poles: closed }'];
    expect(shown(...short))
      .to.include('PRE-30S')
      .and.not.include('PRE-LATEST');
  });

  it('of a remote way only where it is the only one, and for long enough', () => {
    expect(onH('2.5 s')).to.include.members(['REMOTE-H', 'REMOTE-FITTED']).and.not.include('REMOTE-LINK').and.not.include('REMOTE-L');
    expect(onH('1.5 s')).to.not.include('REMOTE-H');
  });

  it('of a memory only where something happens for the third time', () => {
    const twice = [3.5, 6, 8.5, 11].map((at, index) => `  - { at: ${at} s, remote: ${index % 2 === 0 ? 'off' : 'link'} }`);
    const thrice = [...twice, '  - { at: 13.5 s, remote: off }', '  - { at: 16 s, remote: link }'];
    expect(shown('steps:', ...twice)).to.not.include('NO-LATCH');
    expect(shown('steps:', ...thrice, '  - { at: 18.5 s, remote: off }', '  - { at: 21 s, remote: link }')).to.include('NO-LATCH');
  });

  it('of the supply: its range, dips within it, and its return', () => {
    expect(shown('given: { supply: 51.2 V }', 'until: 6 s')).to.include('SUPPLY-RANGE');
    expect(shown('until: 6 s')).to.not.include('SUPPLY-RANGE').and.not.include('SUPPLY-DIP');
    expect(shown('steps:', '  - { at: 5 s, supply: { dip to: 8.5 V, for: 10 ms } }')).to.include('SUPPLY-DIP');
    const cycle = shown('steps:', '  - { at: 4 s, supply: 4 V }', '  - { at: 6 s, supply: 12.8 V }', 'until: { wait: 3.3 s }');
    expect(cycle).to.include.members(['SUPPLY-LOW', 'SUPPLY-SWITCH', 'LED-DARK']);
  });

  it('of measurements: by the state they are taken in, and by the sink', () => {
    const measured = (line: string) => shown('until: 5 s', 'measure:', `  - { at: 4 s, ${line} }`);
    expect(measured('what: supplyCurrent, low: 1.1 mA, high: 3.3 mA')).to.include('CURRENT-ON').and.not.include('CURRENT-OFF');
    expect(measured('what: loadDrop, high: 0.15 V')).to.include('LOAD-DROP').and.not.include('LOAD-RATED');
    expect(measured('what: loadDrop, sink: 1 A, high: 0.30 V')).to.include.members(['LOAD-DROP', 'LOAD-RATED']);
    expect(measured('what: chargerDrop, sink: 1 mA, high: 0.7 V')).to.include('CHG-DROP').and.not.include('CHG-RATED');
    const off = shown(
      'given: { remote: off }',
      'until: 5 s',
      'measure:',
      '  - { at: 4 s, what: supplyCurrent, low: 0.6 mA, high: 1.8 mA }',
    );
    expect(off).to.include('CURRENT-OFF').and.not.include('CURRENT-ON');
  });

  it('with the transition, the instant and the supply', () => {
    const found = exercised(compiled('given: { supply: 25.6 V }', ...TRIP)).evidence.filter(({ requirement }) => requirement === 'PRE-30S');
    expect(found.map(({ what }) => what)).to.deep.equal(['load falls: trip', 'load falls: tripWithPre']);
    expect(found[0]).to.include({ by: 'edge', supply_mV: 25_600 });
    expect(found[0]!.at_us[0]).to.equal(33_300_000);
  });

  it('is found by `shownOf` for whatever it is asked of, and for nothing else', () => {
    for (const lines of [TRIP, WARNED, ['steps:', '  - { at: 4 s, supply: 5 V }', '  - { at: 7 s, supply: 12.8 V }']]) {
      const testCase = compiled(...lines);
      const prediction = predict(testCase);
      const known = new Set<string>(exercised(testCase, prediction).evidence.map(({ requirement }) => requirement));
      expect(known.size).to.be.above(5);
      expect(new Set(shownOf(testCase, prediction, REQUIREMENT_IDS))).to.deep.equal(known);
      for (const id of REQUIREMENT_IDS) expect(shownOf(testCase, prediction, [id]).has(id), id).to.equal(known.has(id));
    }
  });
});

describe('limits that a case comes near to', () => {
  it('of the wait: just inside, between, and beyond', () => {
    const recovers = (wait: string) => bounds(...WARNED, `  - { wait: ${wait}, poles: closed }`);
    expect(recovers('29.5 s')).to.include('waitLeast_us just below').and.not.include('waitLeast_us just above');
    expect(recovers('31 s')).to.include.members(['waitLeast_us just above']).and.not.include('waitLeast_us just below');
    expect(recovers('10 s')).to.not.include('waitLeast_us just below');
    expect(bounds(...TRIP)).to.include('waitMost_us just above');
  });

  it('of voltages: by what is held beside them', () => {
    expect(supplied('7.8 V')).to.include('supplyFull_mV just below');
    expect(supplied('8.1 V')).to.include('supplyFull_mV just above').and.not.include('supplyFull_mV just below');
    expect(supplied('6.4 V')).to.include('supplyLost_mV just below');
    expect(drivenH('2.8 V')).to.include('remoteHOn_mV just below');
    expect(drivenH('3.1 V')).to.include('remoteHOn_mV just above');
  });

  it('of times: how long a state lasts, a dip takes, poles lie apart', () => {
    expect(bounds('steps:', '  - { at: 4 s, poles: { 3: open } }', '  - { wait: 1.8 s, poles: closed }')).to.include(
      'reaction_us just below',
    );
    expect(bounds('steps:', '  - { at: 4 s, supply: { dip to: 5 V, for: 0.9 s } }')).to.include('supplyLost_us just below');
    expect(bounds('steps:', '  - { at: 4 s, poles: { 3: open } }', '  - { wait: 0.5 ms, poles: { 4: open } }')).to.include(
      'poleSkew_us just below',
    );
    expect(bounds('steps:', '  - { at: 2.5 s, poles: { 3: open } }')).to.include('startUp_us just below');
  });

  it('of a chain taken apart by hand: a broken chain at one end, and that it matters at either end only where it has been at both', () => {
    const of = (...ends: readonly string[]) => shown('steps:', ...ends.flatMap(byHand), 'until: { wait: 4 s }');
    expect(of('male')).to.include('CHAIN-BREAK').and.not.include('CHAIN-EITHER-END');
    expect(of('male', 'male')).to.not.include('CHAIN-EITHER-END');
    expect(of('male', 'female')).to.include.members(['CHAIN-BREAK', 'CHAIN-EITHER-END']);
    // The second end is pulled out of a chain that is broken already: nothing shows.
    const nested = [byHand('male')[0]!, ...byHand('female'), byHand('male')[1]!];
    expect(shown('steps:', ...nested, 'until: { wait: 4 s }')).to.not.include('CHAIN-EITHER-END');
  });
});
