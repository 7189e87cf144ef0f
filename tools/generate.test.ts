import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { billRows, orderRows } from '../rig/fixture/hardware/bill.ts';
import { boughtAs } from '../rig/fixture/hardware/bought.ts';
import { FIXTURE_NETLIST } from '../rig/fixture/netlist/fixture.ts';
import { joinNetlists } from '../rig/fixture/netlist/netlist.ts';
import { MINUS } from '../rig/fixture/netlist/part.ts';
import { TEST_PLUG } from '../rig/fixture/netlist/plug.ts';
import { connectionsOf, wiringRows } from '../rig/fixture/netlist/wiring.ts';
import { staleFiles } from './generate.ts';
import { schematicFiles, wiringTable, withHardware } from './hardware-page.ts';

const HARDWARE = readFileSync(path.join(import.meta.dirname, '../rig/fixture/HARDWARE.md'), 'utf8').replaceAll('\r\n', '\n');
const NETLIST = joinNetlists(FIXTURE_NETLIST, TEST_PLUG);
/** Of the committed page, by its markers. */
const section = (name: string): string => HARDWARE.split(`<!-- ${name}: generated`)[1]!.split(`<!-- end of the ${name}`)[0]!;

const cells = (name: string, column: number): readonly string[] =>
  section(name)
    .split('\n')
    .filter((row) => row.startsWith('| '))
    .slice(1)
    .map((row) => row.split('|')[column]!.trim());

const ordered = (type: RegExp): number =>
  orderRows(FIXTURE_NETLIST)
    .filter((row) => type.test(row.type))
    .reduce((sum, { count }) => sum + count, 0);

describe('generated files', () => {
  it('are what their sources give', () => {
    expect(staleFiles()).to.deep.equal([]);
  });
});

describe('HARDWARE.md', () => {
  const nets = new Set(NETLIST.parts.flatMap((part) => connectionsOf(part).map(({ net }) => net)));
  const sheets = schematicFiles().map(({ text }) => text);

  it('has every part of the netlist in wiring, bill and schematic', () => {
    const wired = new Set([...cells('wiring table', 3), ...cells('wiring of the test plug', 3)]);
    const billed = [...cells('bill of materials', 1), ...cells('bill of the test plug', 1)].flatMap((names) => names.split(', '));
    const drawn = sheets.flatMap((text) => [...text.matchAll(/data-part="([^"]+)"/gu)].map((match) => match[1]!));
    expect(billed).to.have.members(NETLIST.parts.map(({ ref }) => ref));
    for (const { ref } of NETLIST.parts) {
      expect(wired, ref).to.include(ref);
      expect(drawn, ref).to.include(ref);
    }
  });

  it('has every net of the netlist in wiring and schematic, and each part of the bill on a net', () => {
    const wired = new Set([...cells('wiring table', 1), ...cells('wiring of the test plug', 1)].map((name) => name.replaceAll('*', '')));
    const drawn = new Set(sheets.flatMap((text) => [...text.matchAll(/data-net="([^"]+)"/gu)].map((match) => match[1]!)));
    for (const net of nets) {
      expect(wired, net).to.include(net);
      expect(drawn, net).to.include(net);
      // Battery minus has its sign, every other net its name.
      if (net !== MINUS)
        expect(
          sheets.some((text) => new RegExp(`>${net}[ <]`, 'u').test(text)),
          net,
        ).to.equal(true);
    }
    for (const part of NETLIST.parts) expect(connectionsOf(part), part.ref).to.have.length.above(0);
  });

  it('shows each sheet that there is', () => {
    for (const { file } of schematicFiles()) expect(section('schematic')).to.contain(`](${file})`);
  });

  it('is not filled in without its markers', () => {
    expect(() => withHardware(HARDWARE.replace('<!-- end of the bill of materials -->', ''))).to.throw('the page needs one');
    expect(() => withHardware('')).to.throw('the page needs one');
    expect(withHardware(HARDWARE)).to.equal(HARDWARE);
  });
});

describe('the wiring table', () => {
  it('has a row for each connection, and names each net once', () => {
    const rows = wiringTable(FIXTURE_NETLIST).trimEnd().split('\n').slice(2);
    expect(rows).to.have.length(wiringRows(FIXTURE_NETLIST).length);
    const named = rows.flatMap((row) => /^\| \*\*(.+?)\*\* \|/.exec(row)?.[1] ?? []);
    expect(named).to.deep.equal([...new Set(wiringRows(FIXTURE_NETLIST).map(({ net }) => net))]);
  });

  it('says where on the Mega a net arrives', () => {
    const table = wiringTable(FIXTURE_NETLIST);
    expect(table).to.contain('| **PA0** | D22 | K.pole1 | control |').and.to.contain('| **loadTap** | A1 = ADC1 | R.load.upper | b |');
  });
});

describe('the bill of materials', () => {
  it('says of each part what to order: value, tolerance, rating, type', () => {
    for (const row of [...billRows(NETLIST), ...orderRows(NETLIST)])
      for (const key of ['type', 'value', 'tolerance', 'rating'] as const)
        expect(row[key], `${row.refs.join(', ')}: ${key}`).to.match(/\S/u);
    for (const part of NETLIST.parts) {
      const { items, type } = boughtAs(part);
      if (items.length === 0) expect(type, part.ref).to.match(/^(comes with the Arduino Mega 2560|not bought)/u);
    }
  });

  it('orders as many as there are, and packages that hold several whole', () => {
    const photoMos = FIXTURE_NETLIST.parts.filter((part) => part.kind === 'switch' && part.style === 'photoMos').length;
    expect(ordered(/^photo-MOS/u)).to.equal(photoMos);
    expect(ordered(/^spring contact/u)).to.equal(FIXTURE_NETLIST.parts.filter(({ kind }) => kind === 'contact').length);
    expect(ordered(/^quad 16-bit/u), 'three outputs of one converter').to.equal(1);
    expect(ordered(/^dual precision monostable/u), 'five monostables').to.equal(3);
  });

  it('rates each resistor for the whole supply across it, where it may see that', () => {
    const BEHIND_A_GATE = ['plug.R.female1', 'plug.R.female3', 'plug.R.female4'];
    for (const part of NETLIST.parts) {
      if (part.kind !== 'resistor' || part.resistance_Ohm.nominal < 1_000 || BEHIND_A_GATE.includes(part.ref)) continue;
      if (part.ref.endsWith('lower')) continue; // the upper one takes fifteen sixteenths
      const power_W = 70 ** 2 / part.resistance_Ohm.nominal;
      const rated_W = Number(/([\d.]+) W/u.exec(boughtAs(part).items[0]!.rating)?.[1] ?? 0.25);
      expect(power_W, part.ref).to.be.at.most(rated_W);
    }
  });
});
