// No pin moves before host and fixture have found version and signal table to be the same; seen at the emulated pins.
import { expect } from 'chai';
import { BENCH_NETLIST } from '../sim/circuit/stand-in-board.ts';
import { isSafe, type PinChange, watchPins } from '../sim/pin-log.ts';
import { openSimulation } from '../sim/simulation.ts';
import type { HexImage } from '../sim/avr/hex.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../run/images.ts';
import { signalTableHash } from '../wire/signal-table.ts';
import { openFixtureBench } from './bench.ts';
import { RigError } from '../error.ts';
import { caseOf, POWERED, timeline } from './testing/cases.ts';

const LDI = 0xe000;
/** `ldi` of a constant, whatever register it goes to: 1110 kkkk dddd kkkk. */
const isLdi = (word: number, value: number): boolean => (word & 0xf000) === LDI && (((word >> 4) & 0xf0) | (word & 0xf)) === value;

/** The image with another signal table's hash in its hello: its lowest byte one more. Throws where the constant is not loaded by four instructions in a row. */
const withOtherTable = (image: HexImage): HexImage => {
  const hash = signalTableHash();
  const bytes = [0, 8, 16, 24].map((shift) => (hash >>> shift) & 0xff);
  const flash = image.flash.slice();
  const word = (at: number): number => flash[at]! | (flash[at + 1]! << 8);
  const places = Array.from({ length: flash.length / 2 - 4 }, (_, index) => 2 * index).filter((at) =>
    bytes.every((value, index) => isLdi(word(at + 2 * index), value)),
  );
  expect(places, 'one place in the image').to.have.length(1);
  const other = (bytes[0]! + 1) & 0xff;
  const patched = (word(places[0]!) & 0xf0f0) | ((other & 0xf0) << 4) | (other & 0xf);
  flash[places[0]!] = patched & 0xff;
  flash[places[0]! + 1] = patched >> 8;
  return { ...image, flash };
};

const POWER_UP = caseOf(timeline(1_000_000, POWERED));

/** How a case ends on a fixture with this image, and what its pins did. */
const run = async (fixtureImage: HexImage): Promise<{ readonly fault: RigError | null; readonly changes: readonly PinChange[] }> => {
  const simulation = openSimulation({
    seed: 1,
    occasion: 'agreed first',
    fixtureImage,
    unitImage: loadImage(UNIT_IMAGE, 'unit').image,
    netlist: BENCH_NETLIST,
    pace: 'virtual',
  });
  const changes: PinChange[] = [];
  watchPins(
    simulation,
    () => 0,
    (change) => changes.push(change),
  );
  const { binding, path, clock } = simulation;
  try {
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: 'stand-in', seed: 1 });
    try {
      await bench.runCase(POWER_UP);
    } finally {
      await bench.close();
    }
    return { fault: null, changes };
  } catch (cause) {
    if (!(cause instanceof RigError)) throw cause;
    await clock.sleep(3_000);
    return { fault: cause, changes };
  } finally {
    simulation.close();
  }
};

const moved = (changes: readonly PinChange[]): readonly string[] => [
  ...new Set(changes.filter(({ to }) => to === 'high' || (typeof to === 'number' && to !== 0)).map(({ pin }) => pin)),
];

describe('before version and signal table are agreed', () => {
  it('no pin moves on a fixture whose table is another', async () => {
    const { fault, changes } = await run(withOtherTable(loadImage(FIXTURE_IMAGE, 'fixture').image));
    expect(fault?.code).to.equal('signalTable');
    expect(moved(changes)).to.deep.equal([]);
    expect(isSafe(new Map(changes.map(({ pin, to }) => [pin, to])))).to.equal(true);
  });

  it('while the same case moves them where the table is the same', async () => {
    const { fault, changes } = await run(loadImage(FIXTURE_IMAGE, 'fixture').image);
    expect(fault).to.equal(null);
    expect(moved(changes)).to.include.members(['pole1', 'supply', 'supplyEnable']);
  });
});
