/** One mistake, one message: across the points of a sweep, and never more than a person reads. */

import { expect } from 'chai';
import { formatIssue } from '../../contracts/issue.ts';
import type { Issue } from '../../contracts/issue.ts';
import { MAX_ISSUES, acrossPoints, readable } from './merged.ts';

const issue = (line: number, over: Partial<Issue> = {}): Issue => ({
  id: 'no-time',
  severity: 'error',
  file: 'a.yaml',
  line,
  col: 1,
  message: 'this is wrong',
  hint: 'mend it',
  ...over,
});

describe('issues of several cases', () => {
  it('are told once, with the point where not all have them', () => {
    const merged = acrossPoints([
      { point: 'cell=2.6 V', issues: [issue(4), issue(2)] },
      { point: 'cell=2.7 V', issues: [issue(2, { message: 'this is wrong too' })] },
      { point: 'cell=2.8 V', issues: [issue(4), issue(2), issue(9, { hint: '' })] },
    ]);
    expect(merged.map(({ line, message, hint }) => [line, message, hint])).to.deep.equal([
      [2, 'this is wrong', 'mend it'],
      [4, 'this is wrong', 'mend it; at cell=2.6 V and 1 more of 3 points'],
      [9, 'this is wrong', 'at cell=2.8 V'],
    ]);
  });

  it('of one case stay as they are, but for what a repeated step says again', () => {
    const two = [issue(3, { message: '"scenario" is missing' }), issue(3, { message: '"covers" is missing' })];
    expect(acrossPoints([{ point: '', issues: [...two, ...two] }])).to.deep.equal(two);
  });

  it('end with a count where there are too many to read', () => {
    const all = readable(
      'a.yaml',
      Array.from({ length: 250 }, (_, index) => issue(index + 1)),
    );
    expect(all).to.have.length(MAX_ISSUES + 1);
    expect(all.at(-1)).to.include({ id: 'more', message: '150 more mistakes follow' });
    expect(readable('a.yaml', [issue(1)])).to.deep.equal([issue(1)]);
  });

  it('do nothing to a terminal, whatever stood in the file', () => {
    const [told] = readable('a.yaml', [issue(1, { message: '"a\u001B[2Jb\u202E" is wrong', hint: 'not \u0000 or \uD800' })]);
    expect(told).to.include({ message: String.raw`"a\u001b[2Jb\u202e" is wrong`, hint: String.raw`not \u0000 or \ud800` });
    expect(formatIssue(issue(1, { file: '\u001B]0;x\u0007.yaml' }))).to.equal(
      String.raw`\u001b]0;x\u0007.yaml:1:1 this is wrong (mend it) [no-time]`,
    );
  });
});
