/** Timelines as compiled: exact instants, triggers, bounds, drive values and the order of entries. */

import { expect } from 'chai';
import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import { readAndCompile } from '../compile.ts';
import type { Case } from '../contracts/case.ts';
import { formatIssue } from '../contracts/issue.ts';
import type { TimelineEntry } from '../contracts/timeline.ts';
import { caseId } from './compile.ts';

const HEAD = 'scenario: A title\ncovers: [REACTION]\n';
const compiled = (body: string): Case => {
  const result = readAndCompile({ file: 'suite/one.yaml', bytes: new TextEncoder().encode(HEAD + body) });
  if (!result.ok || result.cases[0] === undefined) throw new Error(result.issues.map(formatIssue).join('\n'));
  return result.cases[0];
};
const entry = ({ timeline }: Case, id: string): TimelineEntry => {
  const found = timeline.entries.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no entry ${id} in ${timeline.entries.map((each) => each.id).join(' ')}`);
  return found;
};
const closed = [
  { signal: 'pole1', value: 'closed' },
  { signal: 'pole3', value: 'closed' },
  { signal: 'pole4', value: 'closed' },
];

/** Issues of a check at `delay` after a step that another one follows 1 s to 4 s later. */
const tail = (delay: string): readonly string[] => {
  const steps =
    'steps:\n  - { name: up, after: load rises, poles: { 4: open } }\n  - { after: preAlarm rises, delay: 1 s, poles: closed }\n';
  const bytes = new TextEncoder().encode(`${HEAD}${steps}measure:\n  - { at: up + ${delay}, what: loadDrop, high: 1 V }\n`);
  return readAndCompile({ file: 'a/b.yaml', bytes }).issues.map(({ id }) => id);
};

describe('compile', () => {
  it('starts with poles and link, then the supply, then the driven remote', () => {
    const one = compiled('given: { supply: 25.6 V, remote: { H: 3.1 V }, poles: { 4: open } }\n');
    expect(one.timeline.entries.map(({ id, when }) => [id, when])).to.deep.equal([
      ['given', { kind: 'at', at_us: -200_000 }],
      ['power', { kind: 'at', at_us: 0 }],
      ['given-remote', { kind: 'at', at_us: 100_000 }],
    ]);
    expect(entry(one, 'given').do).to.deep.equal({
      kind: 'set',
      changes: [...closed.slice(0, 2), { signal: 'pole4', value: 'open' }, { signal: 'remoteLink', value: 'open' }],
    });
    expect(entry(one, 'power').do).to.deep.equal({ kind: 'set', changes: [{ signal: 'supply', value: { mV: 25_600 } }] });
    expect(entry(one, 'given-remote').do).to.deep.equal({
      kind: 'set',
      changes: [
        { signal: 'remoteH', value: { mV: 3_100 } },
        { signal: 'remoteL', value: 'open' },
      ],
    });
  });

  it('has documented defaults: 12.8 V, the link, a healthy bank, 3 s', () => {
    const one = compiled('');
    expect(entry(one, 'given').do).to.deep.equal({ kind: 'set', changes: [...closed, { signal: 'remoteLink', value: 'closed' }] });
    expect(entry(one, 'power').do).to.deep.equal({ kind: 'set', changes: [{ signal: 'supply', value: { mV: 12_800 } }] });
    expect(one.timeline.endBounds_us).to.deep.equal([3_000_000, 3_000_000]);
    expect(one).to.include({ id: 'suite/one', title: 'A title' });
    expect(one.planned).to.deep.equal(['reference']);
    expect(one.timeline.captures).to.have.length(5);
    expect(one.timeline.captures[0]).to.deep.equal({ signal: 'load', from_us: -200_000, to_us: null });
  });

  it('turns a ramp of the cells into pole switches at the exact crossings', () => {
    const one = compiled(
      'given: { cells: 3.0 V }\nsteps:\n  - { at: 8 s, cells: { ramp to: 2.7 V, over: 10 s } }\n  - { wait: 1 s, cells: 3.3 V }\n',
    );
    expect(entry(one, 'step-1').do).to.deep.equal({ kind: 'set', changes: [...closed.slice(0, 2), { signal: 'pole4', value: 'open' }] });
    expect(entry(one, 'step-1.1')).to.deep.include({
      when: { kind: 'at', at_us: 14_666_667 },
      do: { kind: 'set', changes: [{ signal: 'pole1', value: 'open' }, closed[1], { signal: 'pole4', value: 'open' }] },
      place: { file: 'suite/one.yaml', line: 5, col: 23 },
    });
    expect(entry(one, 'step-2').when).to.deep.equal({ kind: 'at', at_us: 19_000_000 });
  });

  it('joins crossings that the fixture cannot tell apart', () => {
    // The low cell lets go at 3.20 V, the pre-alarm a microsecond later, above it.
    const up = compiled('given: { cells: 2.7 V }\nsteps:\n  - { at: 5 s, cells: { ramp to: 3.3 V, over: 6 s } }\n');
    expect(up.timeline.entries.slice(2).map(({ id, when }) => [id, when])).to.deep.equal([
      ['step-1', { kind: 'at', at_us: 5_000_000 }],
      ['step-1.1', { kind: 'at', at_us: 10_000_001 }],
    ]);
    expect(entry(up, 'step-1.1').do).to.deep.equal({ kind: 'set', changes: closed });
    // From exactly 3.10 V the pre-alarm comes a microsecond after the start: it belongs to the start.
    const down = compiled('given: { cells: 3.10 V }\nsteps:\n  - { at: 5 s, cells: { ramp to: 2.9 V, over: 2 s } }\n');
    expect(down.timeline.entries).to.have.length(3);
    expect(entry(down, 'step-1').do).to.deep.equal({ kind: 'set', changes: [...closed.slice(0, 2), { signal: 'pole4', value: 'open' }] });
  });

  it('hangs on an edge what an edge decides, and on its entry what follows', () => {
    const one = compiled(`steps:
  - { at: 5 s, poles: { 4: open } }
  - { after: preAlarm rises, delay: 5 s, timeout: 10 s, remote: off }
  - { wait: 4 s, supply: { ramp to: 9 V, over: 2 s } }
  - { wait: 1 s, poles: closed }
`);
    expect(entry(one, 'step-2')).to.deep.include({
      when: { kind: 'afterEdge', signal: 'preAlarm', level: 'high', armedBy: 'step-1', delay_us: 5_000_000, timeout_us: 10_000_000 },
      bounds_us: [10_000_000, 20_000_000],
    });
    expect(entry(one, 'step-3')).to.deep.include({
      when: { kind: 'afterEntry', entry: 'step-2', delay_us: 4_000_000 },
      do: { kind: 'ramp', signal: 'supply', from_mV: 12_800, to_mV: 9_000, over_us: 2_000_000 },
      bounds_us: [14_000_000, 24_000_000],
    });
    // Counted from the start of the ramp, which lasts 2 s.
    expect(entry(one, 'step-4').when).to.deep.equal({ kind: 'afterEntry', entry: 'step-3', delay_us: 3_000_000 });
    expect(one.timeline.end).to.deep.equal({ kind: 'afterEntry', entry: 'step-4', delay_us: 3_000_000 });
    expect(one.timeline.endBounds_us).to.deep.equal([20_000_000, 30_000_000]);
  });

  it('arms the first edge by the last entry before it', () => {
    const step = 'steps:\n  - { after: load rises, poles: open }\n';
    expect(entry(compiled(step), 'step-1').when).to.deep.include({ armedBy: 'power', delay_us: 10_000, timeout_us: 3_000_000 });
    expect(entry(compiled(`given: { remote: L to minus }\n${step}`), 'step-1').when).to.deep.include({ armedBy: 'given-remote' });
  });

  it('makes a pulse of a dip, and one entry of several words', () => {
    const one = compiled(
      'steps:\n  - { at: 5 s, supply: { dip to: 5 V, for: 10 ms } }\n  - { at: 6 s, supply: 24 V, remote: H to battery, poles: { 3: open } }\n',
    );
    expect(entry(one, 'step-1').do).to.deep.equal({ kind: 'pulse', changes: [{ signal: 'supply', value: { mV: 5_000 } }], for_us: 10_000 });
    expect(entry(one, 'step-2').do).to.deep.equal({
      kind: 'set',
      changes: [
        { signal: 'pole3', value: 'open' },
        { signal: 'remoteLink', value: 'open' },
        { signal: 'remoteH', value: 'battery' },
        { signal: 'remoteL', value: 'open' },
        { signal: 'supply', value: { mV: 24_000 } },
      ],
    });
  });

  it('a named step without words marks an instant and moves nothing', () => {
    const one = compiled('given: { poles: { 4: open } }\nsteps:\n  - { name: tripped, after: load falls, timeout: 40 s }\n');
    expect(entry(one, 'step-1').do).to.deep.equal({ kind: 'set', changes: [...closed.slice(0, 2), { signal: 'pole4', value: 'open' }] });
  });

  it('gives each expectation an id, a text, anchors and the probes it needs', () => {
    const one = compiled(`steps:
  - { name: low, at: 5 s, poles: { 1: open, 4: open } }
until: 60 s
expect:
  - { at: 4 s, load: high }
  - { at: low + 2 s, preAlarm: high, charger: floating }
  - { from: 5 s, to: end, charger: floating }
  - { edge: load falls, after: preAlarm rises, not before: 30 s, within: 35 s }
  - { edge: ledBlue goes dark, after: step 1, within: 40 s }
`);
    expect(one.planned).to.deep.equal([
      'reference',
      'expect-1',
      'expect-2-preAlarm',
      'expect-2-charger',
      'expect-3',
      'expect-4',
      'expect-5',
    ]);
    expect(one.expectations.map(({ text }) => text)).to.deep.equal([
      'load is high at 4 s',
      'preAlarm is high at low + 2 s',
      'charger is floating at low + 2 s',
      'charger stays floating from 5 s to the end',
      'load falls after preAlarm rises, not before 30 s, within 35 s',
      'ledBlue goes dark after step 1, within 40 s',
    ]);
    expect(one.expectations[1]).to.deep.include({ kind: 'level', at: { kind: 'entry', entry: 'step-1', delay_us: 2_000_000 } });
    expect(one.expectations[3]).to.deep.include({
      kind: 'stays',
      from: { kind: 'time', at_us: 5_000_000 },
      to: { kind: 'time', at_us: 60_000_000 },
    });
    expect(one.expectations[4]).to.deep.include({
      kind: 'edge',
      level: 'notHigh',
      after: { kind: 'edge', signal: 'preAlarm', level: 'high', delay_us: 0 },
      notBefore_us: 30_000_000,
      within_us: 35_000_000,
    });
    expect(one.expectations[5]).to.deep.include({ notBefore_us: null, after: { kind: 'entry', entry: 'step-1', delay_us: 0 } });
    expect(entry(one, 'probe-charger-1').when).to.deep.equal({ kind: 'at', at_us: 5_005_000 });
    expect(entry(one, 'probe-charger-2').when).to.deep.equal({ kind: 'at', at_us: 7_000_000 });
  });

  it('takes measurements of one moment one after the other, and rests between sinks', () => {
    const one = compiled(`given: { supply: 30 V }
until: 10 s
measure:
  - { at: 4 s, what: supplyCurrent, low: 1.1 mA, high: 3.3 mA }
  - { at: 4 s, what: loadDrop, high: 0.15 V }
  - { at: 4 s, what: loadDrop, sink: 1 A, high: 0.30 V }
  - { at: 4 s, what: preAlarmDrop, sink: 1 A, high: 0.30 V }
`);
    const at = (id: string): unknown => entry(one, id).when;
    // The current's window may be put off, but not into what is done to the shunt for a sink.
    expect(at('measure-2')).to.deep.equal({ kind: 'at', at_us: 4_010_000 });
    expect(entry(one, 'measure-3-sink')).to.deep.include({
      when: { kind: 'at', at_us: 4_015_000 },
      do: { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 },
    });
    expect(at('measure-3')).to.deep.equal({ kind: 'at', at_us: 4_023_000 });
    // 30 V x 1 A x 20 ms = 0.6 J; at 3 W that is a rest of 200 ms after the 25 ms of the first.
    expect(at('measure-4-sink')).to.deep.equal({ kind: 'at', at_us: 4_240_000 });
    expect(one.measurements[0]).to.deep.include({
      id: 'measure-1',
      name: 'supplyCurrent',
      unit: 'uA',
      low: 1_100,
      high: 3_300,
      entry: 'measure-1',
    });
    expect(one.measurements[2]).to.deep.include({ name: 'loadDrop at 1 A', unit: 'mV', low: null, high: 300 });
    expect(entry(one, 'measure-1').do).to.deep.equal({ kind: 'sample', analog: 'supplyCurrent', count: 16 });
  });

  it('numbers measurements of one name, so that their values are not counted together', () => {
    const names = ['', '', 'name: loadVoltage (2), ', ''];
    const lines = names.map((name, index) => `  - { at: ${index + 3} s, what: loadVoltage, ${name}low: 12 V }\n`).join('');
    const text = `scenario: A title\ncovers: [LOAD-UV]\nuntil: 9 s\nmeasure:\n${lines}`;
    const result = readAndCompile({ file: 's.yaml', bytes: Buffer.from(text) });
    expect(result.ok && result.cases[0]?.measurements.map(({ name }) => name)).to.deep.equal([
      'loadVoltage',
      'loadVoltage (3)',
      'loadVoltage (2)',
      'loadVoltage (4)',
    ]);
  });

  it('counts a check from its step however late that comes, and knows the steps behind it', () => {
    expect(tail('0.9 s')).to.deep.equal([]);
    expect(tail('1 s')).to.deep.equal(['race']);
    expect(tail('3.9 s')).to.deep.equal(['race']);
    expect(tail('4.1 s')).to.deep.equal(['after-end']);
  });

  it('names a case by the last two parts of its path', () => {
    expect(caseId('lab/scenarios/regression/r03-wait.yaml')).to.equal('regression/r03-wait');
    expect(caseId('C:\\lab\\eol\\production.yml')).to.equal('eol/production');
    expect(caseId('./one.yaml')).to.equal('one');
    const bytes = Buffer.from('scenario: A title\ncovers: [REACTION]\n');
    const compiled = readAndCompile({ file: 'one.yaml', path: '/lab/mine/one.yaml', bytes });
    expect(compiled.ok && compiled.cases.map(({ id, place }) => [id, place.file])).to.deep.equal([['mine/one', 'one.yaml']]);
  });

  it('puts every absolute step exactly where it was asked, in order and with exact bounds', () => {
    const gaps = array(integer({ min: 50, max: 2_000_000_000 }), { minLength: 1, maxLength: 20 });
    assert(
      property(gaps, (all) => {
        let at_us = 0;
        const times = all.map((gap) => (at_us += gap));
        const one = compiled(
          `steps:\n${times.map((time, index) => `  - { at: ${time} us, poles: ${index % 2 === 0 ? 'open' : 'closed'} }\n`).join('')}`,
        );
        expect(one.timeline.entries.slice(2).map(({ when, bounds_us }) => [when, ...bounds_us])).to.deep.equal(
          times.map((time) => [{ kind: 'at', at_us: time }, time, time]),
        );
        expect(one.timeline.endBounds_us[1]).to.equal(at_us + 3_000_000);
      }),
      { numRuns: 30 },
    );
  });

  it('bounds of any chain grow, depend on earlier entries only, and are sorted', () => {
    const step = oneof(
      record({ kind: constantFrom('wait' as const), us: integer({ min: 50, max: 5_000_000 }), timeout: integer({ min: 1, max: 1 }) }),
      record({
        kind: constantFrom('after' as const),
        us: integer({ min: 5_000, max: 5_000_000 }),
        timeout: integer({ min: 1, max: 40_000_000 }),
      }),
    );
    assert(
      property(array(step, { minLength: 1, maxLength: 15 }), (all) => {
        const lines = all.map(({ kind, us, timeout }) =>
          kind === 'wait' ? `wait: ${us} us` : `after: load rises, delay: ${us} us, timeout: ${timeout} us`,
        );
        const { timeline } = compiled(`steps:\n${lines.map((line) => `  - { ${line}, poles: open }\n`).join('')}`);
        const seen = new Set<string>();
        let [earliest, latest] = [-Infinity, -Infinity];
        for (const { id, when, bounds_us } of timeline.entries) {
          expect(bounds_us[0]).to.be.at.least(earliest);
          expect(bounds_us[1]).to.be.at.least(latest);
          if (when.kind === 'afterEdge') expect(seen).to.include(when.armedBy);
          if (when.kind === 'afterEntry') expect(seen).to.include(when.entry);
          [earliest, latest] = bounds_us;
          seen.add(id);
        }
        expect(timeline.endBounds_us[1]).to.be.at.least(latest);
      }),
      { numRuns: 30 },
    );
  });
});
