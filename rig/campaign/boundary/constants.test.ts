import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import { loadImage, UNIT_IMAGE } from '../../run/images.ts';
import { BOUNDARY_UNIT, timeOf, withConstants } from './constants.ts';

const { image } = loadImage(fileURLToPath(new URL(`../../../${BOUNDARY_UNIT.image}`, import.meta.url)), 'unit');
const changes = (other: Uint8Array): readonly number[] => [...other.keys()].filter((at) => other[at] !== image.flash[at]);

describe('the constants of the boundary unit', () => {
  it('are put into the image, and nothing else is', () => {
    const wait = withConstants(image, { waitCounts: 0x01020304 });
    expect(changes(wait.flash)).to.have.length(4);
    const [at] = changes(wait.flash);
    expect([...wait.flash.subarray(at, at! + 4)]).to.deep.equal([4, 3, 2, 1]);
    expect(changes(withConstants(image, {}).flash)).to.deep.equal([]);
  });

  it('lie where the firmware reads them: built with what the stand-in does', () => {
    // 31 s, 20 ms; a table in another order would hold other numbers here.
    expect(
      changes(withConstants(image, { waitCounts: 31 * 15_625, waitRest: 0, reactionCounts: 312, gapPins: 0, preAlarmLagCounts: 0 }).flash),
    ).to.deep.equal([]);
    expect(changes(withConstants(image, { lOnBelow: 213, lOffAbove: 218, hOnAbove: 128, hOffBelow: 122 }).flash)).to.deep.equal([]);
  });

  it('are refused where they do not fit, or the image is another', () => {
    expect(() => withConstants(image, { waitCounts: 1.5 })).to.throw('waitCounts');
    expect(() => withConstants(image, { waitCounts: -1 })).to.throw('waitCounts');
    expect(() => withConstants(loadImage(UNIT_IMAGE, 'unit').image, {})).to.throw('no table of constants');
  });

  it('give any time to a quarter of a microsecond', () => {
    for (const time_us of [20_000, 999_867.75, 30_004_191.25]) {
      const { counts, rest } = timeOf(time_us);
      expect(counts * 64 + rest / 4).to.equal(time_us);
    }
  });
});
