import { expect } from 'chai';
import { makeRecord, recordShape } from './record.ts';
import { canonicalJson, hashOf } from './shape/plain.ts';
import { goodTrace } from './testing/build.ts';
import { earlyAttempt, facts, failedRecord, goodAttempt, goodRecord, mixedRecord } from './testing/runs.ts';

const brokenTrace = { ...goodTrace, ended_us: NaN as typeof goodTrace.ended_us, clock: { ...goodTrace.clock, bound_ppm: Infinity } };

describe('the record of a run', () => {
  it('keeps its own schema, through JSON and back', () => {
    for (const record of [goodRecord, failedRecord, mixedRecord])
      expect(recordShape.parse(JSON.parse(JSON.stringify(record)))).to.deep.equal(record);
  });

  it('carries the verdict of the run', () => {
    expect(goodRecord).to.include({ verdict: 'pass', blame: null, exit: 0 });
    expect(failedRecord).to.include({ verdict: 'fail', blame: 'unit', exit: 1 });
    expect(mixedRecord.counts).to.deep.equal({ pass: 1, inconclusive: 1, fail: 1, broken: 1, notRun: 1 });
  });

  it('is written for a broken run with numbers that are none', () => {
    const record = makeRecord(facts([{ ...goodAttempt, trace: brokenTrace }]));
    expect(recordShape.parse(JSON.parse(JSON.stringify(record))).cases[0]?.attempts[0]?.trace?.ended_us).to.equal(null);
  });

  it('keeps every attempt, and the last one counts', () => {
    const base = facts([earlyAttempt]);
    const record = makeRecord({ ...base, cases: base.cases.map((one) => ({ ...one, attempts: [...one.attempts, goodAttempt] })) });
    expect(record.cases[0]?.attempts.map((one) => [one.attempt, one.result.verdict])).to.deep.equal([
      [1, 'fail'],
      [2, 'pass'],
    ]);
    expect(record.verdict).to.equal('pass');
  });

  it('hashes a trace by its content, not by the order of its keys', () => {
    const turned = Object.fromEntries(Object.entries(goodTrace).toReversed());
    expect(hashOf(turned)).to.equal(hashOf(goodTrace));
    expect(hashOf({ ...goodTrace, seed: 8 })).to.not.equal(hashOf(goodTrace));
    expect(canonicalJson({ b: [1, Infinity], a: undefined })).to.equal('{"b":[1,null]}');
    expect(goodRecord.cases[0]?.attempts[0]?.traceHash).to.equal(hashOf(goodTrace));
  });
});
