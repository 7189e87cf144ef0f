/** The numbers of the reference are those of the rulings, and each says whence it is. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { numbersOf, PARAMETERS, type ParameterName, type Parameters } from './parameters.ts';

const FACTS = readFileSync(path.join(import.meta.dirname, 'FACTS.md'), 'utf8');
/** Value with its unit, and the words of FACTS.md that give it. */
const ROWS: Readonly<Record<ParameterName, readonly [text: string, ruling: string, words: string]>> = {
  reaction_us: ['2 s', 'R16', '**Reaction** <= 2 s'],
  startUp_us: ['3 s', 'R15', 'within 3 s each output'],
  waitLeast_us: ['30 s', 'R3', '>= 30.000 s of true time'],
  waitMost_us: ['35 s', 'R4', 'PRE rise + 35 s'],
  tripTogether_us: ['0.5 s', 'R9', 'PRE falls within 0.5 s of LOAD'],
  poleSkew_us: ['0.001 s', 'R1', 'within 1 ms'],
  supplyLost_us: ['1 s', 'R14', '< 6.5 V for >= 1 s'],
  glitchOutput_us: ['0.001 s', 'R18', 'an output of >= 1 ms'],
  glitchLed_us: ['0.02 s', 'R18', 'a LED: >= 20 ms'],
  supplyFull_mV: ['8 V', 'R14', '>= 8.0 V: full function'],
  supplyLost_mV: ['6.5 V', 'R14', '6.5 to 8.0 V: anything'],
  supplyJudged_mV: ['3 V', 'R14', 'Below 3 V nothing is judged'],
  remoteLOn_mV: ['3.5 V', 'R13', 'V_L < 3.5 V'],
  remoteHOn_mV: ['2.9 V', 'R13', '2.9 V < V_H'],
  remoteHOff_mV: ['2 V', 'R13', 'H driven below 2.0 V'],
};
/** A value of `L` official: those that FACTS.md calls so. */
const OFFICIAL = ['waitLeast_us', 'tripTogether_us', 'supplyFull_mV', 'remoteLOn_mV', 'remoteHOn_mV'];

describe('the numbers of the reference', () => {
  it('are those of the rulings', () => {
    expect(Object.keys(ROWS)).to.deep.equal(Object.keys(PARAMETERS));
    for (const [name, [text, ruling, words]] of Object.entries(ROWS)) {
      const { value, unit, source } = PARAMETERS[name as ParameterName];
      expect(unit === 'us' ? `${value / 1e6} s` : `${value / 1e3} V`, name).to.equal(text);
      expect(name.endsWith(`_${unit}`), name).to.equal(true);
      expect(source.split(', ')[0], name).to.equal(ruling);
      expect(
        FACTS.split('\n').find((line) => line.startsWith(`| ${ruling} |`)),
        name,
      ).to.include(words);
    }
  });

  it('are official where a published fact is named, and only there', () => {
    const official = Object.entries(PARAMETERS).filter(([, { certainty }]) => certainty === 'O');
    expect(official.map(([name]) => name)).to.have.members(OFFICIAL);
    for (const [name, { source, certainty }] of Object.entries(PARAMETERS)) {
      expect(source.includes('F-'), name).to.equal(certainty === 'O');
      for (const fact of source.split(', ').slice(1)) expect(FACTS, name).to.include(`| ${fact} |`);
    }
  });

  it('are plain for the rules, with those that a profile gave', () => {
    const plain = numbersOf(PARAMETERS);
    expect(plain.waitLeast_us).to.equal(30e6);
    expect(plain).to.not.have.property('learned');
    expect(numbersOf(PARAMETERS), 'worked out once').to.equal(plain);
    const learned: Parameters = { ...PARAMETERS, reaction_us: { ...PARAMETERS.reaction_us, value: 0.5e6, learned: true } };
    const own = numbersOf(learned);
    expect([own.reaction_us, own.waitLeast_us]).to.deep.equal([0.5e6, 30e6]);
    expect([...own.learned!]).to.deep.equal(['reaction_us']);
    expect(numbersOf(PARAMETERS).reaction_us).to.equal(2e6);
  });
});
