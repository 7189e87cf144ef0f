// Records of every version there was, as this rig reads them; each was written by the rig of its time.
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { recordShape, RECORD_SCHEMA } from '../record.ts';
import { migrateRecord, OWN_VERSION, STEPS, versionOf } from './migrate-record.ts';
import { parseRecord } from './read-run.ts';

const FOLDER = new URL('testing/records/', import.meta.url);
const sample = (version: number): string => readFileSync(new URL(`record-${version}.json`, FOLDER), 'utf8');

describe('records of earlier versions', () => {
  const versions = Array.from({ length: OWN_VERSION }, (_, index) => index + 1);

  it('have a sample each, the present one too, and a step each to the next', () => {
    expect(readdirSync(FOLDER).toSorted()).to.deep.equal(versions.map((version) => `record-${version}.json`));
    expect(Object.keys(STEPS).map(Number)).to.deep.equal(versions.slice(0, -1));
  });

  for (const version of versions)
    it(`are read: version ${version}, with all that was measured and judged in it`, () => {
      const text = sample(version);
      const written = JSON.parse(text) as ReturnType<typeof parseRecord>;
      expect(versionOf(written)).to.equal(version);
      const record = parseRecord('record.json', text);
      expect(record.schema).to.equal(RECORD_SCHEMA);
      const { verdict, counts, runId, bench, seed } = written;
      expect(record).to.deep.include({ verdict, counts, runId, bench, seed });
      for (const [index, one] of written.cases.entries()) {
        const found = record.cases[index]!;
        expect(found.case.timeline).to.deep.equal(one.case.timeline);
        expect(found.attempts.map(({ trace }) => trace?.edges)).to.deep.equal(one.attempts.map(({ trace }) => trace?.edges));
        expect(found.attempts.map(({ result }) => result.measurements)).to.deep.equal(
          one.attempts.map(({ result }) => result.measurements),
        );
      }
      // Reading it once more changes nothing.
      expect(recordShape.parse(JSON.parse(JSON.stringify(record)))).to.deep.equal(record);
    });

  it('know no more than they did: who the unit was is null, and nothing is made up', () => {
    const record = parseRecord('record.json', sample(1));
    expect(Object.values(record.identity)).to.deep.equal([null, null, null, null, null, null]);
    expect([record.ended, record.purpose, record.hashes.stationFile]).to.deep.equal(['complete', 'test', null]);
  });

  it('of a later version are refused, and what is none is told as that', () => {
    const next = JSON.stringify({ ...JSON.parse(sample(OWN_VERSION)), schema: `bms-rig/record/${OWN_VERSION + 1}` });
    expect(() => parseRecord('record.json', next))
      .to.throw()
      .with.property('code', 'recordNewer');
    for (const schema of ['bms-rig/record/0', 'bms-rig/record/x', 'other', 7, null])
      expect(() => parseRecord('record.json', JSON.stringify({ schema })))
        .to.throw()
        .with.property('code', 'recordDamaged');
    expect(migrateRecord({ schema: RECORD_SCHEMA, a: 1 }, OWN_VERSION)).to.deep.equal({ schema: RECORD_SCHEMA, a: 1 });
  });
});
