// Flashing an emulated Mega over the serial line it would have, in virtual time, with the built-in programmer.
import { expect } from 'chai';
import { openFixtureBench } from '../bench/bench.ts';
import { Stopped } from '../cli/stop.ts';
import { MemoryCable } from '../link/testing/memory-binding.ts';
import { VirtualTime } from '../link/testing/virtual-time.ts';
import type { BootloaderFault } from '../sim/bootloader/bootloader-fault.ts';
import { loadFixtureImage } from './fixture-image.ts';
import { flashBoard, type FlashStep } from './flash-board.ts';
import { ownProgrammer } from './own-programmer.ts';
import { flashOptions, megaToFlash, refusedFlash } from './testing/blank-mega.ts';

describe('flashing a Mega', function () {
  const image = loadFixtureImage();

  it('that is blank: written, verified, started, and greeted as the fixture that the image makes it', async () => {
    const simulation = megaToFlash();
    const steps: string[] = [];
    let last = 0;
    const onStep = (step: FlashStep, fraction: number): void => {
      if (steps.at(-1) !== step) steps.push(step);
      else expect(fraction, step).to.be.at.least(last);
      last = fraction;
    };
    const result = await flashBoard(flashOptions(simulation, { onStep }));
    expect(result).to.include({ build: image.build, previous: null, named: false, simulated: true });
    expect(steps).to.deep.equal(['greet', 'identify', 'write', 'verify', 'check']);
    // What the chip holds is the image and nothing else below the bootloader.
    expect(Buffer.compare(Buffer.from(simulation.boards.fixture.chip.flash), Buffer.from(image.image.flash))).to.equal(0);
    const { binding, path, clock } = simulation;
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: null, seed: 1 });
    expect(bench.identity).to.include({ board: result.board, firmware: image.build });
    await bench.close();
    simulation.close();
  });

  it('that is a fixture already: what it ran is told, and a new id is kept across the reset', async () => {
    const simulation = megaToFlash({ blank: false });
    const result = await flashBoard(flashOptions(simulation, { boardId: '51ABCDEF' }));
    expect(result).to.include({ board: '51ABCDEF', build: image.build, previous: image.build, named: true });
    expect([...simulation.boards.fixture.chip.eeprom.subarray(0, 4)]).to.deep.equal([0x51, 0xab, 0xcd, 0xef]);
    // What counts its starts lies beside the id and is not lost.
    expect(simulation.boards.fixture.chip.eeprom[4]).to.equal(0);
    simulation.close();
  });

  const FAULTS: readonly (readonly [BootloaderFault, string, RegExp])[] = [
    ['wrong-signature', 'wrongBoard', /signature is 1E950F, ATmega328P .*Nothing was written\./],
    ['silent', 'bootloaderSilent', /No bootloader answers/],
    ['bad-checksum', 'bootloaderFault', /wrong checksum/],
    ['dies-midway', 'bootloaderFault', /could not write the page at 0x01400: it stopped answering/],
    ['worn-page', 'verifyFailed', /byte 0x013\w\w reads \w\w instead of \w\w\./],
  ];
  for (const [fault, code, words] of FAULTS)
    it(`whose bootloader is ${fault} is refused with ${code}`, async () => {
      const simulation = megaToFlash({ fault });
      const refusal = await refusedFlash(flashBoard(flashOptions(simulation)));
      expect(refusal.code).to.equal(code);
      expect(refusal.message).to.match(words);
      const untouched = simulation.boards.fixture.chip.flash.every((byte) => byte === 0xff);
      expect(untouched).to.equal(!['dies-midway', 'worn-page'].includes(fault));
      simulation.close();
    });

  it('after an attempt that broke off: the half-written board hangs, its bootloader does not', async () => {
    const simulation = megaToFlash({ fault: 'dies-midway', blank: false });
    const old = simulation.boards.fixture.chip.flash.slice();
    const other = { ...image.image, flash: image.image.flash.map((byte, at) => (at < image.image.usedBytes ? byte ^ 0xff : byte)) };
    const attempt = ownProgrammer(simulation.binding).flash({
      path: simulation.path,
      clock: simulation.clock,
      file: image.file,
      image: other,
      onProgress: () => undefined,
    });
    expect((await refusedFlash(attempt as Promise<never>)).code).to.equal('bootloaderFault');
    expect(Buffer.compare(Buffer.from(old), Buffer.from(simulation.boards.fixture.chip.flash))).not.to.equal(0);
    // The fault is in its 21st page again; what is asked here is that the board can be asked at all.
    expect((await refusedFlash(flashBoard(flashOptions(simulation)))).message).to.contain('0x01400');
    expect(simulation.failure()).to.equal(null);
    simulation.close();
  });

  it('with an image that is not the one meant ends as not verified, whatever was written', async () => {
    const simulation = megaToFlash({ blank: false });
    const refusal = await refusedFlash(flashBoard(flashOptions(simulation, { image: { ...image, build: '0BADF00D' } })));
    expect(refusal.code).to.equal('verifyFailed');
    expect(refusal.message).to.contain(`flashed with build 0BADF00D and answers as build ${image.build}`);
    simulation.close();
  });

  it('stops when it is told to, between two pages', async () => {
    const simulation = megaToFlash();
    const stop = new AbortController();
    const onStep = (step: FlashStep, fraction: number): void => {
      if (step === 'write' && fraction > 0.2) stop.abort(new Stopped('SIGINT'));
    };
    const cause = await flashBoard(flashOptions(simulation, { onStep, signal: stop.signal })).catch((fault: unknown) => fault);
    expect(cause).to.be.instanceOf(Stopped);
    const { flash } = simulation.boards.fixture.chip;
    expect(flash[0]).not.to.equal(0xff);
    expect(flash[image.image.usedBytes - 1]).to.equal(0xff);
    simulation.close();
  });
});

/** A printer's firmware at the port: code and hint of the refusal. */
const printerAt = async (replace: boolean): Promise<readonly [string, string]> => {
  const time = new VirtualTime();
  const cable = new MemoryCable(time, (say) => ({ hear: () => say('ok T:21.4 /0.0 B:22.1\n') }));
  const options = {
    path: 'mem:a',
    binding: cable.binding,
    clock: time.clock,
    programmer: ownProgrammer(cable.binding),
    image: loadFixtureImage(),
  };
  const work = flashBoard({ ...options, usb: null, replace, onStep: () => undefined });
  const { code, hint } = await refusedFlash(time.run(work));
  return [code, hint];
};

describe('flashing is refused', () => {
  it('for a port that by its USB numbers is another board, before it is opened', async () => {
    const time = new VirtualTime();
    const cable = new MemoryCable(time, () => ({ hear: () => undefined }));
    const usb = { vendorId: '2341', productId: '0043' };
    const options = {
      path: 'mem:a',
      binding: cable.binding,
      clock: time.clock,
      programmer: ownProgrammer(cable.binding),
      image: loadFixtureImage(),
    };
    const work = flashBoard({ ...options, usb, replace: true, onStep: () => undefined });
    const refusal = await refusedFlash(time.run(work));
    expect([refusal.code, cable.openings]).to.deep.equal(['wrongBoard', 0]);
    expect(refusal.message).to.contain('Arduino Uno R3');
  });

  it('for a port that greets as something else, unless that may be replaced', async () => {
    expect(await printerAt(false)).to.deep.equal([
      'portForeign',
      'Choose another port (`rig ports`), or give --replace where what runs on that board may be lost.',
    ]);
    expect((await printerAt(true))[0], 'then its bootloader is asked').to.equal('bootloaderSilent');
  });

  it('where a simulated board is to pass for a real one', async () => {
    const simulation = megaToFlash({ blank: false });
    const { code } = await refusedFlash(flashBoard(flashOptions(simulation, { boardId: '12345678' })));
    expect(code).to.equal('optionBad');
    simulation.close();
  });
});
