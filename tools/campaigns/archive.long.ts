// Small samples of the campaigns about records and archives.
import { expect } from 'chai';
import { randomStream } from '../../rig/sim/random.ts';
import { rowsOf } from '../rows.ts';
import { ARCHIVE } from './archive.ts';
import { cutJournal, killRig, wholeRun } from './power-cut.ts';
import { TAMPERED_CHAINS } from './tampered-chains.ts';

describe('the campaign of power cuts', () => {
  it('loses at most the last event in 30 journals that are cut and 3 rigs that are killed', async () => {
    const whole = await wholeRun();
    const states = new Set<string>();
    for (let seed = 1; seed <= 30; seed += 1) {
      const { wrong, state } = await cutJournal(randomStream(seed, 'power cut'), whole);
      expect(wrong, `seed ${seed}`).to.equal(null);
      states.add(state);
    }
    expect([...states]).to.include.members(['under way', 'over']);
    for (let seed = 1; seed <= 3; seed += 1)
      expect((await killRig(randomStream(seed, 'power cut'), 3_000)).wrong, `seed ${seed}`).to.equal(null);
  });
});

describe('the campaign of tampered chains', () => {
  it('finds each of 600 and names its place', async () => {
    const { rows, notes } = await TAMPERED_CHAINS.run({ count: 600, seed: 1, row: rowsOf('test') });
    expect(
      rows.filter(({ met }) => !met),
      notes.join('\n'),
    ).to.deep.equal([]);
  });
});

describe('the campaign of the archive', () => {
  it('takes runs in and answers each week, on every database that there is here', async () => {
    const { rows } = await ARCHIVE.run({ count: 3_000, seed: 1, row: rowsOf('test') });
    // How fast is for the campaign itself; here each question has to be answered.
    expect(rows.length).to.be.oneOf([5, 10]);
    for (const { value } of rows) expect(value).to.be.above(0);
  });
});
