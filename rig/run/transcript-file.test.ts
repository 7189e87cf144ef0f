import { expect } from 'chai';
import type { CaseTranscript } from '../bench/case-transcript.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { type KeptTranscript, readTranscripts, transcriptText } from './transcript-file.ts';

const kept = (attempt: number, bound: number, line: string): KeptTranscript => ({
  testCase: { id: `case-${attempt}`, timeline: { endBounds_us: [0, bound] } } as unknown as Case,
  attempt,
  transcript: {
    fitSince: -bound,
    firstLine: 2,
    calibration: null,
    lines: [
      { way: 'sent', at_ms: 0.5, line },
      { way: 'received', at_ms: 1, line: '{"infinite":1}' },
    ],
  } as unknown as CaseTranscript,
});

describe('the text of transcripts', () => {
  it('gives them back as they were, open ends and lines that look like one', () => {
    const all = [kept(1, Infinity, 'P 00'), kept(2, 7, '')];
    expect(readTranscripts(transcriptText(all))).to.deep.equal(all);
  });

  it('of several is the texts of each with one first line', () => {
    const all = [kept(1, Infinity, 'P 00'), kept(2, 7, 'P 01')];
    const [first, second] = all.map((one) => transcriptText([one]));
    expect(transcriptText(all)).to.equal(`${first}${second!.slice(second!.indexOf('\n') + 1)}`);
  });

  it('says which attempt at which case it was, also where the lines are those of another', () => {
    const one = kept(1, 7, 'P 00');
    const other = { ...one, attempt: 2, testCase: kept(3, 8, '').testCase };
    expect(readTranscripts(transcriptText([one, other]))).to.deep.equal([one, other]);
    expect(readTranscripts(transcriptText([other]))).to.deep.equal([other]);
  });
});
