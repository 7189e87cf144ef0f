import { expect } from 'chai';
import { makeRecord } from '../record.ts';
import { earlyAttempt, facts, failedRecord, goodAttempt, goodRecord, lostAttempt, mixedRecord, unprobedAttempt } from '../testing/runs.ts';
import { explain } from './explain.ts';
import { explanationShape } from './explanation.ts';

const ranked = (record: typeof failedRecord): readonly (readonly string[])[] =>
  explain(record).cases.map(({ suspects }) => suspects.filter(({ weight }) => weight > 0).map(({ who }) => who));

const told = (record: typeof failedRecord): readonly string[] =>
  explain(record).cases.flatMap(({ suspects }) => suspects.flatMap(({ evidence }) => evidence));

describe('an explanation', () => {
  it('of a run that passed says nothing', () => {
    expect(explain(goodRecord)).to.deep.include({ cases: [], diagnosis: null, verdict: 'pass' });
  });

  it('names what came first, the rule, the published statement and the step before it', () => {
    const [only] = explain(failedRecord).cases;
    expect(only?.first).to.deep.include({ kind: 'early', signal: 'load', rule: 'R3', requirement: 'PRE-30S', certainty: 'O' });
    expect(only?.first?.at_us).to.equal(30_112_000);
    expect(only?.first?.statement).to.match(/30 s/);
    expect(only?.first?.after).to.match(/^step-2 \(pole1 open\)$/);
    expect(only?.first?.why).to.be.a('string').that.is.not.empty;
  });

  it('puts the unit first where the judge blames it, and tells what speaks against rig, link and model', () => {
    const [only] = explain(failedRecord).cases;
    expect(only?.suspects[0]?.who).to.equal('unit');
    expect(only?.suspects[0]?.evidence.join(' ')).to.include('blue LED').and.to.include('probe');
    const against = (who: string) => only?.suspects.find((one) => one.who === who)?.against.join(' ') ?? '';
    expect(against('rig')).to.match(/off by 4\.988 s, \d+ times what the measurement can be wrong by/);
    expect(against('link')).to.include('No line was garbled');
    expect(against('model')).to.include('R3 rests on an official document');
  });

  it('never puts the unit first where something was lost or not measured', () => {
    const record = makeRecord(facts([lostAttempt, unprobedAttempt]));
    for (const [first] of ranked(record)) expect(first).to.not.equal('unit');
    expect(explain(record).diagnosis?.look).to.match(/^This says nothing of the unit/);
  });

  it('doubts the model where no document states the limit', () => {
    const { result } = earlyAttempt;
    const inferred = { ...result, differences: result.differences.map((one) => ({ ...one, certainty: 'I' as const })) };
    const [who] = ranked(makeRecord(facts([{ ...earlyAttempt, result: inferred }])));
    expect(who).to.deep.equal(['unit', 'model']);
  });

  it('finds that other cases show the same, or that none does', () => {
    expect(told(makeRecord(facts([earlyAttempt, earlyAttempt, earlyAttempt])))).to.include('2 other cases show the same.');
    expect(told(makeRecord(facts([earlyAttempt, lostAttempt])))).to.include('No other case of the run shows this.');
  });

  it('is limited to the cases asked for', () => {
    expect(explain(mixedRecord).cases).to.have.length(3);
    expect(explain(mixedRecord, 'low-cell-2').cases.map(({ id }) => id)).to.deep.equal(['regression/low-cell-2']);
    expect(explain(mixedRecord, 'nothing of that name').cases).to.deep.equal([]);
  });

  it('has the shape that programs are promised', () => {
    for (const record of [goodRecord, failedRecord, mixedRecord])
      expect(explanationShape.parse(JSON.parse(JSON.stringify(explain(record))))).to.deep.equal(explain(record));
  });

  it('diagnoses a wait that is too short', () => {
    const { diagnosis } = explain(makeRecord(facts([goodAttempt, earlyAttempt, earlyAttempt])));
    expect(diagnosis?.finding).to.equal('LOAD falls 4.988 s too early after the pre-alarm, by the same amount each time.');
    expect(diagnosis?.look).to.match(/^Look first at the wait in the firmware/);
    expect(diagnosis?.cases).to.have.length(2);
  });
});
