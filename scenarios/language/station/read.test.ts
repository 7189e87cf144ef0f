import { expect } from 'chai';
import { formatIssue } from '../../contracts/issue.ts';
import { z } from 'zod';
import { readScenario } from '../read.ts';
import { readStationFile, serialFault } from './read.ts';
import { stationShape } from './shape.ts';

const read = (...lines: readonly string[]) => readStationFile({ file: 'station.yaml', bytes: Buffer.from(lines.join('\n')) });
const station = (...lines: readonly string[]) => {
  const found = read('station: hall 2', ...lines);
  if (!found.ok) throw new Error(found.issues.map(formatIssue).join('\n'));
  return found.station;
};
const mistakes = (...lines: readonly string[]): readonly string[] => {
  const found = read(...lines);
  return found.ok ? [] : found.issues.map(({ line, col, id }) => `${line}:${col} ${id}`);
};

const checked = (...lines: readonly string[]) => {
  const { variants, issues } = readScenario({ file: 'station.yaml', bytes: Buffer.from(lines.join('\n')) });
  return [...issues.map(({ line, col, id }) => `${line}:${col} ${id}`), ...variants.map(({ point }) => `case ${point}`)];
};

describe('a station file', () => {
  it('asks for nothing that it does not say', () => {
    expect(station()).to.deep.include({
      serial: { pattern: null, check: null },
      retest: { attempts: null, afterPass: 'allow' },
      required: [],
    });
  });

  it('says how serial numbers look, how often a unit may be tried, and what must be said', () => {
    const full = station(
      'serial: { pattern: "HQ####-#####", check: luhn }',
      'retest: { attempts: 3, after pass: refuse }',
      'required: [serial, operator, work order]',
    );
    expect(full.retest).to.deep.equal({ attempts: 3, afterPass: 'refuse' });
    expect(full.required).to.deep.equal(['serial', 'operator', 'work order']);
  });

  it('tells all its mistakes at once, each at its place', () => {
    expect(
      mistakes(
        'station: hall 2',
        'serial:',
        '  pattern: ""',
        '  check: lunn',
        'retest: { attempts: 0, after pass: perhaps }',
        'required: [name]',
        'colour: red',
      ),
    ).to.have.members([
      '3:12 not-a-name',
      '4:10 unknown-word',
      '5:21 not-a-count',
      '5:36 unknown-word',
      '6:12 unknown-word',
      '7:1 unknown-key',
    ]);
    expect(mistakes('')).to.have.length(1);
    expect(mistakes('- a')).to.deep.equal(['1:1 not-a-mapping']);
    expect(mistakes('station: [')).to.not.have.length(0);
  });

  it('is known to rig check by its first key, with its mistakes at their places; a bench file may name its station', () => {
    expect(checked('station: hall 2', 'required: [serial]')).to.deep.equal([]);
    expect(checked('station: hall 2', 'retest: { attempts: 0 }', 'colour: red')).to.deep.equal(['2:21 not-a-count', '3:1 unknown-key']);
    expect(checked('station: hall 2', 'serial: { pattern: &a "#" }', 'serial: {}')).to.deep.equal(['3:1 duplicate-key']);
    expect(checked('bench: left', 'station: hall 2', 'board: 1A2B3C4D')).to.deep.equal([]);
    expect(checked('station: hall 2', 'scenario: A title')).to.deep.equal(['case ']);
  });

  it('has a JSON Schema of every key that it may have', () => {
    const schema = z.toJSONSchema(stationShape, { io: 'input' });
    expect(Object.keys(schema.properties ?? {})).to.deep.equal(['station', 'serial', 'retest', 'required']);
    expect([schema.required, schema.additionalProperties]).to.deep.equal([['station'], false]);
  });

  it('refuses a serial number of another form or with a wrong check digit, and no other', () => {
    const asked = station('serial: { pattern: "HQ@*-#####", check: luhn }');
    expect(serialFault('HQA7-99273', asked)).to.contain('check digit');
    // 799273 with luhn's digit is 7992739871 cut to this form: 7 99275.
    const right = Array.from('0123456789', (last) => `HQA7-9927${last}`).filter((serial) => serialFault(serial, asked) === null);
    expect(right).to.have.length(1);
    for (const serial of ['HQa7-99273', 'HQA7-9927', 'HQA7-992731', 'xQA7-99273', 'HQA7 99273', ''])
      expect(serialFault(serial, asked), serial).to.contain('does not look like');
    expect(serialFault(`"><script>'; drop table run`, station())).to.equal(null);
  });
});
