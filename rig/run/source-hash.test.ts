import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { sourceHash } from './source-hash.ts';

const ROOT = path.join(import.meta.dirname, '../..');

describe('source hash', () => {
  let folder: string;
  let name: string;
  const put = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);

  beforeEach(() => {
    // Below the project, since that is where a folder of sources is looked for.
    folder = mkdtempSync(path.join(ROOT, 'node_modules', '.source-hash-'));
    name = path.relative(ROOT, folder).split(path.sep).join('/');
    put('a.ts', 'export const a = 1;');
    put('b.js', 'export const b = 2;');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is 64 hex digits and the same twice', () => {
    expect(sourceHash(name)).to.match(/^[0-9a-f]{64}$/);
    expect(sourceHash(name)).to.equal(sourceHash(name));
    expect(sourceHash('rig/run')).to.equal(sourceHash('rig/run'));
  });

  it('changes with a content, a name and a file more', () => {
    const seen = new Set([sourceHash(name)]);
    put('a.ts', 'export const a = 2;');
    seen.add(sourceHash(name));
    put('c.ts', '');
    seen.add(sourceHash(name));
    rmSync(path.join(folder, 'c.ts'));
    put('d.ts', '');
    seen.add(sourceHash(name));
    expect(seen.size).to.equal(4);
  });

  it('does not change with tests, declarations and files that are no sources', () => {
    const before = sourceHash(name);
    for (const file of ['a.test.ts', 'types.d.ts', 'README.md', 'image.hex']) put(file, 'more');
    expect(sourceHash(name)).to.equal(before);
  });

  it('tells folders and their order apart', () => {
    expect(sourceHash('rig/run', 'rig/wire')).not.to.equal(sourceHash('rig/wire', 'rig/run'));
  });
});
