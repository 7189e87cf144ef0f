// `rig replay`: what a run's lines give again, and what it says of lines or records that somebody changed.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { replayDocument } from '../../reports/shape/replay.ts';
import { transcriptHash } from '../run/transcript-file.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const SCENARIO = `scenario: A warning comes and goes
covers: [PRE-UV]
steps:
  - { at: 4 s, cells: 3.0 V }
  - { at: 6.5 s, cells: 3.3 V }
until: 9 s
measure: [{ at: 3 s, what: loadDrop, high: 0.15 V }]
`;

interface Hashes {
  readonly hashes: { transcript: string };
}

/** A copy of a run with its lines changed, and the record's hash with them where the forger was thorough. */
const forged = (dir: string, change: (text: string) => string, thorough: boolean): string => {
  const copy = `${dir}-forged`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(dir, copy, { recursive: true });
  const file = path.join(copy, 'transcript.jsonl.gz');
  const text = change(gunzipSync(readFileSync(file)).toString('utf8'));
  writeFileSync(file, gzipSync(text));
  if (thorough) {
    const recordFile = path.join(copy, 'record.json');
    const value = JSON.parse(readFileSync(recordFile, 'utf8')) as Hashes;
    value.hashes.transcript = transcriptHash(text);
    writeFileSync(recordFile, JSON.stringify(value));
  }
  return copy;
};

const replayed = async (dir: string): Promise<(typeof replayDocument)['_output']> => {
  const { exit, out } = await runCommand(['replay', dir, '--json']);
  const document = replayDocument.parse(JSON.parse(out));
  expect(document.exit).to.equal(exit);
  return document;
};

describe('rig replay', () => {
  const scratch = scratchFolder();
  const scenario = scratch.file('warning.yaml', SCENARIO);
  after(() => scratch.remove());

  const record = async (name: string, ...options: string[]): Promise<string> => {
    const out = path.join(scratch.path, name);
    await runCommand(['run', scenario, '--out', out, ...options]);
    const [run] = readdirSync(out);
    return path.join(out, run!);
  };
  it('makes the stored trace and verdict again, of a good unit and of a bad one', async () => {
    for (const [name, options, verdict] of [
      ['good', [], 'pass'],
      ['bad', ['--defect', 'prealarm-missing'], 'fail'],
    ] as const) {
      const { cases, simulated, exit } = await replayed(await record(name, ...options));
      expect([exit, simulated, cases.length]).to.deep.equal([0, true, 1]);
      expect(cases[0]).to.include({ trace: 'equal', stored: verdict, now: verdict, difference: null });
      expect(cases[0]!.lines).to.be.above(50);
    }
  });

  it('does so over a link that loses lines, doubles them or changes their order, and of cases that were broken off', async () => {
    for (const fault of [
      'lines-lost-to-host',
      'lines-doubled-to-host',
      'transfers-overtaken-to-host',
      'fixture-reset',
      'unplugged',
      'ring-overflow',
    ]) {
      const { cases } = await replayed(await record(fault, '--fault', fault));
      expect(cases[0], fault).to.include({ trace: 'equal', difference: null });
    }
  });

  it('refuses lines that are not those of the record, missing ones and a file that is none', async () => {
    const dir = await record('plain');
    const { code, message } = await refused(['replay', forged(dir, (text) => text.replace('"r"', '"a"'), false)], 2);
    expect([code, message.includes('not the one that the record was made with')]).to.deep.equal(['recordDamaged', true]);
    const short = forged(dir, (text) => `${text.split('\n').slice(0, -20).join('\n')}\n`, true);
    expect((await refused(['replay', short], 2)).message).to.match(/lines are missing/u);
    const copy = forged(dir, (text) => text, false);
    writeFileSync(path.join(copy, 'transcript.jsonl.gz'), 'no gzip');
    expect((await refused(['replay', copy], 2)).code).to.equal('recordDamaged');
    rmSync(path.join(copy, 'transcript.jsonl.gz'));
    expect((await refused(['replay', copy], 2)).code).to.equal('runMissing');
  });

  it('shows where a trace is not what its lines give, whichever of the two was changed', async () => {
    const dir = await record('changed');
    // One line of events never came: what it told is in the stored trace alone.
    const lines = forged(dir, (text) => text.replace(/\["r",([\d.]+),"e([^"]*E[^"]*)"\]/u, '["a",$1,"e$2"]'), true);
    const { exit, cases } = await replayed(lines);
    expect([exit, cases[0]!.trace]).to.deep.equal([3, 'differs']);
    expect(cases[0]!.difference).to.match(/: stored .+, from the transcript /u);
    const copy = forged(dir, (text) => text, false);
    const file = path.join(copy, 'record.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"verdict": "pass"/gu, '"verdict": "inconclusive"'));
    const otherwise = await replayed(copy);
    expect([otherwise.exit, otherwise.cases[0]!.trace]).to.deep.equal([3, 'equal']);
    expect(otherwise.cases[0]!.difference).to.equal('result.verdict: stored "inconclusive", from the transcript "pass"');
  });
});
