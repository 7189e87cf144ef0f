// Folders are made with those above them, and what cannot be made ends in the system's error, and not in an endless search.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { makeFolder } from './make-folder.ts';

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (cause: unknown) => (cause as { readonly code?: string }).code,
  );

describe('a folder that is made', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'bms-rig-make-'));
  after(() => rmSync(scratch, { recursive: true }));

  it('comes with those above it, once, however many want it', async () => {
    const folder = path.join(scratch, 'a', 'b', 'c');
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(folder, 0o700)));
    expect(statSync(folder).isDirectory()).to.equal(true);
    if (process.platform !== 'win32') expect(statSync(path.dirname(folder)).mode & 0o777).to.equal(0o700);
  });

  it('is refused where a file is in the way', async () => {
    const file = path.join(scratch, 'file');
    writeFileSync(file, '');
    expect(await codeOf(makeFolder(file))).to.equal('EEXIST');
    expect(await codeOf(makeFolder(path.join(file, 'below')))).to.be.oneOf(['ENOTDIR', 'EEXIST']);
  });

  it('is refused where a file system denies that it can be', async function () {
    if (!existsSync('/proc/self')) this.skip();
    expect(await codeOf(makeFolder('/proc/no-folder/below'))).to.equal('ENOENT');
  });
});
