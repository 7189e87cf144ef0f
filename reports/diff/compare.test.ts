import { expect } from 'chai';
import { makeRecord, type AttemptFacts, type RunRecord } from '../record.ts';
import { diffDocument } from '../shape/evidence.ts';
import { toDiffDocument } from './document.ts';
import { renderDiff, renderDiffPage } from '../render/diff.ts';
import { edge, goodTrace, withEdges } from '../testing/build.ts';
import { earlyAttempt, facts, goodAttempt, goodRecord, failedRecord, lostAttempt, notRunAttempt } from '../testing/runs.ts';
import { compare } from './compare.ts';
import { runFeatures } from './features.ts';
import { fewerThan, holm } from './noise.ts';

const recordOf = (attempt: AttemptFacts, seed = 7): RunRecord => makeRecord(facts([attempt], { seed, runId: `run-${seed}` }));
/** LOAD falls so many seconds later than in the good run, and is allowed to. */
const shifted = (by_s: number, current_uA = 2_200): AttemptFacts => {
  const edges = goodTrace.edges.map((one) =>
    one.at_us > 30e6 ? edge(one.seq, one.signal, one.level, one.at_us / 1e6 + by_s, one.uncertainty_us) : one,
  );
  const samples = goodTrace.samples.map((one) => ({ ...one, value: current_uA }));
  const measurements = goodAttempt.result.measurements.map((one) => ({ ...one, value: current_uA }));
  return { ...goodAttempt, result: { ...goodAttempt.result, measurements }, trace: withEdges(edges, { samples }) };
};
const features = (list: readonly RunRecord[]) => list.map(runFeatures);
const between = (a: readonly RunRecord[], b: readonly RunRecord[]) => compare(features(a), features(b));

const three = (attempt: AttemptFacts, base: number): readonly RunRecord[] => [1, 2, 3].map((n) => recordOf(attempt, base + n));

describe('one run against another', () => {
  it('finds nothing between a run and itself, and says how much it looked at', () => {
    const same = between([goodRecord], [goodRecord]);
    expect(same).to.deep.include({ changes: [], regression: false });
    expect(same.compared).to.be.above(10);
    expect(renderDiff(same)).to.contain('NO DIFFERENCE');
  });

  it('finds a wait that moved, from the edge it is counted from, and once', () => {
    const { changes, regression } = between([recordOf(shifted(0))], [recordOf(shifted(1.2))]);
    expect(regression).to.equal(false);
    expect(changes.map(({ kind, what }) => [kind, what])).to.deep.equal([['timing', 'LOAD fell after PRE-ALARM rose']]);
    expect(changes[0]!.delta).to.be.closeTo(1.2e6, 1);
    // Both stamps and the clock, of both runs: 2 x (4 us + 3 ppm of 32 s).
    expect(changes[0]!.uncertainty).to.be.closeTo(8 + 3 * (32.4 + 33.6), 1);
  });

  it('calls a defect worse: its verdict, its difference, its early edge', () => {
    const { changes, regression } = between([recordOf(goodAttempt)], [recordOf(earlyAttempt)]);
    expect(regression).to.equal(true);
    expect(changes.filter((one) => one.regression).map(({ kind }) => kind)).to.deep.equal(['verdict', 'difference']);
    expect(changes.find(({ kind }) => kind === 'timing')).to.include({ what: 'LOAD fell after PRE-ALARM rose', regression: false });
    // The other way round it is mended, and nothing is worse.
    const mended = between([recordOf(earlyAttempt)], [recordOf(goodAttempt)]);
    expect(mended.regression).to.equal(false);
    expect(mended.changes.map(({ kind }) => kind)).to.include.members(['verdict', 'difference']);
  });

  it('leaves out what two units may differ by, but not what one unit may', () => {
    const other = between([recordOf(shifted(0), 1)], [recordOf(shifted(0.3, 2_350), 2)]);
    expect(other.changes).to.deep.equal([]);
    expect(other.notes.join()).to.contain('Not known to be one unit');
    const own = between([recordOf(shifted(0))], [recordOf(shifted(0.3, 2_350))]);
    expect(own.changes.map(({ kind, what }) => `${kind} ${what}`)).to.deep.equal([
      'measurement CURRENT-ON',
      'timing LOAD fell after PRE-ALARM rose',
    ]);
    // Known to +-40 uA on both sides: 70 uA say nothing.
    expect(between([recordOf(shifted(0))], [recordOf(shifted(0, 2_270))]).changes).to.deep.equal([]);
  });

  it('never takes for the same what was not shown: a case that is gone, or a run that says nothing of the unit', () => {
    const gone = between([failedRecord], [goodRecord]);
    expect(gone.regression).to.equal(true);
    expect(gone.changes[0]).to.include({ kind: 'case', after: 'not there' });
    const lost = between([recordOf(goodAttempt)], [recordOf(lostAttempt)]);
    expect(lost.changes[0]).to.include({ kind: 'verdict', before: 'pass', after: 'broken', regression: true });
  });

  it('tells of another order of states, with the first levels of both', () => {
    const edges = [...goodTrace.edges, edge(7, 'charger', 'notHigh', 38.5), edge(8, 'charger', 'high', 38.6)];
    const { changes } = between([recordOf(goodAttempt)], [recordOf({ ...goodAttempt, trace: withEdges(edges) })]);
    expect(changes.find(({ kind }) => kind === 'state')).to.include({
      what: 'charger',
      before: 'notHigh > high',
      after: 'notHigh > high > notHigh > high',
    });
  });

  it('warns where the two were not asked the same, or not judged alike', () => {
    const real = { ...goodRecord, bench: { ...goodRecord.bench, simulated: false }, hashes: { ...goodRecord.hashes, model: 'x' } };
    const scenario = { ...real, cases: real.cases.map((one) => ({ ...one, case: { ...one.case, scenarioHash: 'other' } })) };
    const { notes } = between([goodRecord], [scenario]);
    expect(notes.join('\n'))
      .to.contain('some are not')
      .and.to.contain('different versions of the reference')
      .and.to.contain('The scenario of regression/low-cell-1');
  });
});

describe('one set of runs against another', () => {
  const NOISE = [0.01, -0.02, 0.015, 0.004, -0.011, 0.02];
  const set = (by_s: number, base: number, current = 2_200) =>
    NOISE.map((noise, index) => recordOf(shifted(by_s + noise, current + noise * 1_000), base + index));

  it('calls a failure worse though the rig spoilt a run before it, or one was not run', () => {
    for (const [spoilt, word] of [
      [lostAttempt, 'broken'],
      [notRunAttempt, 'not run'],
    ] as const) {
      const { changes } = between([...three(goodAttempt, 10), recordOf(spoilt, 20)], three(earlyAttempt, 30));
      expect(changes[0], word).to.include({ kind: 'verdict', before: `3 pass, 1 ${word}`, after: '3 fail', regression: true });
    }
  });

  it('finds a shift far below what two single runs could show, and says how surely', () => {
    const { changes } = between(set(0, 1), set(0.1, 20, 2_260));
    expect(changes.map(({ kind, what }) => `${kind} ${what}`)).to.deep.equal([
      'measurement CURRENT-ON',
      'timing LOAD fell after PRE-ALARM rose',
    ]);
    for (const { confidence } of changes) expect(confidence).to.be.above(0.99);
    expect(changes[1]!.delta! - changes[1]!.uncertainty!).to.be.above(0);
  });

  it('finds nothing between two samples of the same', () => {
    expect(between(set(0, 1), set(0.002, 20)).changes).to.deep.equal([]);
  });

  it('calls it worse that some fail where none did, and does not where as many did before', () => {
    const some = [...set(0, 1).slice(0, 5), recordOf(earlyAttempt, 9)];
    const fresh = between(set(0, 1), some);
    expect(fresh.regression).to.equal(true);
    expect(fresh.changes.find(({ kind }) => kind === 'verdict')).to.include({ before: '6 pass', after: '5 pass, 1 fail' });
    expect(between(some, some).changes.filter((one) => one.regression)).to.deep.equal([]);
  });

  it('tests all numbers together: of twenty that are chance none is called sure', () => {
    const tests = Array.from({ length: 20 }, (_, index) => ({ p: (index + 1) / 21 }));
    expect(holm(tests).size).to.equal(0);
    expect(holm([...tests, { p: 1e-4 }, { p: 2e-4 }]).size).to.equal(2);
    // Fisher's tea: three of four right by chance, 17 of 70.
    expect(fewerThan(1, 4, 3, 4)).to.be.closeTo(17 / 70, 1e-9);
  });
});

describe('a comparison for people and programs', () => {
  const comparison = between([recordOf(goodAttempt)], [recordOf(earlyAttempt)]);

  it('fits its document, and exits with 1 where it is worse', () => {
    expect(diffDocument.parse(toDiffDocument(comparison))).to.include({ exit: 1, regression: true });
  });

  it('is told on a terminal and drawn on a page that runs nothing', () => {
    expect(renderDiff(comparison)).to.contain('worse verdict').and.to.contain('by      -7.388 s +-');
    const page = renderDiffPage(comparison);
    expect(page).to.contain('<h1 class="word">worse</h1>').and.to.contain('class="dots').and.to.not.contain('<script');
    const evil = { ...comparison, before: ['<img src=x>'], notes: ['<b>'] };
    expect(renderDiffPage(evil)).to.not.match(/<img|<b>/);
  });
});
