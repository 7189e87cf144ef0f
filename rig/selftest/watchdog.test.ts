// A fixture that does not come back fails, also where it answers everything else.
import { expect } from 'chai';
import { converse, standWith } from '../link/testing/bench-under-test.ts';
import { bite, LAST_CHECK, watchdogChecks } from './watchdog.ts';

describe('a fixture that is asked to hang', () => {
  it('and does not start anew is not taken for one that did, however it answers', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    const bitten = await stand.time.run(bite(conversation, stand.time.clock));
    expect(bitten).to.equal(null);
    expect(
      stand.cable.sent.some((line) => line.startsWith('W')),
      'it was asked',
    ).to.equal(true);
    expect(watchdogChecks(bitten).map(({ ok, value }) => [ok, value])).to.deep.equal([
      [false, null],
      [false, null],
    ]);
  });

  it('and stays silent is not either: its bootloader holds it', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    const running = bite(conversation, stand.time.clock);
    stand.time.at(stand.time.now_ms + 100, () => (stand.fixture.silent = true));
    expect(await stand.time.run(running)).to.equal(null);
  });

  it('and starts anew is told by the starts that it counts and by their cause', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    const running = bite(conversation, stand.time.clock);
    stand.time.at(stand.time.now_ms + 100, () => stand.fixture.reset());
    const bitten = await stand.time.run(running);
    expect(bitten, 'its number of boots ends with another digit, which stands for the cause').to.deep.equal({ starts: 0, cause: 6 });
    expect(watchdogChecks(bitten).every(({ ok }) => ok)).to.equal(false);
    expect(watchdogChecks(bitten).at(-1)!.id).to.equal(LAST_CHECK);
  });
});
