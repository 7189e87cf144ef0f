import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { DEFECTS, findDefect, type Defect } from '../sim/defects/catalogue.ts';
import { toMutateDocument } from './kill-summary.ts';
import { mutate, rowOf } from './mutate.ts';
import type { CaseOutcome, Finding, UnitOutcome } from './outcome.ts';

const defect = (name: string, change: Partial<Defect> = {}): Defect => ({ ...findDefect(name).found!, ...change }) as Defect;
/** Breaks PRE-30S on LOAD. */
const WAIT = defect('wait-25s');
const CASES = ['eol/one', 'regression/two'].map((id) => ({ id, tags: [id.split('/')[0]] }) as unknown as Case);

const finding = (signal: string, breach_U = 10, consequence = false): Finding => ({
  rule: 'R3',
  requirement: 'PRE-30S',
  signal,
  kind: 'early',
  consequence,
  breach_U,
  text: 'text',
});
const outcome = (id: string, verdict: CaseOutcome['verdict'], ...findings: readonly Finding[]): CaseOutcome => ({
  id,
  verdict,
  blame: verdict === 'pass' ? null : verdict === 'fail' ? 'unit' : 'rig',
  reason: '',
  findings,
  readings: [],
  duration_us: 0,
});
const unit = (...cases: readonly CaseOutcome[]): UnitOutcome => {
  const fails = cases.some(({ verdict }) => verdict === 'fail');
  const broken = cases.some(({ verdict }) => verdict === 'broken');
  return fails
    ? { verdict: 'fail', blame: 'unit', exit: 1, cases }
    : broken
      ? { verdict: 'broken', blame: 'rig', exit: 3, cases }
      : { verdict: 'pass', blame: null, exit: 0, cases };
};

describe('a row of the kill matrix', () => {
  it('counts a defect as caught only where a case fails the unit on the declared signal', () => {
    const caught = rowOf(WAIT, [unit(outcome('eol/one', 'pass'), outcome('regression/two', 'fail', finding('load')))], CASES);
    expect(caught).to.deep.include({ caught: true, by: ['regression/two'], marks: { 'eol/one': 'pass', 'regression/two': 'caught' } });
    const elsewhere = rowOf(WAIT, [unit(outcome('eol/one', 'fail', finding('charger')))], CASES);
    expect(elsewhere).to.deep.include({
      caught: false,
      verdict: 'fail',
      by: [],
      marks: { 'eol/one': 'other', 'regression/two': 'notRun' },
    });
  });

  it('does not count a broken or inconclusive run, nor one that was never run', () => {
    for (const verdict of ['broken', 'inconclusive'] as const)
      expect(rowOf(WAIT, [unit(outcome('eol/one', verdict, finding('load')))], CASES)).to.include({ caught: false });
    expect(rowOf(WAIT, [], CASES)).to.include({ caught: false, verdict: 'notRun' });
    const benchWide: UnitOutcome = { ...unit(outcome('eol/one', 'fail', finding('load'))), verdict: 'broken', blame: 'rig', exit: 3 };
    expect(rowOf(WAIT, [benchWide], CASES)).to.include({ caught: false });
  });

  it('wants an intermittent defect in 19 of 20 seeds', () => {
    const rare = defect('wait-25s', { oneIn: 20 });
    const yes = unit(outcome('eol/one', 'fail', finding('load')));
    const no = unit(outcome('eol/one', 'pass'));
    const of = (missed: number) =>
      rowOf(rare, [...Array.from({ length: 20 - missed }, () => yes), ...Array.from({ length: missed }, () => no)], CASES);
    expect(of(1)).to.deep.include({ caught: true, units: { run: 20, caught: 19 } });
    expect(of(2)).to.deep.include({ caught: false, units: { run: 20, caught: 18 } });
    expect(rowOf(WAIT, [yes, no], CASES).caught, 'a steady one in every seed').to.equal(false);
  });

  it('tells the first difference, and the clearest that is no consequence', () => {
    const { first, clearest } = rowOf(
      WAIT,
      [
        unit(
          outcome('eol/one', 'fail', finding('charger'), finding('load', 3), finding('load', 900, true)),
          outcome('regression/two', 'fail', finding('load', 7)),
        ),
      ],
      CASES,
    );
    expect([first?.signal, clearest?.breach_U]).to.deep.equal(['charger', 7]);
  });
});

const compiled = (name: string, text: string): Case => {
  const result = readAndCompile({ file: `mutate/${name}.yaml`, bytes: Buffer.from(`scenario: ${name}\ncovers: [REMOTE-H]\n${text}`) });
  if (!result.ok) throw new Error(result.issues[0]?.message);
  return result.cases[0]!;
};

describe('a case with many occurrences', () => {
  it('is for a defect that is always there only where the others do not show it', async () => {
    const seldom = compiled('seldom', 'given: { remote: { H: battery } }\nuntil: 4 s\n');
    const often = compiled('often', 'tags: [often]\ngiven: { supply: 25.6 V, remote: { H: battery } }\nuntil: 4 s\n');
    const rows = await mutate({
      defects: ['remote-h-above-20v-ignored', 'load-stuck-floating'].map((name) => defect(name)),
      cases: [seldom, often],
      seed: 1,
      bail: true,
      workers: 1,
      signal: new AbortController().signal,
    });
    const told = Object.fromEntries(rows.map(({ defect: { name }, caught, marks }) => [name, [caught, ...Object.values(marks)].join(' ')]));
    expect(told).to.deep.equal({ 'remote-h-above-20v-ignored': 'true pass caught', 'load-stuck-floating': 'true caught notRun' });
  }).timeout(60_000);
});

describe('the kill matrix as a document', () => {
  const CLAIMS = defect('wait-40s');
  const SILENT = defect('lockout-at-9v');
  const rows = [
    rowOf(WAIT, [unit(outcome('eol/one', 'fail', finding('load', 1.4)))], CASES),
    rowOf(CLAIMS, [unit(outcome('eol/one', 'pass'), outcome('regression/two', 'pass'))], CASES),
    rowOf(SILENT, [unit(outcome('eol/one', 'fail', finding('charger'), finding('load')))], CASES),
  ];

  it('puts survivors first, and counts triples, first signals, near misses and claims', () => {
    const document = toMutateDocument(rows, { cases: CASES, seed: 4, bail: false });
    expect(document.defects.map(({ name }) => name)).to.deep.equal(['wait-40s', 'wait-25s', 'lockout-at-9v']);
    expect(document).to.deep.include({ exit: 1, total: 3, caught: 2, distinct: 1, signalFirst: 1, tooNear: ['wait-25s'] });
    expect(document.endOfLine).to.deep.equal({ claimed: 2, kept: 1, notShown: ['wait-40s'], shownAllTheSame: ['lockout-at-9v'] });
  });

  it('says what the whole library has to come to, and nothing of a part of it', () => {
    expect(toMutateDocument(rows, { cases: CASES, seed: 4, bail: false }).conditions).to.equal(null);
    const all = DEFECTS.map((one) => rowOf(one, [], CASES));
    const { conditions } = toMutateDocument(all, { cases: CASES, seed: 4, bail: false });
    const of = (what: string) => conditions?.find((one) => one.what === what);
    expect(of('defects caught')).to.deep.include({ value: 0, bound: DEFECTS.length, met: false });
    expect(of('firmware defects as patches')).to.include({ met: true });
    expect(of('of them with only a number changed')).to.include({ sense: '<=', bound: 3, met: true });
    expect(of('families missing in a voltage class')).to.include({ value: 0, met: true });
    expect(of('claim to show in an end-of-line pass')).to.include({ bound: 70, met: true });
    expect(of('right signal named first')).to.include({ value: 0, met: false });
  });

  it('says nothing of the end of the line where runs ended early or no such case was run', () => {
    expect(toMutateDocument(rows, { cases: CASES, seed: 4, bail: true }).endOfLine).to.equal(null);
    expect(toMutateDocument(rows, { cases: CASES.slice(1), seed: 4, bail: false }).endOfLine).to.equal(null);
    expect(toMutateDocument(rows.slice(0, 1), { cases: CASES, seed: 4, bail: false }).exit).to.equal(0);
  });
});
