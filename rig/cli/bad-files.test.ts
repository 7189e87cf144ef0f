// What `rig run` says of scenario files that are not: exit 2, each mistake with its place and what to do.
import { truncateSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const scenario = (lines: string): string => `scenario: A mistake\ncovers: [LOAD-UV]\n${lines}`;

const issuesOf = async (...files: string[]): Promise<readonly string[]> => {
  const { code, issues } = await refused(['run', ...files], 2);
  expect(code).to.equal('issues');
  return issues;
};

const only = async (file: string): Promise<string> => {
  const issues = await issuesOf(file);
  expect(issues).to.have.length(1);
  return issues[0]!;
};

describe('scenario files with mistakes', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('a file or folder that is not there, an empty folder', async () => {
    expect(await only(`${scratch.path}/none.yaml`)).to.match(/^1:1 .*none\.yaml does not exist\. \(give a scenario file/);
    const inside = path.join(scratch.path, 'inside');
    mkdirSync(inside);
    expect(await only(inside)).to.match(/holds no scenario file/);
  });

  it('an empty file and a file of bytes', async () => {
    expect(await only(scratch.file('empty.yaml', ''))).to.match(/^1:1 .*empty/i);
    expect(
      await only(
        scratch.file(
          'bytes.yaml',
          Uint8Array.from({ length: 4096 }, (_, index) => (index * 97) & 0xff),
        ),
      ),
    ).to.match(/^1:\d+ .*(text|UTF-8|byte)/i);
  });

  it('a file of 50 MB is not read', async () => {
    const file = scratch.file('huge.yaml', '');
    truncateSync(file, 50e6);
    expect(await only(file)).to.match(/50000000 bytes, more than 1048576/);
  });

  it('aliases that multiply are refused where the first one stands', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `${'abcdefghijkl'[level]}: &x${level} [${Array(10)
          .fill(level === 0 ? '1 V' : `*x${level - 1}`)
          .join(', ')}]`,
    );
    const issues = await issuesOf(scratch.file('bomb.yaml', scenario(`${levels.join('\n')}\nuntil: 1 s\n`)));
    expect(
      issues.some((issue) => /^[34]:\d+ .*alias/i.test(issue)),
      issues.join('\n'),
    ).to.equal(true);
  });

  it('volts where seconds are wanted', async () => {
    expect(await only(scratch.file('unit.yaml', scenario('until: 45 V\n')))).to.match(/^3:8 45 V is a voltage, a time is expected/);
  });

  it('an unknown signal, with the nearest one', async () => {
    const issue = await only(
      scratch.file('signal.yaml', scenario('until: 45 s\nexpect:\n  - { edge: lod falls, after: 1 s, within: 5 s }\n')),
    );
    expect(issue).to.match(/^5:\d+ .*lod.*load/);
  });

  it('several mistakes in several files are all told at once', async () => {
    const first = scratch.file('first.yaml', scenario('untl: 1 s\ngiven:\n  suply: 12.8 V\n'));
    const second = scratch.file('second.yaml', scenario('until: 5\n'));
    const { err, exit } = await runCommand(['run', first, second]);
    expect(exit).to.equal(2);
    expect(err).to.match(/first\.yaml:3:1 .*untl.*until/);
    expect(err).to.match(/first\.yaml:5:3 .*suply.*supply/);
    expect(err).to.match(/second\.yaml:3:8 /);
    expect(err).to.match(/rig: \d mistakes in the scenario files; nothing was run\./);
  });
});
