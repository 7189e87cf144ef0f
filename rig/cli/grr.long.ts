// `rig grr` on the simulated bench: turn by turn with answers from a file, stopped and gone on with, its end as text, page and document; and what it refuses.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { countsForUnit } from '../../reports/judge/counting.ts';
import { grrDocument } from '../../reports/shape/evidence.ts';
import { type Study, studyShape } from '../grr/study-file.ts';
import { loadRun } from './stored-run.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const MEASURED = `scenario: A healthy unit is measured
covers: [CURRENT-ON]
steps: []
until: 4.5 s
measure:
  - { at: 4 s, what: supplyCurrent, name: current on, low: 1.1 mA, high: 3.3 mA }
`;

describe('rig grr', () => {
  const scratch = scratchFolder();
  const scenario = scratch.file('measured.yaml', MEASURED);
  const study = path.join(scratch.path, 'study.json');
  const common = ['--study', study, '--out', path.join(scratch.path, 'runs')];
  after(() => scratch.remove());
  const stored = (): Study => studyShape.parse(JSON.parse(readFileSync(study, 'utf8')));

  it('takes turn after turn until somebody stops, and keeps each reading', async () => {
    const plan = ['--parts', 'left,right', '--operators', 'Early', '--trials', '2'];
    const answers = scratch.file('answers.txt', '\nq\n');
    const { exit, out } = await runCommand(['grr', scenario, ...common, ...plan, '--answers', answers]);
    expect([exit, stored().taken.length]).to.deep.equal([0, 1]);
    expect(out).to.contain('2 parts x 1 operators x 2 trials').and.to.contain('1 of 4 readings taken');
    expect(Object.keys(stored().taken[0]!.values)).to.have.length(1);
    const { record } = await loadRun('latest', path.join(scratch.path, 'runs'));
    const { purpose, identity } = record;
    expect([purpose, countsForUnit(record)]).to.deep.equal(['study', false]);
    expect(identity).to.include({ operator: 'Early', attempt: null });
    expect(['left', 'right']).to.include(identity.serial);
  });

  it('is not kept from its turns by rules for tests of a unit, and leaves those their attempts', async () => {
    const rules = 'station: hall 2\nserial: { pattern: "left" }\nretest: { attempts: 1 }\nrequired: [serial, work order]\n';
    const env = { RIG_STATION_FILE: scratch.file('station.yaml', rules) };
    const plan = ['--parts', 'left,right', '--operators', 'Early', '--trials', '2', '--study', path.join(scratch.path, 'ruled.json')];
    const out = path.join(scratch.path, 'ruled');
    expect((await runCommand(['grr', scenario, ...plan, '--out', out, '--json'], { env })).exit).to.equal(0);
    const unit = ['--serial', 'left', '--work-order', 'W', '--station', env.RIG_STATION_FILE, '--out', out];
    expect((await runCommand(['run', scenario, ...unit], { env })).exit).to.equal(0);
    expect((await loadRun('latest', out)).record.identity.attempt).to.equal(1);
  });

  it('goes on where it was left, and tells what came of it', async () => {
    const before = stored().taken;
    const page = path.join(scratch.path, 'grr.html');
    const told = await runCommand(['grr', ...common, '--json', '--html', page]);
    const found = grrDocument.parse(JSON.parse(told.out));
    expect(found).to.include({ complete: true, taken: 4, of: 4, simulated: true, exit: 0 });
    expect(stored().taken.slice(0, 1)).to.deep.equal(before);
    const [one] = found.measurements;
    expect(one!.name).to.match(/measured: current on$/);
    // The converter scatters, and the two parts draw other currents.
    expect(one!.grr).to.be.within(0.05, 20);
    const values = stored().taken.flatMap((turn) => Object.values(turn.values).map(({ value }) => value));
    expect(new Set(values).size, 'no reading is another one again').to.equal(4);
    expect(readFileSync(page, 'utf8')).to.contain('Simulated').and.to.not.contain('<script');
    const again = await runCommand(['grr', ...common]);
    expect(again.out.replaceAll(/\s+/g, ' ')).to.contain('says nothing of a bench that exists').and.to.contain('none is measured badly');
    expect(stored().taken).to.have.length(4);
  });

  it('refuses another plan for a study that is begun, other scenarios, and a file that is none', async () => {
    expect((await refused(['grr', ...common, '--parts', '5'], 2)).message).to.contain('--parts is fixed');
    expect((await refused(['grr', scenario, ...common], 2)).message).to.contain('is begun already');
    const changed = { ...stored(), taken: stored().taken.slice(0, 3) };
    writeFileSync(study, JSON.stringify(changed));
    writeFileSync(scenario, MEASURED.replace('3.3 mA', '3.2 mA'));
    expect((await refused(['grr', ...common], 3)).message).to.contain('is not what the study was begun with');
    writeFileSync(scenario, MEASURED);
    const nothing = scratch.file('nothing.json', '{}');
    expect(await refused(['grr', '--study', nothing], 2)).to.include({ code: 'fileUnreadable' });
    expect(readFileSync(nothing, 'utf8')).to.equal('{}');
  });

  it('refuses a plan that is none, before anything is run', async () => {
    const fresh = ['grr', scenario, '--study', path.join(scratch.path, 'fresh.json')];
    for (const [option, value] of Object.entries({ parts: '1', trials: '1', operators: 'A,A', seed: 'x' }))
      await refused([...fresh, `--${option}`, value], 2);
    await refused([...fresh, '--bench', 'reference'], 2);
    expect(existsSync(path.join(scratch.path, 'fresh.json'))).to.equal(false);
  });
});
