import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { compileFiles } from './compile-files.ts';
import { fragmentLoader } from './fragment-files.ts';

const scenario = (fragment: string): string =>
  `scenario: Cold\ncovers: [CHG-TEMP]\ngiven: { include: ../fragments/cold.yaml#${fragment} }\nuntil: 4 s\n`;

describe('included files', () => {
  let folder: string;
  const put = (name: string, text = 'fragments: {}\n'): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const refusal = (given: string): string => {
    const loaded = fragmentLoader(path.join(folder, 'suites/eol/one.yaml'))(path.join(folder, 'suites/eol/one.yaml'), given);
    return loaded.ok ? 'ok' : loaded.id;
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'fragments-'));
    for (const name of ['suites/eol/one.yaml', 'suites/eol/own.yaml', 'suites/fragments/supply.yaml', 'outside.yaml', 'suites/secret.txt'])
      put(name);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are those of the folder and of the folders beside it', () => {
    expect(['own.yaml', './own.yaml', '../fragments/supply.yaml', '../eol/own.yaml'].map(refusal)).to.deep.equal(['ok', 'ok', 'ok', 'ok']);
  });

  it('are none that lead elsewhere, however it is written', () => {
    const escapes = [
      '../../outside.yaml',
      '../fragments/../../outside.yaml',
      path.join(folder, 'suites/eol/own.yaml'),
      '/etc/passwd.yaml',
      'C:\\own.yaml',
      '\\\\server\\share\\a.yaml',
      'file:///etc/a.yaml',
      'https://example.org/a.yaml',
      'own\0.yaml',
      `${'a/'.repeat(200)}b.yaml`,
      '../../suites/../outside.yaml',
    ];
    expect(escapes.map(refusal)).to.deep.equal(escapes.map(() => 'include-escape'));
    expect(['..', '../secret.txt', '.'].map(refusal)).to.deep.equal(['not-a-fragment', 'not-a-fragment', 'not-a-fragment']);
    expect(['nothing.yaml', '../nothing/a.yaml'].map(refusal)).to.deep.equal(['include-missing', 'include-missing']);
  });

  it('are none behind a link that leads elsewhere', () => {
    symlinkSync(path.join(folder, 'outside.yaml'), path.join(folder, 'suites/eol/link.yaml'));
    symlinkSync(folder, path.join(folder, 'suites/eol/all'));
    symlinkSync('own.yaml', path.join(folder, 'suites/eol/inner.yaml'));
    expect(['link.yaml', 'all/outside.yaml', 'inner.yaml'].map(refusal)).to.deep.equal(['include-escape', 'include-escape', 'ok']);
  });

  it('are no devices, folders or endless files', () => {
    mkdirSync(path.join(folder, 'suites/eol/folder.yaml'));
    symlinkSync('/dev/zero', path.join(folder, 'suites/eol/zero.yaml'));
    put('suites/eol/large.yaml', 'x'.repeat(1_048_577));
    expect(['folder.yaml', 'zero.yaml', 'large.yaml'].map(refusal)).to.deep.equal(['include-missing', 'include-escape', 'file-too-large']);
  });

  it('come into the cases, and bring their mistakes under their own name', () => {
    put('suites/fragments/cold.yaml', 'fragments:\n  cold:\n    given: { temperature: 2 °C }\n  bad:\n    given: { temperature: 2 }\n');
    const good = compileFiles([put('suites/eol/cold.yaml', scenario('cold'))]);
    expect(good.issues).to.deep.equal([]);
    expect(good.cases[0]?.timeline.entries[0]?.do).to.deep.include({ kind: 'set' });
    const { issues } = compileFiles([put('suites/eol/bad.yaml', scenario('bad'))]);
    expect(issues.map(({ file, line, id }) => [path.relative(folder, file), line, id])).to.deep.equal([
      ['suites/fragments/cold.yaml', 5, 'bare-number'],
    ]);
  });

  it('that hold fragments alone are no cases of a folder', () => {
    put('suites/eol/one.yaml', 'scenario: One\ncovers: [REACTION]\n');
    rmSync(path.join(folder, 'suites/eol/own.yaml'));
    const { cases, issues, fileCount } = compileFiles([path.join(folder, 'suites')]);
    expect(issues).to.deep.equal([]);
    expect([cases.map(({ id }) => id), fileCount]).to.deep.equal([['eol/one'], 2]);
  });
});
