import { expect } from 'chai';
import { coverageDocument } from '../../reports/shape/coverage.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { collectCoverage } from './coverage.ts';
import type { ProofShelf } from './proofs.ts';

const compiled = (covers: string): Case => {
  const text = `scenario: A case\ncovers: [${covers}]\nsteps:\n  - { at: 4 s, poles: { 3: open } }\n`;
  const result = readAndCompile({ file: 'suite/s.yaml', bytes: Buffer.from(text) });
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  return result.cases[0]!;
};
const shelf = (caught: ReturnType<ProofShelf['of']>) => ({ of: () => caught }) as unknown as ProofShelf;
const covered = (covers: string, id: string, proofs: ReturnType<ProofShelf['of']>) => {
  const document = coverageDocument.parse(collectCoverage([compiled(covers)], shelf(proofs), true));
  return { document, ...document.requirements.find((one) => one.id === id)! };
};

describe('coverage', () => {
  it('needs the label, something in the case that carries it, and a defect caught there', () => {
    const proofs = { 'CHG-OV': 'charger-stuck-high', 'PRE-30S': 'wait-25s' };
    expect(covered('CHG-OV', 'CHG-OV', proofs)).to.deep.include({ status: 'proven' });
    expect(covered('CHG-TEMP', 'CHG-OV', proofs), 'no label').to.deep.include({ status: 'open', scenarios: [] });
    expect(covered('PRE-30S', 'PRE-30S', proofs).scenarios[0], 'nothing carries it').to.include({ proven: false, caught: 'wait-25s' });
    expect(covered('CHG-OV', 'CHG-OV', {}).scenarios[0], 'nothing caught').to.include({ proven: false, caught: null });
    expect(covered('CHG-OV', 'CHG-OV', 'stale').status, 'caught by another text of the file').to.equal('open');
    expect(covered('CHG-OV', 'CHG-OV', null).status).to.equal('open');
  });

  it('says what carries it and at which supply', () => {
    const [shown] = covered('CHG-OV', 'CHG-OV', { 'CHG-OV': 'charger-stuck-high' }).scenarios;
    expect(shown).to.deep.equal({
      case: 'suite/s',
      file: 'suite/s.yaml',
      by: ['charger falls: noCharge'],
      supplies_V: [12.8],
      caught: 'charger-stuck-high',
      proven: true,
    });
  });

  it('keeps apart what only the battery decides and what no test shows', () => {
    const { document } = covered('CHG-OV', 'CHG-OV', { 'BAT-HOT': 'charger-stuck-high' });
    const by = (id: string) => document.requirements.find((one) => one.id === id);
    expect(by('BAT-HOT')).to.deep.include({ shownBy: 'rig', status: 'open' });
    expect(by('AMBIENT')).to.deep.include({ shownBy: 'none', status: 'none' });
    expect(document.proven.missing).to.not.include('BAT-HOT').and.not.include('AMBIENT');
  });

  it('is incomplete, and exits with 2 where it must not be', () => {
    const { document } = covered('CHG-OV', 'CHG-OV', { 'CHG-OV': 'charger-stuck-high' });
    expect(document.exit).to.equal(2);
    expect(document.transitions.missing).to.include('load falls: trip').and.not.include('charger falls: noCharge');
    expect(document.transitions.hit + document.transitions.missing.length).to.equal(document.transitions.total);
    expect(collectCoverage([compiled('CHG-OV')], shelf({}), false).exit).to.equal(0);
  });
});
