import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import type { ProofShelf } from '../campaign/proofs.ts';
import { checkCovers } from './covers.ts';

const compiled = (covers: string): Case => {
  const text = `scenario: A charge alarm\ncovers: [${covers}]\nsteps:\n  - { at: 4 s, poles: { 3: open } }\n`;
  const result = readAndCompile({ file: 's.yaml', bytes: Buffer.from(text) });
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  return result.cases[0]!;
};
const issues = (covers: string, proofs: ReturnType<ProofShelf['of']>): readonly Issue[] =>
  checkCovers([compiled(covers)], { of: () => proofs } as unknown as ProofShelf);

describe('the check of covers', () => {
  it('finds nothing where the case shows it and has caught a unit that breaks it', () => {
    expect(issues('CHG-OV', { 'CHG-OV': 'charger-stuck-high' })).to.deep.equal([]);
  });

  it('refuses what no test can show, and says why', () => {
    const [issue] = issues('AMBIENT', {});
    expect(issue).to.include({ id: 'covers-no-test', severity: 'error', file: 's.yaml', line: 2 });
    expect(issue?.message).to.contain('climate chamber');
  });

  it('warns of what nothing in the case carries, proven or not', () => {
    const [issue] = issues('PRE-30S', { 'PRE-30S': 'wait-25s' });
    expect(issue).to.include({ id: 'covers-not-shown', severity: 'warning', line: 2 });
    expect(issue?.message).to.contain('At least 30 s');
  });

  it('warns of what has not been proven, or only by an earlier text', () => {
    expect(issues('CHG-OV', null)[0]).to.include({ id: 'covers-not-proven', hint: 'rig coverage s.yaml --prove looks for one' });
    expect(issues('CHG-OV', { 'CHG-TEMP': 'x' }).map(({ id }) => id)).to.deep.equal(['covers-not-proven']);
    const both = issues('CHG-OV, CHG-TEMP, LED-RED', { 'LED-RED': 'led-red-dead' });
    expect(both.map(({ message }) => message)).to.deep.equal(['no defect that breaks it is known to be caught here: CHG-OV, CHG-TEMP']);
    expect(issues('CHG-OV', 'stale')[0]?.message).to.contain('has changed since');
  });
});
