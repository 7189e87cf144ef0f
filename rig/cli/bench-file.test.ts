// A bench file on the command line: what it says reaches the run and the record, and its mistakes are told before anything moves.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { recordShape } from '../../reports/record.ts';
import { checkDocument, runDocument } from '../../reports/shape/documents.ts';
import { defaultBenchFile } from '../bench-file/load.ts';
import { calibrationFile } from '../calibration/calibration.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

const EXAMPLE = readFileSync(new URL('../bench-file/example.yaml', import.meta.url), 'utf8').replace(/^verify:[^]*?(?=^limits:)/mu, '');

const check = async (...argv: readonly string[]) => checkDocument.parse(JSON.parse((await runCommand(['check', ...argv, '--json'])).out));

describe('a bench file on the command line', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const example = scratch.file('bench.yaml', EXAMPLE);
  after(() => scratch.remove());
  const run = async (...argv: readonly string[]) => {
    const { out } = await runCommand(['run', quiet, '--out', scratch.path, '--json', ...argv]);
    return runDocument.parse(JSON.parse(out));
  };

  it('names bench, station and slot in the record, and its own hash; without its calibration nothing passes', async () => {
    const before = await run('--bench-file', example);
    expect(before).to.include({ verdict: 'inconclusive', exit: 3 });
    expect(before.reason).to.contain('is not calibrated');
    scratch.file('line-2-left.calibration.json', calibrationFile(await factoryCalibration(1)));
    const { verdict, run: folder } = await run('--bench-file', example);
    expect(verdict).to.equal('pass');
    const { bench, hashes } = recordShape.parse(JSON.parse(readFileSync(path.join(folder.dir!, 'record.json'), 'utf8')));
    expect(bench).to.deep.include({ id: 'line 2, left', board: '51901B56', station: 'hall 2', slot: 'left', simulated: true });
    expect(hashes.benchFile).to.match(/^[0-9a-f]{64}$/);
  });

  it('is refused for another board', async () => {
    const { message, code } = await refused(['run', quiet, '--seed', '2', '--bench-file', example, '--out', scratch.path], 2);
    expect(code).to.equal('boardMismatch');
    expect(message).to.match(/^The simulated board of seed 2 has the id 519C462E; .*bench\.yaml:5 is for board 51901B56\.$/);
  });

  it('with mistakes ends before anything runs, each mistake at its place', async () => {
    const bad = scratch.file('bad.yaml', 'bench: b\nboard: 7\nratings: { supply: 60 }\n');
    for (const option of [
      ['--bench-file', bad],
      ['--bench', bad],
    ]) {
      const { message, issues } = await refused(['run', quiet, ...option, '--out', scratch.path], 2);
      expect(message).to.equal('2 mistakes in the bench file; nothing was run.');
      expect(issues.map((issue) => issue.slice(0, 4))).to.deep.equal(['2:8 ', '3:20']);
    }
    expect((await refused(['run', quiet, '--bench', path.join(scratch.path, 'none.yaml')], 2)).issues[0]).to.contain('does not exist');
    expect((await refused(['run', quiet, '--bench', example, '--bench-file', bad], 2)).message).to.contain('names another');
    expect((await refused(['run', quiet, '--bench', 'reference', '--bench-file', bad], 2)).message).to.contain('the reference is none');
  });

  it('holds scenarios to its ratings, also in rig check', async () => {
    const high = scratch.file('high.yaml', `${QUIET_SCENARIO}given: { supply: 65 V }\n`);
    const { issues } = await refused(['run', high, '--bench-file', example, '--out', scratch.path], 2);
    expect(issues[0]).to.contain('a supply of 65 V is above the 60 V of bench line 2, left');
    expect((await check(high, '--bench-file', example)).issues.map(({ id }) => id)).to.include('over-rating');
    expect(await check(example)).to.include({ exit: 0, files: 1, cases: 0 });
    expect(await check(scratch.file('bad.yaml', 'bench: b\nboard: 7\n'))).to.include({ exit: 2 });
  });

  it('is looked for in the environment and the folder only where a port is asked for', () => {
    expect(defaultBenchFile({ RIG_BENCH_FILE: '/somewhere/bench.yaml' })).to.equal('/somewhere/bench.yaml');
    expect(defaultBenchFile({ RIG_BENCH_FILE: '' }), 'the project has none of its own').to.equal(null);
  });
});
