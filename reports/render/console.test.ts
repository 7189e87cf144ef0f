import { expect } from 'chai';
import { finalAttempts, makeRecord } from '../record.ts';
import { goodCase, goodPrediction, goodTrace } from '../testing/build.ts';
import { earlyAttempt, facts, failedRecord, goodAttempt, goodRecord, mixedRecord, retriedRecord } from '../testing/runs.ts';
import { judgeCase } from '../judge/case.ts';
import { renderRun, renderSummary, renderTable } from './console.ts';
import { renderPrediction } from './prediction.ts';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
const row = (text: string, label: string): string => text.split('\n').find((line) => line.trimStart().startsWith(`${label} `)) ?? '';

const judge = (trace: typeof goodTrace, prediction = goodPrediction) => ({
  result: judgeCase({ testCase: goodCase, trace, prediction, mode: 'unit' }),
  trace,
  prediction,
});

describe('a run on the terminal', () => {
  const text = renderRun(failedRecord);

  it('shows each case with its verdict, time and findings', () => {
    const table = renderTable(finalAttempts(mixedRecord)).split('\n');
    expect(table).to.have.length(6);
    expect(table[2]).to.match(/^FAIL +regression\/low-cell-2 +40\.000 s  early LOAD, 1 expectation broken$/);
    expect(table[5]).to.match(/^not run +regression\/low-cell-5 +-$/);
  });

  it('shows a pass that needed more than one attempt as such, in its row and in the summary', () => {
    const [summary, table = ''] = renderRun(retriedRecord).split('\n\n');
    expect(summary).to.contain('PASS · 2 cases: 2 pass · 1 tried again · selected of 9');
    const [, first, second] = table.split('\n');
    expect(first).to.match(/^pass +regression\/low-cell +40\.000 s  attempt 3, after 2 spoilt \(link\)/);
    expect(second).not.to.contain('attempt');
  });

  it('begins with the verdict and the first divergence, and draws it on the first screen', () => {
    const lines = text.split('\n');
    expect(lines[0]).to.match(/^FAIL \(unit\) · 2 cases: 1 FAIL, 1 pass · SIMULATED bench/);
    expect(lines.slice(1, 3).join(' ')).to.match(/LOAD fell 25\.012 s after PRE-ALARM rose, 4\.988 s before/);
    expect(lines.slice(0, 40).some((line) => /^ +allowed +.*\[=+\]/.test(line))).to.equal(true);
    const many = makeRecord(facts([...Array.from({ length: 30 }, () => goodAttempt), earlyAttempt]));
    const first = renderRun(many).split('\n').slice(0, 40).join('\n');
    expect(first)
      .to.match(/pass +30 other cases/)
      .and.to.match(/by {9}4\.988 s too early/);
  });

  it('draws the first of many differences, and counts the rest and what follows', () => {
    const [early] = earlyAttempt.result.differences;
    const at = (one: number, consequence: boolean) => ({
      ...early!,
      consequence,
      expected: { ...early!.expected, latest_us: 41e6 + one * 1e6 },
    });
    const differences = [...Array.from({ length: 9 }, (_, one) => at(one, false)), ...Array.from({ length: 8 }, (_, one) => at(one, true))];
    const crowded = renderRun(makeRecord(facts([{ ...earlyAttempt, result: { ...earlyAttempt.result, differences } }])));
    expect(crowded.match(/^ +by {9}/gm)).to.have.length(6);
    expect(crowded)
      .to.contain('and 3 more differences: see the report')
      .and.to.match(/follows from that: early LOAD at 30\.112 s[^]* and 2 more/);
  });

  it('says what was expected, what came and by how much', () => {
    expect(text).to.contain('expected   floating between 35.100 s and 40.100 s');
    expect(text).to.contain('got        notHigh at 30.112 s (+-2.0 us)');
    expect(text).to.contain('by         4.988 s too early');
    expect(text.replace(/\s+/g, ' ')).to.contain('regression/low-cell.yaml:15, load not high, not before 30 s after preAlarm high');
  });

  it('draws the signal, its cause and the window at the same scale', () => {
    const [pre, load, allowed, off] = ['PRE-ALARM', 'LOAD', 'allowed', 'off'].map((label) => row(text, label));
    const perSecond = (load!.indexOf('\\') - pre!.indexOf('/')) / 25.012;
    expect(allowed!.indexOf('[') - pre!.indexOf('/')).to.be.closeTo(30 * perSecond, 1.5);
    expect(allowed!.indexOf(']') - pre!.indexOf('/')).to.be.closeTo(35 * perSecond, 1.5);
    expect(off!.indexOf('<')).to.equal(load!.indexOf('\\'));
    expect(off).to.contain('4.988 s');
  });

  it('keeps to the width it is given, and to ASCII where asked', () => {
    for (const width of [60, 80, 100, 160]) expect(widest(renderRun(mixedRecord, { width }))).to.be.at.most(width);
    expect(renderRun(mixedRecord, { ascii: true })).to.match(/^[\n\x20-\x7e]*$/);
  });

  it('is coloured only when asked', () => {
    expect(text).to.not.contain('\u001b');
    const coloured = renderRun(failedRecord, { colour: true });
    expect(coloured).to.contain('\u001b[31m');
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).to.equal(text);
  });

  it('sums up on one line, and says simulated', () => {
    expect(renderSummary(goodRecord)).to.equal('PASS · 1 case: 1 pass · SIMULATED bench · 40.5 s in 0.06 s (675 x) · seed 7');
    expect(renderSummary(failedRecord)).to.contain('FAIL (unit) · 2 cases: 1 FAIL, 1 pass');
    const real = makeRecord(
      facts([goodAttempt], {
        bench: { id: 'slot-1', board: 'mega-7', simulated: false, faults: [] },
        seed: null,
      }),
    );
    expect(renderSummary(real)).to.contain('bench slot-1').and.to.not.contain('SIMULATED');
    expect(renderSummary(makeRecord(facts([goodAttempt], { mode: 'reference' })))).to.contain('reference only, no unit');
  });

  it('draws a missing edge, a drop-out and a value without a picture', () => {
    const missing = goodPrediction.edges.map((one) => (one.id === 'pre-2' ? { ...one, observed: null } : one));
    const gone = judge({ ...goodTrace, edges: goodTrace.edges.slice(0, -1) }, { ...goodPrediction, edges: missing });
    expect(renderRun(makeRecord(facts([gone])))).to.match(/missing: PRE-ALARM did not become floating[^]*got {8}nothing[^]*allowed/);
    const current = judge({ ...goodTrace, samples: goodTrace.samples.map((one) => ({ ...one, value: 4_000 })) });
    expect(renderRun(makeRecord(facts([current])))).to.match(
      /expected {3}1100 to 3300 uA\n {4}got {8}4000 uA \+-40\n {4}by {9}700 uA too high/,
    );
    const base = goodTrace.edges.slice(-1)[0]!;
    const dip = [7, 8].map((seq) => ({
      ...base,
      seq,
      signal: 'charger' as const,
      level: seq === 7 ? ('notHigh' as const) : ('high' as const),
      at_us: (38e6 + (seq - 7) * 5_000) as typeof base.at_us,
    }));
    expect(renderRun(makeRecord(facts([judge({ ...goodTrace, edges: [...goodTrace.edges, ...dip] })])))).to.match(
      /dropOut[^]*CHARGER +‾+\\_+\/‾+/,
    );
    expect(earlyAttempt.result.verdict).to.equal('fail');
  });
});

describe('a prediction on the terminal', () => {
  const text = renderPrediction(goodCase, goodPrediction);
  it('draws what may be and lists each edge with its window, cause and basis', () => {
    expect(row(text, 'PRE-ALARM')).to.match(/^ {2}PRE-ALARM {2}_+▒+‾+▒+_+$/);
    expect(text).to.contain('LOAD       floating  35.100 s to 40.100 s (R3, PRE-30S, official)');
    expect(text).to.contain('within 2.000 s after step-1 (pole4 open)');
    expect(text).to.contain('unchanged  red LED dark');
  });
  it('keeps to width and ASCII', () => {
    expect(widest(renderPrediction(goodCase, goodPrediction, { width: 72 }))).to.be.at.most(72);
    expect(renderPrediction(goodCase, goodPrediction, { ascii: true })).to.match(/^[\n\x20-\x7e]*$/);
  });
  it('says so where an edge may come whenever it likes, or not at all', () => {
    const edges = goodPrediction.edges.map((one) => ({
      ...one,
      window_us: [one.window_us[0], Infinity as never] as const,
      required: false,
    }));
    expect(renderPrediction(goodCase, { ...goodPrediction, edges, complete: false })).to.match(
      /from 5\.000 s on \(may stay away\)[^]*gave up/,
    );
  });

  it('tells what the link went through where that was not nothing, also of a run that passed', () => {
    const link = { ...goodRecord.link, resent: 3, crcErrors: 2, stalled_ms: 500 };
    expect(renderRun({ ...goodRecord, link })).to.contain('link: 3 lines sent again, 2 damaged, host held up for 500 ms');
    expect(renderRun(goodRecord)).not.to.contain('link:');
  });
});
