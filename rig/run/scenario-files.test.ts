import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { LARGEST_FILE_bytes, loadScenarioFiles } from './scenario-files.ts';

describe('scenario files', () => {
  let folder: string;
  const put = (name: string, text = 'scenario: a'): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const names = (paths: readonly string[]): string[] =>
    loadScenarioFiles(paths).sources.map(({ file }) => path.relative(folder, file).replaceAll('\\', '/'));

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'scenarios-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('takes a file as it is named, and of a folder every .yaml and .yml below it, by name', () => {
    for (const name of ['b.yaml', 'a/z.yml', 'a/b.yaml', 'notes.txt', 'c.yaml.bak', 'node_modules/x.yaml']) put(name);
    const other = put('other.scenario');
    expect(names([folder])).to.deep.equal(['a/b.yaml', 'a/z.yml', 'b.yaml']);
    expect(names([other])).to.deep.equal(['other.scenario']);
  });

  it('knows where a file lies, however it is named: cases are called by that', () => {
    const file = put('mine/a.yaml');
    expect(loadScenarioFiles([path.relative(process.cwd(), file)]).sources.map((source) => source.path)).to.deep.equal([file]);
  });

  it('gives the bytes, each file once, the first naming of it counting', () => {
    const file = put('a.yaml', 'scenario: größer');
    const { sources, issues } = loadScenarioFiles([file, folder, path.join(folder, '.', 'a.yaml')]);
    expect(sources).to.have.length(1);
    expect(sources[0]!.file).to.equal(file);
    expect(Buffer.from(sources[0]!.bytes).toString('utf8')).to.equal('scenario: größer');
    expect(issues).to.deep.equal([]);
  });

  it('names every path that is missing, empty or too large, and loads the others', () => {
    const good = put('good/a.yaml');
    const large = put('large.yaml', 'x'.repeat(LARGEST_FILE_bytes + 1));
    put('empty/readme.txt');
    const missing = path.join(folder, 'none.yaml');
    const { sources, issues } = loadScenarioFiles([missing, large, path.join(folder, 'empty'), good]);
    expect(sources.map(({ file }) => file)).to.deep.equal([good]);
    expect(issues.map(({ id, severity, file }) => [id, severity, file])).to.deep.equal([
      ['file-missing', 'error', missing],
      ['file-too-large', 'error', large],
      ['folder-empty', 'error', path.join(folder, 'empty')],
    ]);
    expect(issues[0]!.message).to.match(/does not exist/);
    expect(issues[1]!.message).to.include(String(LARGEST_FILE_bytes + 1));
    for (const { hint, line, col } of issues) {
      expect(hint).not.to.equal('');
      expect([line, col]).to.deep.equal([1, 1]);
    }
  });

  it('names a file that may not be read', function () {
    // Root may read everything, and Windows has no such bits.
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    const file = put('secret.yaml');
    chmodSync(file, 0);
    const { sources, issues } = loadScenarioFiles([file]);
    expect(sources).to.deep.equal([]);
    expect(issues.map(({ id }) => id)).to.deep.equal(['file-unreadable']);
    expect(issues[0]!.message).to.match(/may not be read/);
  });

  it('names a folder that has the name of a file, once it cannot be read as one', () => {
    mkdirSync(path.join(folder, 'odd.yaml'));
    const { issues } = loadScenarioFiles([path.join(folder, 'odd.yaml')]);
    expect(issues.map(({ id }) => id)).to.deep.equal(['folder-empty']);
  });
});
