/** Which steps are told to do nothing, and which only seem to. */

import { expect } from 'chai';
import { HEAD, beside, issuesOf } from '../language/testing/scenarios.ts';

const found = (...steps: readonly string[]): readonly string[] => issuesOf(`${HEAD}steps:\n${steps.map((one) => `  - ${one}\n`).join('')}`);
const NOTHING = ['4:5 does-nothing'];

const swept = (values: string): readonly string[] =>
  issuesOf(
    `${HEAD}parameters: { cell: 3.3 V }\nsweep: { cell: ${values} }\nsteps:\n  - { at: 5 s, cells: $cell }\n  - { wait: 3 s, cells: 3.3 V }\n`,
  );

describe('a step that sets what stands already', () => {
  for (const word of [
    'cells: 3.3 V',
    'cells: { lowest: 3300 mV }',
    'temperature: 25 °C',
    'cable: connected',
    'supply: 12.8 V',
    'remote: link',
    'remote: { link: closed }',
    'poles: { 4: closed }',
    'poles: closed',
    'cells: { ramp to: 3.3 V, over: 2 s }',
    'cells: 3.3 V, for: 1 s',
    'supply: 12.8 V, for: 1 s',
    'poles: { 1: closed }, remote: link, supply: 12.8 V',
  ])
    it(`is told: ${word}`, () => expect(found(`{ name: a, at: 5 s, ${word} }`)).to.deep.equal(NOTHING));

  for (const word of [
    'cells: 3.29 V',
    'cells: { lowest: 3.25 V }',
    'temperature: 26 °C',
    'cable: broken, for: 1 s',
    'supply: 12.9 V',
    'remote: off',
    'remote: { link: closed, H: battery }',
    'poles: { 1: closed, 4: open }',
    'cells: { ramp to: 3.25 V, over: 2 s }',
    'cells: { noise: 20 mV, every: 1 s, for: 4 s }',
    'supply: { noise: 1 V, every: 1 s, for: 4 s }',
    'cells: 3.3 V, remote: off',
    'sink: { load: 1 A }, for: 20 ms',
    'short: charger, for: 20 ms',
  ])
    it(`is none of these: ${word}`, () => expect(found(`{ name: a, at: 5 s, ${word} }`)).to.deep.equal([]));

  it('is told by what stands then, not by what was given', () => {
    expect(found('{ at: 5 s, cells: 2.7 V }', '{ at: 45 s, cells: 3.3 V }', '{ at: 50 s, cells: 3.3 V }')).to.deep.equal([
      '6:5 does-nothing',
    ]);
    // What is taken back does not stand any more.
    expect(found('{ at: 5 s, remote: off, for: 1 s }', '{ at: 9 s, remote: off }')).to.deep.equal([]);
    expect(found('{ at: 5 s, supply: { ramp to: 20 V, over: 1 s } }', '{ at: 9 s, supply: 20 V }')).to.deep.equal(['5:5 does-nothing']);
    expect(found('{ at: 5 s, remote: { H: 3 V } }', '{ at: 9 s, remote: { H: { ramp to: 3 V, over: 1 s } } }')).to.deep.equal([
      '5:5 does-nothing',
    ]);
  });

  it('may be a mark, a question, or the only one of its rounds that does anything', () => {
    expect(found('{ name: a, at: 5 s }')).to.deep.equal([]);
    expect(found('{ at: 5 s, ask: { text: Ready?, choices: [done] } }')).to.deep.equal([]);
    expect(found('{ at: 5 s, every: 4 s, times: 3, remote: off, for: 2 s }')).to.deep.equal([]);
    expect(found('{ at: 5 s, every: 4 s, times: 3, remote: off }')).to.deep.equal(['4:23 does-nothing']);
    expect(found('{ at: 5 s, every: 9 s, times: 2, steps: [{ remote: off }, { wait: 3 s, remote: link }] }')).to.deep.equal([]);
    expect(found('{ at: 5 s, every: 9 s, times: 2, steps: [{ remote: off }, { wait: 3 s, remote: off }] }')).to.deep.equal([
      '4:23 does-nothing',
      '4:63 does-nothing',
    ]);
  });

  it('is told of a sweep and of a fragment where no case and no place does anything', () => {
    expect(swept('[3.3 V, 3.0 V]')).to.deep.equal([]);
    expect(swept('[3.3 V]')).to.deep.equal(['6:5 does-nothing', '7:5 does-nothing']);
    const part = 'fragments:\n  a:\n    steps: [{ wait: 3 s, remote: off }]\n';
    expect(issuesOf(`${HEAD}steps:\n  - include: a\n  - include: a\n${part}`)).to.deep.equal([]);
    expect(issuesOf(`${HEAD}given: { remote: off }\nsteps:\n  - include: a\n  - include: a\n${part}`)).to.deep.equal(['9:13 does-nothing']);
    const load = beside({ 'f.yaml': part });
    expect(issuesOf(`${HEAD}given: { remote: off }\nsteps:\n  - include: f.yaml#a\n`, { load })).to.deep.equal([]);
  });
});
