/** What parameters come to, and the mistakes one can make with them, each at its place. */

import { expect } from 'chai';
import { HEAD, asked, cases, issuesOf, one, read } from '../testing/scenarios.ts';

describe('parameters', () => {
  it('stand for a whole value, a part of a text, or a number', () => {
    const written = one(
      'steps:\n  - { at: 5 s, every: 2 s, times: 3, supply: 9 V, name: low-one }\nexpect:\n  - { at: low-one + 0.5 s, load: high }\n',
    );
    const reused = one(
      `parameters: { volts: 9 V, often: 3, which: one, pause: 0.5 s }
steps:
  - { at: 5 s, every: 2 s, times: $often, supply: $volts, name: low-$which }
expect:
  - { at: low-$(which) + $pause, load: high }
`,
    );
    expect(asked(reused)).to.deep.equal(asked(written));
    expect(reused.expectations.map(({ text }) => text)).to.deep.equal(written.expectations.map(({ text }) => text));
    expect(reused.parameters).to.deep.equal({ volts: '9 V', often: '3', which: 'one', pause: '0.5 s' });
    expect(reused.id).to.equal('suite/one');
  });

  it('may be mappings, and two dollars are one', () => {
    const how = one('parameters: { how: { H: 3.1 V, L: open } }\nsteps:\n  - { at: 5 s, remote: $how }\n'.replace(', L: open', ''));
    expect(asked(how)).to.deep.equal(asked(one('steps:\n  - { at: 5 s, remote: { H: 3.1 V } }\n')));
    const [costs] = cases('').map(({ title }) => title);
    expect(costs).to.equal('A title');
    const result = read('scenario: It costs $$5\ncovers: [REACTION]\n');
    expect(result.ok && result.cases[0]?.title).to.equal('It costs $5');
  });

  it('carry their mistakes at the value, and unknown, unused and empty ones are told', () => {
    expect(issuesOf(`${HEAD}parameters: { cell: 2.7 }\nsteps:\n  - { at: 5 s, cells: $cell }\n`)).to.deep.equal(['3:21 bare-number']);
    expect(issuesOf(`${HEAD}steps:\n  - { at: 5 s, cells: $cell }\n`)).to.deep.equal(['4:23 unknown-parameter']);
    expect(issuesOf(`${HEAD}parameters: { cell: 2.7 V }\n`)).to.deep.equal(['3:15 unused-parameter']);
    expect(issuesOf(`${HEAD}parameters: { cell: }\nsteps:\n  - { at: 5 s, cells: $cell }\n`)).to.deep.equal(['3:15 missing-value']);
    expect(issuesOf(`${HEAD}parameters: { Cell: 2.7 V }\n`)).to.deep.equal(['3:15 not-a-name']);
    for (const use of ['$Cell', '$(Cell)'])
      expect(issuesOf(`${HEAD}parameters: { Cell: 2.7 V }\nsteps:\n  - { at: 5 s, cells: ${use} }\n`)).to.deep.equal(['3:15 not-a-name']);
    expect(issuesOf(`${HEAD}parameters: { cell_x: 2.7 V }\nsteps:\n  - { at: 5 s, cells: $cell_x }\n`)).to.deep.equal(['3:15 not-a-name']);
    expect(issuesOf(`${HEAD}parameters: [a]\n`)).to.deep.equal(['3:13 wrong-kind']);
    expect(issuesOf(`${HEAD}parameters: { a: 2.7 V, b: $a }\nsteps:\n  - { at: 5 s, cells: $a, supply: $b }\n`)).to.deep.equal([
      '3:28 parameter-of-parameter',
    ]);
  });
});
