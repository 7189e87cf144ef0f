import { expect } from 'chai';
import { RigError } from '../../error.ts';
import { FAULTS, findFaults } from './catalogue.ts';

const refusal = (name: string): RigError => {
  try {
    findFaults([name]);
  } catch (cause) {
    expect(cause).to.be.instanceOf(RigError);
    return cause as RigError;
  }
  throw new Error('The fault was found.');
};

describe('catalogue of faults', () => {
  it('finds faults by name, in the order asked for', () => {
    expect(findFaults(['unplugged', 'fixture-clock-fast']).map(({ family }) => family)).to.deep.equal(['link', 'board']);
    expect(findFaults([])).to.deep.equal([]);
  });

  it('hints at the nearest name, and at the list for a word from elsewhere', () => {
    const near = refusal('un-pluged');
    expect([near.code, near.blame, near.hint]).to.deep.equal([
      'optionBad',
      'operator',
      'did you mean unplugged? (`rig run --fault list` names them all)',
    ]);
    expect(refusal('xylophone').hint).to.equal('`rig run --fault list` names them');
  });

  it('gives every fault a name of its own, a sentence, something to do, and a blame where it does not pass', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).to.equal(FAULTS.length);
    for (const { name, summary, acts, verdict, blame } of FAULTS) {
      expect(name).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(summary, name).to.match(/^[A-Z].*\.$/);
      expect(acts, name).not.to.have.length(0);
      expect(verdict === 'pass', name).to.equal(blame === null);
    }
  });

  it('has no two faults that do the same', () => {
    expect(new Set(FAULTS.map(({ acts }) => JSON.stringify(acts))).size).to.equal(FAULTS.length);
  });
});
