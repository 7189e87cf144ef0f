// What an author begins with: rig new, rig schema, rig watch.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { hostClock } from '../host-clock.ts';
import { wallTimeOf } from '../calendar.ts';
import { runCommandLine } from './command-line.ts';
import { scenarioSchema } from '../../scenarios/language/editor-schema.ts';
import { shownBy } from '../../scenarios/requirements.ts';
import { runCommand, scratchFolder } from './testing/command.ts';

const refused = async (...argv: string[]): Promise<string> => {
  const { exit, err } = await runCommand(['new', ...argv]);
  expect(exit).to.equal(2);
  return err;
};

describe('rig new', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('writes a scenario that checks clean, names what it covers and tells an editor its schema', async () => {
    const file = path.join(scratch.path, 'mine', 'first.yaml');
    expect((await runCommand(['new', file, '--covers', 'CHG-TEMP, LOAD-UV'])).exit).to.equal(0);
    const text = readFileSync(file, 'utf8');
    const schema = /^# yaml-language-server: \$schema=(.+)$/mu.exec(text)?.[1] ?? '';
    expect(JSON.parse(readFileSync(path.resolve(path.dirname(file), schema), 'utf8'))).to.deep.equal(scenarioSchema());
    expect(text).to.include('  - CHG-TEMP #').and.to.include('  - LOAD-UV #');
    const usual = path.join(scratch.path, 'usual.yaml');
    await runCommand(['new', usual]);
    const { exit, out } = await runCommand(['check', usual]);
    expect([exit, out.trimEnd().split('\n').at(-1)]).to.deep.equal([0, '1 file, 1 case: 0 mistakes, 1 warning']);
    expect(out).to.include('no defect that breaks it is known to be caught here');
    const asked = path.join(scratch.path, 'asked.yaml');
    await runCommand(['new', asked, '--covers', 'CHG-TEMP,LED-RED']);
    expect(readFileSync(asked, 'utf8')).to.include('scenario: A hot bank disconnects the charger\n');
    const checked = await runCommand(['check', asked]);
    expect(checked.out.trimEnd().split('\n').at(-1)).to.equal('1 file, 1 case: 0 mistakes, 1 warning');
    expect(checked.out).to.include('caught here: CHG-TEMP, LED-RED');
  });

  it('says of what it has no story for which scenario shows it, or why nothing can', async () => {
    const file = path.join(scratch.path, 'untold.yaml');
    for (const id of shownBy('rig'))
      expect(await refused(file, '--covers', id), id).to.match(/no story for .*\s+scenarios\/full\/battery-\w+\.yaml shows it/u);
    expect(await refused(file, '--covers', 'LED-RED,AMBIENT')).to.include('no test can show AMBIENT: Needs a climate chamber');
    expect(await refused(file, '--covers', 'LOAD-RECEIVERS,LED-RED,CURRENT-ON')).to.include(
      'LOAD-RECEIVERS and CURRENT-ON cannot be shown',
    );
    expect(existsSync(file)).to.equal(false);
  });

  it('writes over nothing, and refuses other names and requirements', async () => {
    const file = scratch.file('there.yaml', 'precious');
    expect(await refused(file))
      .to.include('is there already')
      .and.to.include('nothing was changed');
    expect(readFileSync(file, 'utf8')).to.equal('precious');
    expect(await refused(path.join(scratch.path, 'a.txt'))).to.include('does not end in .yaml');
    const other = path.join(scratch.path, 'b.yaml');
    expect(await refused(other, '--covers', 'LOAD-VU')).to.include('did you mean LOAD-UV?');
    expect(await refused(path.join(file, 'c.yaml'))).to.include('cannot be written');
    expect(existsSync(other)).to.equal(false);
  });
});

describe('rig schema', () => {
  it('prints the schema of scenarios, and of any document by name', async () => {
    expect(JSON.parse((await runCommand(['schema'])).out)).to.deep.equal(scenarioSchema());
    const { out: list } = await runCommand(['schema', 'list']);
    expect(list.trimEnd().split('\n')).to.include.members(['scenario', 'bench-file', 'station-file', 'run', 'check', 'error']);
    for (const name of list.trimEnd().split('\n'))
      expect(JSON.parse((await runCommand(['schema', name])).out), name).to.have.property('$schema');
    const { exit, err } = await runCommand(['schema', 'scenarioo']);
    expect([exit, err.includes('did you mean scenario?')]).to.deep.equal([2, true]);
  });
});

describe('rig watch', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('draws the file at each save of it or of what it includes, with its mistakes, until it is stopped', async () => {
    const fragments = scratch.file('parts.yaml', 'fragments:\n  low:\n    steps: [{ at: 5 s, cells: 2.7 V }]\n');
    const head = 'scenario: Watched\ncovers: [LOAD-UV]\n';
    const file = scratch.file('watched.yaml', `${head}steps: [{ at: 5 s, cells: 3.0 V }]\nuntil: 45 s\n`);
    let out = '';
    const stream = { write: (text: string) => void (out += text), isTerminal: false, columns: 100, rows: 24 };
    const surroundings = { out: stream, err: stream, env: {}, clock: hostClock, now: () => wallTimeOf('2026-11-29T10:00:00Z') };
    const ended = runCommandLine(['watch', file], surroundings);
    /** What is drawn next, once all of these are in it. */
    const drawn = async (...words: string[]): Promise<string> => {
      for (let look = 0; look < 500 && !words.every((word) => out.includes(word)); look += 1) await delay(10);
      const text = out;
      for (const word of words) expect(text).to.include(word);
      out = '';
      return text;
    };
    try {
      expect(
        await drawn('nothing in this scenario shows LOAD-UV', '0 mistakes, 1 warning, 1 case', 'PRE-ALARM', 'Ctrl-C ends)'),
      ).to.not.include('LOAD floating');
      writeFileSync(file, `${head}steps: [{ include: parts.yaml#low }]\nuntil: 45 s\n`);
      await drawn('0 mistakes', 'LOAD floating', 'Ctrl-C ends)');
      writeFileSync(fragments, 'fragments:\n  low:\n    steps: [{ at: 5 s, cels: 2.7 V }]\n');
      await drawn('parts.yaml:3:', 'cels', '1 mistake', 'Ctrl-C ends)');
      writeFileSync(file, head.replace('LOAD-UV', 'LOAD-VU'));
      await drawn(`${file}:2:10`, 'did you mean LOAD-UV', 'Ctrl-C ends)');
    } finally {
      process.emit('SIGINT');
    }
    expect(await ended).to.equal(2);
  });

  it('watches what is not there yet', async () => {
    const { exit, err } = await runCommand(['watch', 'folder']);
    expect([exit, err.includes('is no scenario file')]).to.deep.equal([2, true]);
  });
});
