import { expect } from 'chai';
import { shownOf } from '../../firmware-ref/exercised/evidence.ts';
import { predict } from '../../firmware-ref/predict.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import { shownBy, type RequirementId } from '../../scenarios/requirements.ts';
import { checkCases } from '../check/check-cases.ts';
import { apart, hasStory, newScenario } from './new-scenario.ts';
import { STORIES } from './stories.ts';

/** What `rig check` has to say of it, but for the proof that a new file cannot have. */
function said(covers: readonly RequirementId[]): readonly string[] {
  const text = newScenario({ covers, schema: 'scenario.json' });
  const read = readAndCompile({ file: 'new.yaml', bytes: Buffer.from(text) });
  if (!read.ok) return read.issues.map(({ line, message }) => `${line}: ${message}`);
  return read.cases.flatMap((testCase) => {
    const shown = shownOf(testCase, predict(testCase), covers);
    return [
      ...read.issues.map(({ line, message }) => `${line}: ${message}`),
      ...checkCases([testCase]).map(({ line, message }) => `${line}: ${message}`),
      ...covers.filter((id) => !shown.has(id)).map((id) => `shows no ${id}`),
    ];
  });
}

describe('the text of a new scenario', () => {
  it('tells a story for every requirement that a unit can show', () => {
    expect(shownBy('unit').filter((id) => !hasStory(id))).to.deep.equal([]);
    for (const id of [...shownBy('rig'), ...shownBy('none')]) expect(hasStory(id), id).to.equal(false);
  });

  for (const id of shownBy('unit'))
    it(`shows ${id}, without a mistake or a warning`, () => {
      expect(said([id])).to.deep.equal([]);
    });

  it('tells any two stories one after the other, or says that they do not go together', () => {
    for (const [index, one] of STORIES.entries())
      for (const other of STORIES.slice(index + 1)) {
        const covers = [...one.shows, ...other.shows];
        if (apart(covers) === null) expect(said(covers), covers.join()).to.deep.equal([]);
        else expect(said(covers), covers.join()).to.not.deep.equal([]);
      }
  });
});
