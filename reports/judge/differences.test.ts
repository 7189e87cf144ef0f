/** What each kind of difference says: in one sentence with numbers, to whom it belongs, and what it rests on. */

import { expect } from 'chai';
import type { Unexplained } from '../../scenarios/contracts/prediction.ts';
import { edge, entry, goodCase, goodPrediction, goodTrace, pole, predicted, probe, span } from '../testing/build.ts';
import type { Bounding } from './causes.ts';
import * as say from './differences.ts';
import { difference } from './result.ts';

const EARLIEST = predicted('load-2', 'load', 'floating', [35.1, 40.1], [], 4, { rule: 'R3', requirement: 'PRE-30S', certainty: 'O' });
const limit = (at_s: number, delay_s: number): Bounding => ({
  at_us: at_s * 1e6,
  uncertainty_us: 2,
  delay_us: delay_s * 1e6,
  causal: false,
  text: 'PRE-ALARM rose',
});
const fell = (at_s: number) => edge(4, 'load', 'notHigh', at_s);
const excursion = (signal: 'load' | 'preAlarm' | 'ledRed', away: 'notHigh' | 'high' | 'on', length_us: number, uncertainty_us = 2) => {
  const back = away === 'notHigh' ? 'high' : away === 'high' ? 'notHigh' : 'off';
  return { away: edge(7, signal, away, 20), back: edge(8, signal, back, 20 + length_us / 1e6, uncertainty_us), length_us };
};
const LEFT = (more: Partial<Unexplained> = {}): Unexplained =>
  ({
    seq: 4,
    signal: 'load',
    level: 'notHigh',
    at_us: 20e6,
    rule: 'R9',
    requirement: 'LOAD-UV',
    certainty: 'O',
    consequence: false,
    why: 'LOAD floats.',
    ...more,
  }) as Unexplained;
const evidence = (trace = goodTrace, prediction = goodPrediction) => ({ testCase: goodCase, trace, prediction, cutShort: false, held: [] });
const waits = {
  ...entry('step-3', 5, pole('pole1', 'open')),
  when: { kind: 'afterEdge', signal: 'load', level: 'notHigh', armedBy: 'step-2', delay_us: 0, timeout_us: 35e6 },
} as ReturnType<typeof entry>;

const SENTENCES: Readonly<Record<string, readonly [text: string, said: ReturnType<typeof say.absent>]>> = {
  early: [
    'LOAD fell 25.000 s after PRE-ALARM rose, 5.000 s before the earliest allowed 30.000 s (R3, PRE-30S, official).',
    say.mistimed('early', EARLIEST, fell(30.1), limit(5.1, 30)),
  ],
  'early by little': [
    'LOAD fell 29.999990 s after PRE-ALARM rose, 10.0 us before the earliest allowed 30.000000 s (R3, PRE-30S, official).',
    say.mistimed('early', EARLIEST, fell(35.099_99), limit(5.1, 30)),
  ],
  late: [
    'LOAD fell 36.000 s after PRE-ALARM rose, 1.000 s after the latest allowed 35.000 s (R3, PRE-30S, official).',
    say.mistimed('late', EARLIEST, fell(41.1), limit(5.1, 35)),
  ],
  'before its cause': [
    'LOAD fell 1.500 ms before PRE-ALARM rose, which alone allows it (R3, PRE-30S, official).',
    say.mistimed('early', EARLIEST, fell(5.098_5), limit(5.1, 0)),
  ],
  missing: [
    'LOAD did not become floating within 35.000 s after PRE-ALARM rose (R3, PRE-30S, official).',
    say.absent(EARLIEST, limit(5.1, 35)),
  ],
  extra: ['LOAD fell at 20.000 s without a cause: LOAD floats (R9, LOAD-UV, official).', say.extraEdge(fell(20), LEFT(), false)],
  'extra, told by nobody': [
    'LOAD fell at 20.000 s without a cause: nothing asked for it (R18, NO-GLITCH, inferred).',
    say.extraEdge(fell(20), undefined, true),
  ],
  'dropped out': [
    'LOAD dropped out for 20.000 ms at 20.000 s without a cause (R18, NO-GLITCH, inferred).',
    say.excursion(excursion('load', 'notHigh', 20_000), LEFT()),
  ],
  pulse: [
    'PRE-ALARM was high for 20.000 ms at 20.000 s without a cause (R18, NO-GLITCH, inferred).',
    say.excursion(excursion('preAlarm', 'high', 20_000), undefined),
  ],
  'LED pulse': [
    'The red LED was lit for at most 30.000 ms at 20.000 s without a cause (R18, NO-GLITCH, inferred).',
    say.excursion(excursion('ledRed', 'on', 30_000, 3_001), undefined),
  ],
  low: [
    'LOAD is pulled low at 37.510 s where it has to float: 300 mV by itself, 11800 mV pulled up, supply 13000 mV (R3, FLOATING, inferred).',
    say.notFloating(probe('load', 37.51, 'low'), 'low', EARLIEST),
  ],
  leaky: [
    'LOAD leaks at 37.510 s where it has to float: 300 mV by itself, 11800 mV pulled up, supply 13000 mV (R16, FLOATING, inferred).',
    say.notFloating(probe('load', 37.51, 'leaky'), 'leaky', null),
  ],
  'at the beginning': [
    'LOAD was high when the case began, where it must be floating (R16, REACTION, inferred).',
    say.wrongInitial(evidence({ ...goodTrace, initial: { ...goodTrace.initial, load: 'high' } }), 'load'),
  ],
  'not loaded': [
    'LOAD was not high at 9.000 s, so the fixture did not load it (R16, REACTION, inferred).',
    say.refusedSink('load', 9e6, 2, span('load', 3, 35, ['high'])),
  ],
  'not loaded, not asked for': [
    'LOAD was not high at 9.000 s, so the fixture did not load it; the reference does not demand it to be high then.',
    say.refusedSink('load', 9e6, 2, undefined),
  ],
  'broke down': [
    "LOAD broke down under the fixture's 1 A: at 9.000 s it was not high, and was let go of (LOAD-DROP, official).",
    say.brokeDown('load', 9e6, 2),
  ],
  'waited for': [
    'Step-3 waited 35.000 s for LOAD to become not high, and the case ended there (R3, PRE-30S, official).',
    say.noTrigger(waits, 6e6, EARLIEST)!,
  ],
  'waited for, not asked for': [
    'Step-3 waited 35.000 s for LOAD to become not high, and the case ended there; the reference does not demand it by then.',
    say.noTrigger(waits, 6e6, undefined)!,
  ],
};
const said = (name: keyof typeof SENTENCES) => SENTENCES[name]![1];

describe('a difference', () => {
  for (const [name, [text, one]] of Object.entries(SENTENCES))
    it(`is told: ${name}`, () => {
      expect(one.text).to.equal(text);
      expect(difference.parse(one), 'as a record holds it').to.deep.equal(one);
    });

  it('is the unit’s, or the scenario’s where the reference asks for nothing', () => {
    const scenario = Object.keys(SENTENCES).filter((name) => said(name).blame === 'scenario');
    expect(scenario).to.deep.equal(['not loaded, not asked for', 'waited for, not asked for']);
    expect(Object.keys(SENTENCES).filter((name) => said(name).blame !== 'unit')).to.deep.equal(scenario);
  });

  it('is off by how much it passed the nearer end of its window', () => {
    expect([said('early').off_us, said('late').off_us, said('missing').off_us]).to.deep.equal([-5e6, 1e6, null]);
    expect(said('dropped out').off_us).to.equal(20_000);
    expect(said('early').expected).to.deep.equal({ level: 'floating', earliest_us: 35.1e6, latest_us: 40.1e6 });
    expect(say.absent({ ...EARLIEST, window_us: [35.1e6, Infinity] as never }, limit(5.1, 35)).expected.latest_us, 'an open end').to.equal(
      null,
    );
    expect(said('early').got).to.deep.equal({ level: 'notHigh', at_us: 30.1e6, uncertainty_us: 2 });
    expect(said('waited for').expected).to.deep.equal({ level: 'notHigh', earliest_us: 6e6, latest_us: 41e6 });
  });

  it('is a drop-out or a pulse by where it went', () => {
    expect([said('dropped out').kind, said('pulse').kind, said('LED pulse').kind]).to.deep.equal(['dropOut', 'pulse', 'pulse']);
    // A tenth of its length is well known.
    expect(say.excursion(excursion('ledRed', 'on', 30_000, 3_000), undefined).text).to.not.include('at most');
    expect(say.excursion(excursion('load', 'notHigh', 20_000), LEFT({ consequence: true })).consequence).to.equal(true);
  });

  it('that only follows from another says so', () => {
    expect(said('waited for').consequence, 'the edge itself is told as missing').to.equal(true);
    expect(said('waited for, not asked for').consequence).to.equal(false);
    expect(say.notFloating(probe('load', 37.51, 'low'), 'low', { ...EARLIEST, consequence: true }).consequence).to.equal(true);
    expect(said('at the beginning').got!.at_us, 'seen since the capture began').to.equal(-0.5e6);
    const dark = { away: edge(7, 'ledRed', 'off', 20), back: edge(8, 'ledRed', 'on', 20.03), length_us: 30_000 };
    expect(say.excursion(dark, undefined).text).to.match(/^The red LED dropped out for 30.000 ms/);
  });

  it('of the start is one only while the unit may still start up (R15)', () => {
    const started = LEFT({ rule: 'R15', requirement: 'POWER-UP', certainty: 'I', why: 'The supply has passed 8 V.' });
    expect(say.extraEdge(fell(20), started, true).rule).to.equal('R15');
    expect(say.extraEdge(fell(20), { ...started, consequence: true }, false)).to.deep.include({
      rule: 'R18',
      requirement: 'NO-GLITCH',
      consequence: true,
    });
  });

  it('of many changes tells their number, the first, the last and the longest', () => {
    const changes = [0, 1, 2, 3].map((index) => ({
      ...excursion('load', 'notHigh', index === 2 ? 900 : 300),
      away: edge(index, 'load', 'notHigh', 20 + index / 10),
      back: edge(index, 'load', 'high', 20.001 + index / 10),
    }));
    const many = say.burst(changes as unknown as Parameters<typeof say.burst>[0]);
    expect(many.text).to.equal(
      'LOAD dropped out 4 times from 20.000 s to 20.301 s, each for at most 900.0 us: too often to be forgiven as single glitches (R18, NO-GLITCH, inferred).',
    );
    expect(many).to.deep.include({ kind: 'dropOut', off_us: 900 });
    expect(many.got!.at_us).to.equal(20e6);
  });

  it('of CHARGER after a short says when it came back, if it did (R19)', () => {
    const held = { output: 'charger', drive: 'chargerShort', from_us: 5e6, to_us: 5.15e6 } as const;
    const notBack = (back?: ReturnType<typeof edge>) => say.notBack(held, span('charger', 0, 9, ['high']), back);
    expect(notBack().text).to.equal(
      "CHARGER was not high at 5.150 s, 100 ms after the fixture's short, and did not come back (R19, NO-LATCH, inferred).",
    );
    expect(notBack(edge(9, 'charger', 'high', 5.2)).text).to.include('and came back 50.000 ms later');
  });

  it('of a drop is that of the output that broke down', () => {
    expect(
      (['load', 'preAlarm', 'charger'] as const)
        .map((output) => say.brokeDown(output, 9e6, null))
        .map(({ signal, requirement }) => [signal, requirement]),
    ).to.deep.equal([
      ['loadDrop', 'LOAD-DROP'],
      ['preAlarmDrop', 'PRE-DROP'],
      ['chargerDrop', 'CHG-DROP'],
    ]);
  });

  it('of a step that waits for no edge there is none', () => {
    expect(say.noTrigger(entry('step-1', 5, pole('pole1', 'open')), 6e6, undefined)).to.equal(null);
  });
});
