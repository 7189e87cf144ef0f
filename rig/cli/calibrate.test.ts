// `rig calibrate`: the board of the simulated bench with its meter, and readings from a file, right and wrong.
import path from 'node:path';
import { expect } from 'chai';
import { calibrateDocument } from '../../reports/shape/station.ts';
import { readCalibration } from '../run/calibration-choice.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig calibrate', () => {
  const scratch = scratchFolder();
  const target = path.join(scratch.path, 'board.json');
  after(() => scratch.remove());

  it('finds on the emulated fixture what the factory found on the circuit, and dates it', async () => {
    const { exit, out } = await runCommand(['calibrate', '--out', target, '--json']);
    const { board, expires } = calibrateDocument.parse(JSON.parse(out));
    const [made, factory] = [readCalibration(target), await factoryCalibration(1)];
    expect([exit, board]).to.deep.equal([0, factory.board]);
    expect(made.channels).to.deep.equal(factory.channels);
    expect(made).to.include({ method: 'meter', made: '2026-11-28T10:00:00Z', expires: '2027-11-28T10:00:00Z' });
    expect(expires).to.equal(made.expires);
  });

  it('refuses readings that cannot be, and leaves the calibration as it was', async () => {
    const wrong = scratch.file('wrong.txt', '2.0\n8.0\n15.9\n40.1\n69.0\n');
    const { message, code } = await refused(['calibrate', '--readings', wrong, '--out', path.join(scratch.path, 'none.json')], 3);
    expect([code, message]).to.deep.equal([
      'calibrationFailed',
      "The meter's reading cannot be: 15.900 V is more than 0.11 V from the 15.00 V set.",
    ]);
    const few = scratch.file('few.txt', '2.0\n');
    expect((await refused(['calibrate', '--readings', few], 2)).message).to.contain('has 1 lines; 5 readings are wanted');
    const words = scratch.file('words.txt', 'two\n8\n15\n40\n69\n');
    expect((await refused(['calibrate', '--readings', words], 2)).message).to.equal('"two" is no voltage.');
    expect((await refused(['calibrate', '--bench', '/dev/null'], 2)).message).to.equal('--meter is missing.');
    expect((await refused(['calibrate', '--bench', 'reference'], 2)).message).to.contain('no board to calibrate');
  });
});
