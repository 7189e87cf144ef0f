/** What a person was asked, on the page: with its picture, which is in the page, and with nothing else that a record could slip in. */

import { expect } from 'chai';
import { makeRecord, recordShape, type RunRecord } from '../record.ts';
import { entry, goodCase } from '../testing/build.ts';
import { facts, goodAttempt, goodRecord } from '../testing/runs.ts';
import { renderReport } from './report-html.ts';

const IMAGE = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a', 'hex').toString('base64')}`;

const asked = (image: string | null, choice: string | null = 'yes'): RunRecord => {
  const prompt = { text: 'Is <it> lit?', picture: 'lamp.png', image, choices: ['yes', 'no'], right: ['yes'], step: 'led' };
  const { timeline } = goodCase;
  const entries = [...timeline.entries, entry('step-9', 20, { kind: 'barrier', prompt, deed: null })];
  const trace = {
    ...goodAttempt.trace!,
    operator: [{ entry: 'step-9', question: prompt.text, choice, by: null, from: choice === null ? 'nobody' : 'terminal' } as const],
  };
  return makeRecord({
    ...facts([]),
    cases: [{ testCase: { ...goodCase, timeline: { ...timeline, entries } }, attempts: [{ ...goodAttempt, trace }] }],
  });
};

const parse = (record: RunRecord, change: (text: string) => string) => recordShape.safeParse(JSON.parse(change(JSON.stringify(record))));

describe('questions in the report', () => {
  it('stand there with picture and answer, and the page may show no picture from elsewhere', () => {
    const page = renderReport(asked(IMAGE));
    expect(page).to.contain(`<img src="${IMAGE}"`).and.contain('<dd>Is &lt;it&gt; lit?</dd>').and.contain('<dd>yes (at the terminal)</dd>');
    expect(page.match(/<img/gu)).to.have.length(1);
    expect(page).to.match(/Content-Security-Policy" content="default-src 'none';[^"]*img-src data:;/u);
  });

  it('need no picture, and say where nobody answered', () => {
    const page = renderReport(asked(null, null));
    expect(page).to.contain('<dd>not answered</dd>').and.not.contain('<img').and.not.contain('img-src');
    expect(renderReport(goodRecord)).to.not.contain('<h3>Questions</h3>');
  });

  it('come back from a record, of an earlier rig too, and only with pictures that are pictures', () => {
    expect(parse(asked(IMAGE), (text) => text).data).to.deep.equal(asked(IMAGE));
    expect(parse(asked(null), (text) => text.replace('"image":null,', '')).data).to.deep.equal(asked(null));
    for (const evil of ['data:text/html;base64,PGI+', 'https://example.org/a.png', 'data:image/svg+xml;base64,PHN2Zz4='])
      expect(parse(asked(IMAGE), (text) => text.replace(IMAGE, evil)).success, evil).to.equal(false);
  });
});
