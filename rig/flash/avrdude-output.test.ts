// What avrdude 7.1 said in these situations, cut to what matters.
import { expect } from 'chai';
import { AvrdudeOutput } from './avrdude-output.ts';
import type { FlashPhase } from './programmer.ts';

const NO_MODEM = 'avrdude OS error: ioctl("TIOCMGET"): Inappropriate ioctl for device\n';
const BEGIN = `${NO_MODEM}\navrdude: AVR device initialized and ready to accept instructions\navrdude: device signature = 0x1e9801 (probably m2560)\n`;
const WRITTEN = `${BEGIN}avrdude: writing 19920 bytes flash ...\n\nWriting | ${'#'.repeat(50)} | 100% 0.28s\n\navrdude: 19920 bytes of flash written\n`;
const VERIFIED = `${WRITTEN}\nReading | ${'#'.repeat(50)} | 100% 0.81s\n\navrdude: 19920 bytes of flash verified\n${NO_MODEM}\navrdude done.  Thank you.\n`;

const heard = (text: string): AvrdudeOutput => {
  const output = new AvrdudeOutput(() => undefined);
  output.take(text);
  return output;
};
const faultOf = (text: string, exit: number | null) => heard(text).fault('/dev/ttyACM0', exit);

describe('what avrdude says', () => {
  it('is success only with an exit of 0, a word of verification, and no complaint', () => {
    expect(faultOf(VERIFIED, 0)).to.equal(null);
    expect(faultOf(VERIFIED, 1)?.code).to.equal('bootloaderFault');
    expect(faultOf(WRITTEN, 0)?.code, 'not verified').to.equal('bootloaderFault');
    expect(faultOf(VERIFIED, null)?.code, 'killed').to.equal('bootloaderFault');
    // As it ends where every answer had a wrong checksum.
    const garbled = VERIFIED.replace(
      'avrdude: 19920 bytes of flash verified',
      'avrdude error: unable to communicate with programmer (-4)\navrdude: 19920 bytes of flash verified',
    );
    expect(faultOf(garbled, 0)?.code).to.equal('bootloaderFault');
  });

  it('is progress by the marks of its bars, and silence is not', () => {
    const told: [FlashPhase, number][] = [];
    const output = new AvrdudeOutput((phase, fraction) => told.push([phase, fraction]));
    for (const piece of ['Writing | ', '##', '', '#', `${'#'.repeat(47)} | 100%\n\nReading | #`]) output.take(piece);
    expect(told).to.deep.equal([
      ['write', 0.04],
      ['write', 0.06],
      ['write', 1],
      ['verify', 0.02],
    ]);
    expect(output.take('avrdude error: timeout\n')).to.equal(false);
  });

  it('names the wrong chip', () => {
    const text =
      'avrdude: device signature = 0x1e950f (probably m328p)\navrdude error: expected signature for ATmega2560 is 1E 98 01\n        double check chip or use -F to override this check\n';
    const fault = faultOf(text, 1)!;
    expect(fault.code).to.equal('wrongBoard');
    expect(fault.message).to.contain('1E950F, ATmega328P');
  });

  it('names the byte that is not as written', () => {
    const text = `${WRITTEN}avrdude warning: verification mismatch\n        device 0xf3 != input 0xf1 at addr 0x1300 (error)\navrdude error: verification mismatch\n`;
    expect(faultOf(text, 1)?.message).to.contain('byte 0x1300 reads f3 instead of f1');
  });

  it('is shown by its last lines where it is something else, and gives up on answers that stay garbled', () => {
    const fault = faultOf(
      `${NO_MODEM}avrdude error: timeout communicating with programmer\navrdude error: unable to open programmer wiring on port /dev/ttyACM0\n`,
      1,
    )!;
    expect(fault.message).to.equal(
      'avrdude could not flash /dev/ttyACM0: avrdude error: timeout communicating with programmer / avrdude error: unable to open programmer wiring on port /dev/ttyACM0',
    );
    expect(heard('avrdude error: wrong checksum\n'.repeat(20)).hopeless).to.equal(false);
    expect(heard('avrdude error: wrong checksum\n'.repeat(21)).hopeless).to.equal(true);
  });
});
