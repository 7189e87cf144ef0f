// The real avrdude against an emulated bootloader behind a pseudo-terminal. CI installs avrdude and sets RIG_HAS_AVRDUDE, so that it cannot be missing there unnoticed.
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { scratchFolder } from '../cli/testing/command.ts';
import { hostClock } from '../host-clock.ts';
import type { BootloaderFault } from '../sim/bootloader/bootloader-fault.ts';
import { avrdudeMissing, avrdudeProgrammer, findAvrdude } from './avrdude.ts';
import { loadFixtureImage } from './fixture-image.ts';
import type { FlashPhase } from './programmer.ts';
import { refusedFlash } from './testing/blank-mega.ts';
import { megaOnPty } from './testing/mega-on-pty.ts';

const found = findAvrdude({ env: process.env, platform: process.platform });

describe('avrdude', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('is found on the path, and where it is not, the message says how to get it', () => {
    const program = scratch.file('avrdude', '');
    const search = { env: { PATH: `/nowhere:${scratch.path}` }, platform: 'linux' } as const;
    expect(findAvrdude(search), 'not executable').to.equal(null);
    chmodSync(program, 0o755);
    expect(findAvrdude(search)).to.equal(program);
    expect(findAvrdude({ env: {}, platform: 'linux' })).to.equal(null);
    writeFileSync(path.join(scratch.path, 'avrdude.exe'), '', { mode: 0o755 });
    expect(findAvrdude({ env: { Path: scratch.path }, platform: 'win32' })).to.match(/avrdude\.exe$/);
    expect(avrdudeMissing('linux').hint).to.contain('apt-get install avrdude');
    expect(avrdudeMissing('darwin').hint).to.contain('brew install avrdude');
    expect(avrdudeMissing('win32').hint).to.contain('winget');
  });

  it('is here where CI says that it installed it', () => {
    if (process.env['RIG_HAS_AVRDUDE'] === '1') expect(found).to.be.a('string');
  });

  if (found === null || process.platform === 'win32') return;

  const image = loadFixtureImage();
  const attempt = async (fault: BootloaderFault | null) => {
    const mega = await megaOnPty(fault);
    const phases = new Set<FlashPhase>();
    const programmer = avrdudeProgrammer(found);
    const work = programmer.flash({
      path: mega.path,
      file: image.file,
      image: image.image,
      clock: hostClock,
      onProgress: (phase) => phases.add(phase),
    });
    return { mega, phases, work, programmer };
  };

  it('writes the image and verifies it, with progress; a board id as well', async () => {
    const { mega, phases, work, programmer } = await attempt(null);
    try {
      await work;
      const { usedBytes, flash } = image.image;
      expect(Buffer.compare(mega.flash.subarray(0, usedBytes), flash.subarray(0, usedBytes))).to.equal(0);
      expect([...phases]).to.deep.equal(['write', 'verify']);
      expect(mega.counts).to.deep.equal({ opened: 1, started: 1 });
      await programmer.writeEeprom({ path: mega.path, clock: hostClock }, Uint8Array.from([0x0a, 0, 0, 7]));
      expect([...mega.eeprom.subarray(0, 5)]).to.deep.equal([0x0a, 0, 0, 7, 0xff]);
    } finally {
      mega.close();
    }
  });

  const FAULTS: readonly (readonly [BootloaderFault, string, RegExp])[] = [
    ['wrong-signature', 'wrongBoard', /1E950F, ATmega328P/],
    // avrdude 7.1 itself ends with 0 here, and says "verified".
    ['bad-checksum', 'bootloaderFault', /wrong checksum/],
  ];
  for (const [fault, code, words] of FAULTS)
    it(`against a bootloader that is ${fault} ends as ${code}`, async () => {
      const { mega, work } = await attempt(fault);
      try {
        const refusal = await refusedFlash(work as Promise<never>);
        expect(refusal.code).to.equal(code);
        expect(refusal.message).to.match(words);
      } finally {
        mega.close();
      }
    });
});
