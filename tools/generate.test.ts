import { expect } from 'chai';
import { FIXTURE_NETLIST } from '../rig/fixture/netlist/fixture.ts';
import { wiringRows } from '../rig/fixture/netlist/wiring.ts';
import { staleFiles } from './generate.ts';
import { wiringTable, withWiringTable } from './wiring-page.ts';

describe('generated files', () => {
  it('are what their sources give', () => {
    expect(staleFiles()).to.deep.equal([]);
  });
});

describe('the wiring table of ELECTRICS.md', () => {
  const page = 'before\n<!-- wiring table: generated, do not edit -->\nold\n<!-- end of the wiring table -->\nafter\n';

  it('has a row for each connection, and names each net once', () => {
    const rows = wiringTable().trimEnd().split('\n').slice(2);
    expect(rows).to.have.length(wiringRows(FIXTURE_NETLIST).length);
    const named = rows.flatMap((row) => /^\| \*\*(.+?)\*\* \|/.exec(row)?.[1] ?? []);
    expect(named).to.deep.equal([...new Set(wiringRows(FIXTURE_NETLIST).map(({ net }) => net))]);
  });

  it('says where on the Mega a net arrives', () => {
    expect(wiringTable())
      .to.contain('| **PA0** | D22 | K.pole1 | control |')
      .and.to.contain('| **loadTap** | A1 = ADC1 | R.load.upper | b |');
  });

  it('replaces what stands between the markers and nothing else, and again without a change', () => {
    const fresh = withWiringTable(page);
    expect(fresh)
      .to.match(/^before\n/u)
      .and.to.match(/\nafter\n$/u)
      .and.to.contain('| **PA0** |')
      .and.not.to.contain('old');
    expect(withWiringTable(fresh)).to.equal(fresh);
  });

  it('is not put into a page without its markers', () => {
    expect(() => withWiringTable(page.replace('end of the wiring', ''))).to.throw('the page needs one');
    expect(() => withWiringTable('')).to.throw('the page needs one');
  });
});
