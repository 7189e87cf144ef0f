import { expect } from 'chai';
import { makeRecord } from '../record.ts';
import { facts, goodAttempt, lostAttempt, mixedRecord, retriedRecord } from '../testing/runs.ts';
import { printable, renderJunit } from './junit.ts';

const TAG = /<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g;

/** Elements in order, each with its attributes as text; throws where the text is not well formed. */
function elements(text: string): { name: string; attributes: string; parent: string }[] {
  const found: { name: string; attributes: string; parent: string }[] = [];
  const open: string[] = [];
  const body = text.replace(/<!\[CDATA\[[^]*?\]\]>/g, '').replace(/^<\?xml[^>]*\?>/, '');
  for (const [, close, name = '', attributes = '', single] of body.matchAll(TAG)) {
    if (close === '/') expect(open.pop()).to.equal(name);
    else {
      found.push({ name, attributes, parent: open.at(-1) ?? '' });
      if (single !== '/') open.push(name);
    }
  }
  expect(open).to.deep.equal([]);
  expect(body.replace(TAG, '').trim()).to.equal('');
  return found;
}

/** Which elements the common schema lets stand in which. */
const PARENTS = {
  testsuites: [''],
  testsuite: ['testsuites'],
  properties: ['testsuite'],
  property: ['properties'],
  testcase: ['testsuite'],
} as const;
const IN_CASE = ['failure', 'error', 'skipped', 'system-out', 'system-err'];

describe('a run as JUnit XML', () => {
  const text = renderJunit(mixedRecord);
  const found = elements(text);
  const of = (name: string) => found.filter((one) => one.name === name);

  it('has the structure of the common schema', () => {
    for (const { name, parent } of found) {
      if (IN_CASE.includes(name)) expect(parent).to.equal('testcase');
      else expect(PARENTS[name as keyof typeof PARENTS]).to.include(parent);
    }
    expect(of('testsuite')[0]?.attributes).to.match(
      /name="bench sim" timestamp="2026-01-02T03:04:05" time="160" tests="5" failures="1" errors="2" skipped="1"/,
    );
  });

  it('tells the unit’s failure from the rig’s', () => {
    expect(of('failure').map((one) => one.attributes)).to.have.length(1);
    expect(of('failure')[0]?.attributes).to.contain('message="LOAD fell 25.012 s after PRE-ALARM rose').and.to.contain('type="unit"');
    expect(of('error').map((one) => /type="(\w+)"/.exec(one.attributes)?.[1])).to.deep.equal(['link', 'rig']);
    expect(of('skipped')).to.have.length(1);
  });

  it('shows a pass that needed more than one attempt as such', () => {
    const retried = renderJunit(retriedRecord);
    expect(elements(retried).filter(({ name }) => name === 'error' || name === 'failure')).to.deep.equal([]);
    expect(retried).to.contain('<property name="triedAgain" value="1"/>').and.to.contain('<property name="selected" value="2 of 9"/>');
    expect(retried.match(/<system-out>/g)).to.have.length(1);
    expect(retried).to.match(/attempt 1: broken \(link\): [^\n]+\nattempt 2: broken \(link\): [^\n]+\nattempt 3: pass/);
  });

  it('carries seed, run and simulated as properties', () => {
    const properties = of('property').map((one) => one.attributes.trim());
    expect(properties).to.include.members([
      'name="run" value="20260102-030405-0007"',
      'name="seed" value="7"',
      'name="simulated" value="true"',
    ]);
  });

  it('shows a fault of the bench as an error of its own', () => {
    const record = makeRecord(facts([goodAttempt], {}, [{ code: 'calibration', blame: 'rig', text: 'The reference is 3 % off.' }]));
    const [error] = elements(renderJunit(record)).filter((one) => one.name === 'error');
    expect(error?.attributes).to.contain('The reference is 3 % off.');
  });

  it('survives whatever a text contains', () => {
    const nasty = 'a<b>&"\' \u0000\u0007\u001b[31m ]]> \ud800 \uffff ü \u{1f50b}\nnext';
    const result = { ...lostAttempt.result, reason: nasty, faults: [{ blame: 'link' as const, text: nasty }] };
    const record = makeRecord(facts([{ ...lostAttempt, result }]));
    const out = renderJunit(record);
    expect(elements(out).filter((one) => one.name === 'error')).to.have.length(1);
    // oxlint-disable-next-line no-control-regex
    expect(out).to.not.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(out).to.contain('\u{1f50b}').and.to.contain(']]]]><![CDATA[>');
    expect(printable(nasty)).to.equal('a<b>&"\' [31m ]]>   ü \u{1f50b}\nnext');
    expect(printable('HQ\u202E1')).to.equal('HQ[U+202E]1');
  });
});
