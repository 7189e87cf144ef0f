import { expect } from 'chai';
import { parquetReadObjects } from 'hyparquet';
import { makeRecord, type RunRecord } from '../record.ts';
import { facts, failedRecord, goodAttempt, goodRecord, lostAttempt, mixedRecord, notRunAttempt } from '../testing/runs.ts';
import { annotationsOf, renderGithub, renderGitlab } from './annotations.ts';
import { notCertified, renderCertificate } from './certificate.ts';
import { renderCsv } from './csv.ts';
import { labelCode, LabelRefused, outcomeText, renderLabelPng, renderLabelSvg } from './label.ts';
import { plainMarkdown, renderMarkdown } from './markdown.ts';
import { renderParquet } from './parquet.ts';
import { runTables } from './tables.ts';

const real: RunRecord = {
  ...goodRecord,
  bench: { ...goodRecord.bench, simulated: false },
  identity: { ...goodRecord.identity, serial: 'HQ26-1' },
};
const tableOf = (record: RunRecord, name: string) => runTables(record).find((one) => one.name === name)!;
const named = (record: RunRecord, serial: string): RunRecord => ({ ...record, identity: { ...record.identity, serial } });

describe('a run as tables', () => {
  it('has a row for each case, edge, measurement and difference, and each names its run', () => {
    const counts = Object.fromEntries(runTables(mixedRecord).map(({ name, rows }) => [name, rows.length]));
    expect(counts).to.deep.include({ cases: 5, edges: 28, measurements: 4 });
    for (const { columns, rows } of runTables(mixedRecord))
      for (const row of rows) {
        expect(row).to.have.length(columns.length);
        expect(row[0]).to.equal(mixedRecord.runId);
      }
    const [row] = tableOf(failedRecord, 'differences').rows;
    expect(row).to.include('PRE-30S').and.to.include(-4_988_000);
  });

  it('gives a spreadsheet nothing to calculate', () => {
    for (const serial of ['=HYPERLINK("http://x";"y")', '+1+1', '-2', '@SUM(A1)', '\t=1', '  =1', '＝1']) {
      const [, row] = renderCsv(tableOf(named(goodRecord, serial), 'cases')).split('\r\n');
      expect(row).to.match(/^[^,]*,[^,]*,"?'/, serial);
    }
    // Numbers stay numbers, with their sign.
    const { columns } = tableOf(goodRecord, 'edges');
    expect(renderCsv({ name: 'x', columns: columns.slice(0, 3), rows: [[-1.5, 'a"b,c\nd', null]] })).to.equal(
      'run,started,serial\r\n-1.5,"a""b,c\nd",\r\n',
    );
  });

  it('comes out of Parquet as it went in, nulls and all', async () => {
    for (const table of runTables(mixedRecord)) {
      const { buffer, byteOffset, byteLength } = renderParquet(table);
      const rows = await parquetReadObjects({ file: (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength) });
      const expected = table.rows.map((row) => Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index]])));
      expect(rows).to.deep.equal(expected);
    }
    const empty = tableOf(goodRecord, 'differences');
    expect(empty.rows).to.have.length(0);
    expect(() => renderParquet(empty)).to.not.throw();
  });
});

describe('a run for a CI server', () => {
  it('is summed up in Markdown: verdict, differences, cases, where', () => {
    const text = renderMarkdown(failedRecord);
    expect(text).to.match(/^## ❌ FAIL: /);
    expect(text).to.contain('**Simulated: no real unit was tested**').and.to.contain('LOAD fell 25.012 s after PRE');
    expect(renderMarkdown(real))
      .to.match(/^## ✅ PASS: /)
      .and.to.contain('serial number HQ26\\-1')
      .and.to.not.contain('Simulated');
    expect(renderMarkdown(mixedRecord).match(/^\| (❌|✅|🔧|❓|⏭️)/gmu)).to.have.length(5);
  });

  it('makes no markup, table cell or mention of anybody’s text', () => {
    expect(plainMarkdown('<img src=x> | [a](http://b) `c` @team #1\n\u202Ed')).to.equal(
      '&lt;img src=x&gt; \\| \\[a\\]\\(http\\://b\\) \\`c\\` @\u200Bteam \\#1 d',
    );
  });

  it('marks the lines of the scenario: the unit’s doing as errors, all else as warnings', () => {
    const found = annotationsOf(mixedRecord);
    expect(found.filter(({ level }) => level === 'error').every(({ title }) => title.startsWith('regression/low-cell-2'))).to.equal(true);
    expect(found[0]).to.include({ level: 'error', file: 'scenarios/regression/low-cell.yaml' });
    expect(found.find(({ title }) => title.includes('expectation'))).to.include({ line: 15 });
    expect(found.map(({ title }) => title).join())
      .to.contain('low-cell-3: broken')
      .and.to.not.contain('low-cell-5');
    expect(annotationsOf(goodRecord)).to.deep.equal([]);
  });

  it('keeps hostile text inside one workflow command', () => {
    const [line, ...more] = renderGithub([
      { level: 'error', file: 'a,b:c.yaml', line: 3, title: 't::error::x', text: '100%\r\n::stop-commands::x' },
    ]).split('\n');
    expect(line).to.equal('::error file=a%2Cb%3Ac.yaml,line=3,title=t%3A%3Aerror%3A%3Ax::100%25%0D%0A::stop-commands::x');
    expect(more).to.deep.equal(['']);
  });

  it('gives GitLab the same fingerprint for the same finding with other numbers', () => {
    const [early] = JSON.parse(renderGitlab(annotationsOf(failedRecord))) as { fingerprint: string; location: unknown; severity: string }[];
    expect(early).to.deep.include({ severity: 'major', location: { path: 'scenarios/regression/low-cell.yaml', lines: { begin: 1 } } });
    const one = { level: 'error', file: 'a', line: 1, title: 't' } as const;
    const prints = (texts: readonly string[]) =>
      (JSON.parse(renderGitlab(texts.map((text) => ({ ...one, text })))) as { fingerprint: string }[]).map(
        ({ fingerprint }) => fingerprint,
      );
    expect(prints(['25.012 s early'])).to.deep.equal(prints(['24 s early']));
    expect(new Set(prints(['25.012 s early', '24 s early', 'late'])).size).to.equal(3);
  });
});

describe('the papers of a unit', () => {
  it('certify only a real unit that passed whole, and has a name', () => {
    expect(notCertified(real)).to.equal(null);
    expect(renderCertificate(real, 'f'.repeat(64)))
      .to.contain('Test certificate')
      .and.to.contain('f'.repeat(64))
      .and.to.contain('2200 uA')
      .and.to.match(/<td>regression\/[\w-]+<\/td><td>CURRENT-ON<\/td><td class="num">2200 uA/)
      .and.to.contain(`"run ${real.runId}"`);
    const partial = makeRecord({ ...facts([goodAttempt, notRunAttempt]), bench: { ...real.bench } });
    const not: readonly RunRecord[] = [
      goodRecord,
      named(goodRecord, 'HQ26-1'),
      { ...real, identity: { ...real.identity, serial: null } },
      { ...real, ended: 'aborted' },
      { ...real, mode: 'reference' },
      { ...real, dateDoubt: 'it went back' },
      { ...real, bench: { ...real.bench, simulated: null } },
      ...[partial, makeRecord({ ...facts([lostAttempt]), bench: real.bench }), { ...failedRecord, bench: real.bench }].map((one) =>
        named(one, 'HQ26-1'),
      ),
    ];
    for (const [index, record] of not.entries()) {
      expect(notCertified(record), String(index)).to.be.a('string');
      expect(renderCertificate(record, '')).to.contain('This is no certificate').and.to.not.contain('Test certificate');
    }
  });

  it('label a unit with what it came to, and never a simulated one as passed', async () => {
    expect(labelCode(real)).to.equal('HQ26-1;PASS;20260102-030405-0007');
    expect(outcomeText(goodRecord)).to.equal('SIMULATED PASS');
    expect(outcomeText({ ...real, ended: 'aborted' })).to.equal('ABORTED');
    const svg = renderLabelSvg(named(real, '<script>"&'));
    expect(svg)
      .to.contain('&lt;script&gt;&quot;&amp;')
      .and.to.contain('>PASS</text>')
      .and.to.match(/<path d="M/);
    const png = await renderLabelPng(real);
    expect([...png.subarray(1, 4)]).to.deep.equal([0x50, 0x4e, 0x47]);
  });

  it('keep a long serial number on the label, in lines that can be read, and say what was cut', () => {
    for (const serial of ['HQ-1230', 'W'.repeat(16), 'W'.repeat(64), '漢'.repeat(64)]) {
      const svg = renderLabelSvg({ ...named(real, serial), identity: { ...real.identity, serial, unitFirmwareVersion: 'v'.repeat(40) } });
      const [, size, lines] = /<g font-size="([\d.]+)" font-weight="bold">(.*?)<\/g>/.exec(svg)!;
      const shown = [...lines!.matchAll(/y="([\d.]+)"[^>]*>([^<]*)</g)];
      expect(shown.map(([, , line]) => line).join('')).to.equal(serial);
      expect(Number(size), serial).to.be.at.least(1.3);
      // The W of DejaVu Sans Bold is 1.1 times as wide as the face is high; the symbol ends at 24 mm.
      if (serial !== 'HQ-1230') for (const [, , line] of shown) expect(24 + line!.length * 1.1 * Number(size)).to.be.below(48);
      for (const [, y] of shown) expect(Number(y)).to.be.within(3, 10);
      expect(svg).to.contain('vvv…<');
    }
  });

  it('print no serial number that the letters of the PNG label would garble', async () => {
    const error: unknown = await renderLabelPng(named(real, 'Größe-Ω')).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(LabelRefused);
    expect((error as LabelRefused).hint).to.contain('--label svg');
  });

  it('refuse a label without a unit, or with what a scanner would type as keys', () => {
    for (const serial of ['', 'A\rB', 'A\u202EB', 'x'.repeat(65)]) expect(() => renderLabelSvg(named(real, serial))).to.throw(LabelRefused);
    expect(() => renderLabelSvg(goodRecord)).to.throw('no serial number');
  });
});
