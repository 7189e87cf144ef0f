import { expect } from 'chai';
import { REQUIREMENTS } from '../../../scenarios/requirements.ts';
import { ALSO_BREAKS, breakersOf, brokenBy } from './breaks.ts';
import { DEFECTS, findDefect } from './catalogue.ts';

describe('what a defect breaks', () => {
  it('names defects that exist, and requirements that a unit shows, each once', () => {
    for (const [name, also] of Object.entries(ALSO_BREAKS)) {
      const { found } = findDefect(name);
      expect(found, name).to.not.equal(null);
      for (const id of also) expect(REQUIREMENTS[id].shownBy, `${name}: ${id}`).to.equal('unit');
      expect(new Set([...also, found!.requirement]).size, name).to.equal(also.length + 1);
    }
  });

  it('begins with what the defect declares, and asks those that declare it first', () => {
    for (const defect of DEFECTS) expect(brokenBy(defect)[0]).to.equal(defect.requirement);
    const names = breakersOf('PRE-30S').map(({ name }) => name);
    expect(names[0]).to.equal('wait-25s');
    expect(names).to.include('no-wait-without-warning');
    expect(breakersOf('AMBIENT')).to.deep.equal([]);
  });
});
