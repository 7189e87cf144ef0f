/** What fragments come to, and what cannot be included. */

import { expect } from 'chai';
import { HEAD, asked, beside, issuesOf, one, read } from '../testing/scenarios.ts';

const DROPS = `fragments:
  trip:
    parameters: { cell: 2.7 V, id: low }
    given: { supply: 25.6 V, cells: 3.3 V }
    steps:
      - { name: $id, wait: 5 s, cells: $cell }
      - { after: load falls, timeout: 36 s, cells: 3.3 V }
    expect:
      - { edge: load falls, after: $id, within: 35 s }
    measure:
      - { at: 4 s, what: loadDrop, high: 0.15 V }
`;
const load = beside({ 'drops.yaml': DROPS });
const use = (ref: string): string => `given: { include: ${ref}, supply: 9 V }
parameters: { cell: 2.6 V }
steps:
  - include: ${ref}
    with: { cell: $cell, id: first }
  - { wait: 1 s, remote: off }
expect:
  - { include: ${ref}, with: { id: first } }
measure:
  - { include: ${ref}, with: { id: first } }
`;
describe('include', () => {
  it('puts a fragment in place, from this file or another, with its own parameters', () => {
    const written = one(`given: { supply: 9 V, cells: 3.3 V }
steps:
  - { name: first, wait: 5 s, cells: 2.6 V }
  - { after: load falls, timeout: 36 s, cells: 3.3 V }
  - { wait: 1 s, remote: off }
expect:
  - { edge: load falls, after: first, within: 35 s }
measure:
  - { at: 4 s, what: loadDrop, high: 0.15 V }
`);
    for (const included of [one(use('drops.yaml#trip'), { load }), one(`${use('trip')}${DROPS}`)]) {
      expect(asked(included).map(({ at_us, action }) => [at_us, action])).to.deep.equal(
        asked(written).map(({ at_us, action }) => [at_us, action]),
      );
      expect(included.timeline.entries.map(({ id }) => id)).to.include.members(['step-1-1', 'step-1-2', 'step-2', 'measure-1']);
      expect(included.expectations.map(({ text }) => text)).to.deep.equal(written.expectations.map(({ text }) => text));
    }
  });

  it('shows a mistake in the file it is made in', () => {
    const wrong = beside({ 'f.yaml': 'fragments:\n  a:\n    steps:\n      - { wait: 5, cells: 3 V }\n' });
    expect(issuesOf(`${HEAD}steps:\n  - include: f.yaml#a\n`, { load: wrong })).to.deep.equal(['f.yaml 4:17 bare-number']);
  });

  it('a fragment that needs a value says which', () => {
    const needs = 'fragments:\n  a:\n    parameters: { cell: }\n    steps: [{ wait: 5 s, cells: $cell }]\n';
    const { issues } = read(`${HEAD}steps:\n  - include: a\n${needs}`);
    expect(issues[0]).to.include({ id: 'missing-key', line: 4, message: 'the fragment "a" needs "cell"' });
    expect(issues).to.have.length(1);
    const texts =
      'fragments:\n  a:\n    parameters: { id: }\n    steps: [{ name: $(id)-low, wait: 5 s, cells: 3 V }, { name: $id, wait: 5 s }]\n';
    expect(issuesOf(`${HEAD}steps:\n  - include: a\n${texts}`)).to.deep.equal(['4:5 missing-key']);
    const misnamed = 'fragments:\n  a:\n    parameters: { Cell: }\n    steps: [{ wait: 5 s, cells: $Cell }]\n';
    expect(issuesOf(`${HEAD}steps:\n  - { include: a, with: { Cell: 3 V } }\n${misnamed}`)).to.deep.equal(['7:19 not-a-name']);
    expect(issuesOf(misnamed.replace('Cell:', 'Cell: 3 V'))).to.deep.equal(['3:19 not-a-name']);
  });

  it('of the own file that nothing includes, or only in part, is a mistake', () => {
    const tail = 'fragments:\n  tail:\n    steps: [{ wait: 5 s, cells: 3 V }]\n    expect: [{ at: 4 s, load: high }]\n';
    expect(issuesOf(HEAD + tail)).to.deep.equal(['4:3 unused-fragment']);
    expect(issuesOf(`${HEAD}steps:\n  - include: tail\n${tail}`)).to.deep.equal(['8:5 unused-fragment']);
    expect(issuesOf(`${HEAD}steps:\n  - include: tail\nexpect:\n  - include: tail\n${tail}`)).to.deep.equal([]);
    // Included by one that nothing includes, it does not happen either.
    const outer = `${tail}  outer:\n    steps: [{ include: tail }]\n    expect: [{ include: tail }]\n`;
    expect(issuesOf(HEAD + outer)).to.deep.equal(['4:3 unused-fragment', '7:3 unused-fragment']);
    // An include that went wrong is told alone.
    expect(issuesOf(`${HEAD}steps:\n  - include: tial\n${tail}`)).to.deep.equal(['4:14 unknown-fragment']);
  });

  it('uses each of its parameters in some part', () => {
    const part = 'fragments:\n  a:\n    parameters: { cell: 3 V, spare: 3 V }\n    steps: [{ wait: 5 s, cells: $cell }]\n';
    expect(issuesOf(`${HEAD}steps:\n  - include: a\n${part}`)).to.deep.equal(['7:30 unused-parameter']);
    expect(issuesOf(part)).to.deep.equal(['3:30 unused-parameter']);
    expect(issuesOf(`${part}    given: { supply: $spare }\n`)).to.deep.equal([]);
    // Misspelt it is told where it is used.
    expect(issuesOf(part.replace('spare:', 'sell:').replace('$cell', '$cel'))).to.deep.equal(['4:33 unknown-parameter']);
  });

  it('that multiplies without end is refused', () => {
    const names = 'abcdefg';
    const bomb = names
      .split('')
      .map((name, index) => `  ${name}:\n    steps:\n${`      - include: ${names[index + 1] ?? 'z'}\n`.repeat(12)}`)
      .join('');
    const found = issuesOf(`${HEAD}steps:\n  - include: a\nfragments:\n${bomb}  z:\n    steps: [{ wait: 1 s, cells: 3 V }]\n`);
    expect(found.map((text) => text.split(' ')[1])).to.include('too-large');
    expect(found.length).to.be.lessThan(5);
  });
});
