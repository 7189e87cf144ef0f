import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { toCheckDocument } from './check-document.ts';
import { toBenchDocument, toErrorDocument, toPortsDocument, toPredictDocument, toRunDocument } from './json.ts';
import {
  benchDocument,
  checkDocument,
  DOCUMENTS,
  errorDocument,
  portsDocument,
  predictDocument,
  runDocument,
  schemaText,
} from './shape/documents.ts';
import { goodPrediction } from './testing/build.ts';
import { failedRecord, goodRecord, mixedRecord } from './testing/runs.ts';

const issue = {
  id: 'bare-number',
  severity: 'error',
  file: 'a.yaml',
  line: 3,
  col: 5,
  message: 'a bare number',
  hint: 'write 30 s',
} as const;
const names = Object.keys(DOCUMENTS) as (keyof typeof DOCUMENTS)[];
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the documents of --json', () => {
  for (const name of names) {
    it(`keep schemas/${name} fresh (npm run generate)`, () => {
      const committed = readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8');
      expect(JSON.parse(committed)).to.deep.equal(JSON.parse(schemaText(name)));
    });
  }

  it('give a run with its cases, differences and outcomes', () => {
    for (const record of [goodRecord, failedRecord, mixedRecord])
      expect(runDocument.parse(throughJson(toRunDocument(record, 'reports/runs/x')))).to.be.an('object');
    const run = toRunDocument(failedRecord, 'reports/runs/x');
    expect(run).to.deep.include({
      exit: 1,
      simulated: true,
      verdict: 'fail',
      run: { id: '20260102-030405-0007', dir: 'reports/runs/x' },
      link: { resent: 0, lost: 0, overflow: 0, damaged: 0, stalled_ms: 0 },
    });
    expect(run.cases.map((one) => one.differences.map((difference) => difference.kind))).to.deep.equal([[], ['early']]);
    expect(run.cases[1]?.expectations.map((one) => one.outcome)).to.deep.equal(['broken', 'held']);
  });

  it('give an error, a check, ports and numbers', () => {
    expect(errorDocument.parse(toErrorDocument(3, { code: 'portBusy', message: 'm', hint: 'h' }))).to.include({ exit: 3 });
    expect(checkDocument.parse(toCheckDocument(2, 5, [issue]))).to.include({ exit: 2, files: 2 });
    expect(checkDocument.parse(toCheckDocument(2, 5, [{ ...issue, severity: 'warning' }]))).to.include({ exit: 0 });
    expect(portsDocument.parse(toPortsDocument([{ path: '/dev/ttyACM0', fixture: null, busyBy: '4711', error: null }]))).to.be.an('object');
    const row = {
      id: 'speed',
      value: 480,
      unit: 'x',
      bound: 500,
      sense: '>=',
      met: false,
      baseline: null,
      ratio: null,
      command: 'npm run bench',
    } as const;
    expect(benchDocument.parse(toBenchDocument(true, [row]))).to.include({ exit: 1 });
  });

  it('write an open bound of a prediction as null', () => {
    const open = {
      ...goodPrediction,
      edges: goodPrediction.edges.map((one) => ({ ...one, window_us: [one.window_us[0], Infinity as never] as const })),
    };
    const document = predictDocument.parse(throughJson(toPredictDocument([open])));
    expect(document.cases[0]?.edges[0]?.window_us).to.deep.equal([0, null]);
  });
});
