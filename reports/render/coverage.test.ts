import { expect } from 'chai';
import type { CoverageDocument, RequirementCoverage } from '../shape/coverage.ts';
import { renderCoveragePage } from './coverage-html.ts';
import { renderCoverage } from './coverage-text.ts';

const requirement = (id: string, more: Partial<RequirementCoverage>): RequirementCoverage => ({
  id,
  text: `What ${id} says <of> the unit.`,
  shownBy: 'unit',
  certainty: 'O',
  source: ['F-LOAD'],
  rulings: ['R3'],
  why: '',
  status: 'open',
  scenarios: [],
  ...more,
});
const shown = {
  case: 'eol/production',
  file: 'scenarios/eol/production.yaml',
  by: ['load falls: trip'],
  supplies_V: [12.8, 51.2],
  caught: 'wait-25s',
  proven: true,
};
const DOCUMENT: CoverageDocument = {
  schema: 'bms-rig/coverage/1',
  exit: 2,
  cases: 3,
  requirements: [
    requirement('PROVEN', { status: 'proven', scenarios: [shown] }),
    requirement('UNCAUGHT', { scenarios: [{ ...shown, caught: null, proven: false }] }),
    requirement('UNSHOWN', { scenarios: [{ ...shown, by: [], proven: false }] }),
    requirement('UNCOVERED', {}),
    requirement('BANK', { shownBy: 'rig', status: 'shown', scenarios: [{ ...shown, caught: null, proven: false }] }),
    requirement('HOUSE', { shownBy: 'none', status: 'none', why: 'Looked at.' }),
  ],
  proven: { hit: 1, total: 4, missing: ['UNCAUGHT', 'UNSHOWN', 'UNCOVERED'] },
  transitions: { hit: 1, total: 2, missing: ['load falls: tripped'] },
  bounds: { hit: 2, total: 2, missing: [] },
};

describe('coverage for a person', () => {
  it('on the terminal says why each open requirement is open', () => {
    const text = renderCoverage(DOCUMENT);
    expect(text).to.contain('1 of 4 (25.0 %)').and.to.contain('load falls: tripped');
    expect(text).to.contain('UNCAUGHT: no defect that breaks it was caught in eol/production');
    expect(text).to.contain('UNSHOWN: nothing in eol/production carries it');
    expect(text).to.contain('UNCOVERED: no case covers it');
    expect(text).to.not.contain('BANK:').and.not.contain('HOUSE');
    expect(text.split('\n').every((line) => line.length <= 100)).to.equal(true);
  });

  it('as a page needs nothing but itself, escapes, and keeps the three kinds apart', () => {
    const page = renderCoveragePage(DOCUMENT);
    expect(page)
      .to.match(/^<!doctype html>/u)
      .and.to.contain("default-src 'none'")
      .and.to.not.match(/<script|https?:/u);
    expect(page).to.contain('&lt;of&gt;').and.to.not.contain('<of>');
    expect(page).to.contain('prefers-color-scheme:dark').and.to.contain('@media print').and.to.contain('Simulated');
    const part = (from: string, to: string) => page.slice(page.indexOf(`<h2>${from}`), page.indexOf(`<h2>${to}`));
    expect(part('Shown by a unit', 'Decided by the battery')).to.contain('id="PROVEN"').and.to.not.contain('id="BANK"');
    expect(part('Decided by the battery', 'Shown by no test')).to.contain('id="BANK"').and.to.not.contain('no defect caught');
    expect(part('Shown by no test', 'Transitions')).to.contain('Looked at.');
    expect(page).to.contain('at 12.8, 51.2 V').and.to.contain('<code>wait-25s</code>');
  });
});
