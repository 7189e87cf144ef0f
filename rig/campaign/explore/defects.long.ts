/** Exploring finds firmware defects by itself: a sample, each from the seed with which few sequences are enough; all of them, a minute of one core each, are `npm run campaigns -- explore-defects`. */

import { expect } from 'chai';
import { FAULTS_TO_FIND, hunt } from './defects.ts';

/** Sequences that may be tried: a count, so that a busy machine finds as much as an idle one. */
const MOST_SEQUENCES = 12;

const SAMPLE = [
  ['charge-alarm-latches', 1],
  ['poles-read-at-start-only', 1],
  ['led-red-on-low-cell', 1],
  ['prealarm-on-charge-alarm', 1],
  ['charger-off-above-20v', 1],
  ['wait-one-percent-short', 1],
  ['wait-25s', 1],
  ['led-blue-dark-above-20v', 1],
  ['supply-code-8-bits', 1],
  ['start-up-4s', 1],
  ['chain-break-ignored', 1],
  ['charger-retries', 1],
  ['remote-l-chatters', 1],
  ['low-cell-drops-charger', 1],
  ['lockout-above-60v', 1],
  ['start-up-pulse', 1],
  ['low-cell-needs-warning', 1],
  ['remote-h-noisy', 1],
  ['prealarm-stays-after-trip', 1],
  ['charge-alarm-drops-load', 1],
] as const;

describe('exploring', () => {
  it('knows every single fault of the firmware', () => {
    expect(FAULTS_TO_FIND.length).to.be.at.least(40);
  });

  for (const [defect, seed] of SAMPLE)
    it(`finds ${defect} from seed ${seed} within ${MOST_SEQUENCES} sequences`, async () => {
      const { found, text } = await hunt({ defect, seed }, { budget: MOST_SEQUENCES, elapsed: (sequences) => sequences });
      expect(found, text ?? 'nothing differed').to.equal(true);
    });
});
