import { expect } from 'chai';
import { formatIssue } from '../contracts/issue.ts';
import { answerFor, readAnswers } from './answers.ts';
import { readScenario } from './read.ts';

const read = (text: string) => readAnswers({ file: 'a.yaml', bytes: Buffer.from(text) });
const wrong = (text: string): readonly string[] => {
  const result = read(text);
  return result.ok ? [] : result.issues.map((issue) => `${issue.line}:${issue.col} ${issue.id}`);
};

const beside = (text: string) => readScenario({ file: 'a.yaml', bytes: Buffer.from(text) });

describe('a file of answers', () => {
  it('gives the first answer that fits case and step', () => {
    const result = read('by: Ann\nanswers:\n  - { case: x/a, step: led, choice: "no" }\n  - { step: led, choice: "yes" }\n');
    if (!result.ok) throw new Error(result.issues.map(formatIssue).join());
    const choice = (id: string, step: string) => answerFor(result.answers, { case: id, step })?.choice;
    expect([choice('x/a', 'led'), choice('x/b', 'led'), choice('x/a', 'other')]).to.deep.equal(['no', 'yes', undefined]);
    expect(result.answers.by).to.equal('Ann');
    expect(result.answers.answers[1]?.place).to.equal('a.yaml:4:26');
  });
  it('is known among the scenarios it stands beside, and no case by itself', () => {
    expect(beside('by: Ann\nanswers:\n  - { step: led, choice: "no" }\n')).to.deep.equal({ issues: [], variants: [] });
    const { issues } = beside('answers:\n  - { stp: led, choice: "no" }\n');
    expect(issues.map(({ line, col, id }) => `${line}:${col} ${id}`)).to.deep.equal(['2:7 unknown-key']);
  });
  it('tells every mistake at its place, on any bytes', () => {
    expect(wrong('answers: []\n')).to.deep.equal(['1:10 empty-list']);
    expect(wrong('answers:\n  - { stp: led, choice: true }\n')).to.deep.equal(['2:7 unknown-key', '2:25 not-text']);
    expect(wrong('')).to.have.length(1);
    expect(wrong('- a\n')).to.have.length(1);
    expect(readAnswers({ file: 'a', bytes: Uint8Array.of(0xff, 0xfe, 0) }).ok).to.equal(false);
  });
});
