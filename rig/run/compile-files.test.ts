import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { compileFiles } from './compile-files.ts';

const GOOD = `
scenario: A healthy unit starts
covers: [POWER-UP]
given: { supply: 12.8 V, remote: link, poles: closed }
steps: []
until: { wait: 3.3 s }
`;

describe('compile files', () => {
  let folder: string;
  const put = (name: string, text: string): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'compile-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives the cases of all files in order', () => {
    put('suite/b.yaml', GOOD);
    put('suite/a.yaml', GOOD);
    const { cases, issues, fileCount } = compileFiles([folder]);
    expect(cases.map(({ id }) => id)).to.deep.equal(['suite/a', 'suite/b']);
    expect([issues, fileCount]).to.deep.equal([[], 2]);
  });

  it('collects the mistakes of every file, the unreadable and the missing too, and keeps the good cases', () => {
    const bad = put('suite/bad.yaml', GOOD.replace('12.8 V', '12.8 A'));
    put('suite/good.yaml', GOOD);
    const missing = path.join(folder, 'none.yaml');
    const { cases, issues } = compileFiles([missing, folder]);
    expect(cases.map(({ id }) => id)).to.deep.equal(['suite/good']);
    expect(new Set(issues.map(({ file }) => file))).to.deep.equal(new Set([missing, bad]));
    expect(issues.every(({ severity }) => severity === 'error')).to.equal(true);
  });

  it('refuses a second case of one id, naming the file of the first', () => {
    const first = put('one/suite/a.yaml', GOOD);
    const second = put('two/suite/a.yaml', GOOD);
    const { cases, issues } = compileFiles([folder]);
    expect(cases.map(({ place }) => place.file)).to.deep.equal([first]);
    expect(issues.map(({ id, file }) => [id, file])).to.deep.equal([['duplicate-case', second]]);
    expect(issues[0]!.message).to.include(first);
  });
});
