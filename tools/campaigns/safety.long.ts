// Small samples of the campaigns about safety: hosts that die, rigs that are killed, and runs that are stopped.
import { expect } from 'chai';
import { ABORT_WAYS, abortOnce } from './abort.ts';
import { deathOf, kept } from './host-death.ts';
import { sigkill } from './sigkill.ts';

/** A machine that tests run on may be busy; what 100 ms are taken for, `node tools/campaigns/aborts.ts` prints. Still below what a silent host would take. */
const STOPPED_ms = 500;
const ROUND_OF_WAYS = ['abort-sigint-rig', 'abort-sigterm-npx', 'abort-parent-gone', 'abort-ctrl-c'];

describe('the pins are safe', () => {
  it('within 1 s, sinks within 250 ms, of the last byte of 20 hosts that died', async () => {
    for (let index = 1; index <= 20; index += 1) {
      const death = await deathOf(index);
      expect(kept(death), JSON.stringify(death)).to.equal(true);
    }
  });
  if (process.platform === 'win32') return; // no pseudo-terminals there

  it('within 1 s of a SIGKILL', async () => {
    const { all_ms, sinks_ms } = await sigkill(1);
    expect(all_ms).to.be.below(1_100);
    expect(sinks_ms).to.be.below(350);
  });
  for (const way of ABORT_WAYS.filter(({ id }) => ROUND_OF_WAYS.includes(id)))
    it(`by a stop: ${way.id}`, async () => expect(await abortOnce(way, 1)).to.be.below(STOPPED_ms));
});
