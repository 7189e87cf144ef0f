import { expect } from 'chai';
import path from 'node:path';
import { checkFiles } from './check-files.ts';

const SUITES = path.join(import.meta.dirname, '../../scenarios');
const FOLDERS = ['eol', 'regression'].map((name) => path.join(SUITES, name));

describe('rig check of several files', () => {
  it('finds the same on one thread and on two', async () => {
    const alone = await checkFiles(FOLDERS, {}, undefined, 1);
    expect(alone.fileCount).to.be.greaterThan(20);
    expect(alone.estimates.length).to.be.at.least(alone.fileCount);
    expect(await checkFiles(FOLDERS, {}, undefined, 2)).to.deep.equal(alone);
  });

  for (const workers of [1, 2]) {
    it(`tells how far it is, up to the last file, on ${workers} thread(s)`, async () => {
      const told: number[] = [];
      const { fileCount } = await checkFiles(
        [FOLDERS[0]!],
        {},
        (done, of) => {
          expect(of).to.be.at.least(done);
          told.push(done);
        },
        workers,
      );
      expect(told.at(-1)).to.equal(fileCount);
      expect(told).to.deep.equal(told.toSorted((a, b) => a - b));
    });
  }
});
