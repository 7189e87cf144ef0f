// Flashing as a person does it: `rig sim serve` behind a pseudo-terminal at real pace, `rig flash` beside it, and then a run on what was flashed.
import path from 'node:path';
import { expect } from 'chai';
import { hurriedClock, QUIET_SCENARIO, runCommand, scratchFolder } from '../cli/testing/command.ts';
import { MAIN, start } from '../cli/testing/process.ts';
import { flashDocument, runDocument } from '../../reports/shape/documents.ts';
import { hostClock } from '../host-clock.ts';
import type { BootloaderFault } from '../sim/bootloader/bootloader-fault.ts';
import { avrdudeProgrammer, findAvrdude } from './avrdude.ts';
import { loadFixtureImage } from './fixture-image.ts';
import { refusedFlash } from './testing/blank-mega.ts';
import { megaOnPty } from './testing/mega-on-pty.ts';

const avrdude = findAvrdude({ env: process.env, platform: process.platform });
const { build } = loadFixtureImage();

describe('a blank board behind a pseudo-terminal', function () {
  this.timeout(120_000);
  const scratch = scratchFolder();
  after(() => scratch.remove());
  if (process.platform === 'win32') return;

  for (const programmer of avrdude === null ? (['built-in'] as const) : (['avrdude', 'built-in'] as const))
    it(`is flashed by ${programmer} and then runs a scenario`, async () => {
      const link = path.join(scratch.path, `fixture-${programmer}`);
      const calibration = path.join(scratch.path, `${programmer}.json`);
      const { child, says, ended } = start(process.execPath, [
        MAIN,
        'sim',
        'serve',
        '--blank',
        '--link',
        link,
        '--calibration',
        calibration,
      ]);
      try {
        await says('A simulated fixture answers on ');
        const flashed = await runCommand(['flash', link, '--programmer', programmer, '--json'], {
          env: process.env as Record<string, string>,
        });
        expect(flashed.exit, flashed.out).to.equal(0);
        const document = flashDocument.parse(JSON.parse(flashed.out));
        expect(document).to.include({ simulated: true, previous: null, build, programmer, named: false });
        const bench = ['--bench', link, '--calibration', calibration, '--unproven', '--out', scratch.path];
        const run = await runCommand(['run', scratch.file('quiet.yaml', QUIET_SCENARIO), ...bench, '--json']);
        expect(run.exit, run.out).to.equal(0);
        expect(runDocument.parse(JSON.parse(run.out)).images.fixture).to.equal(build);
      } finally {
        child.kill('SIGTERM');
        await ended;
      }
    });
});

describe('avrdude against a board', function () {
  if (avrdude === null || process.platform === 'win32') return;
  const FAULTS: readonly (readonly [BootloaderFault, string, RegExp])[] = [
    ['worn-page', 'verifyFailed', /byte 0x13\w\w reads/],
    // Ended long before avrdude would give up itself.
    ['dies-midway', 'bootloaderFault', /avrdude could not flash/],
  ];
  for (const [fault, code, words] of FAULTS)
    it(`with ${fault} ends as ${code}`, async () => {
      const mega = await megaOnPty(fault);
      const image = loadFixtureImage();
      const clock = fault === 'dies-midway' ? hurriedClock(6) : hostClock;
      try {
        const work = avrdudeProgrammer(avrdude).flash({
          path: mega.path,
          file: image.file,
          image: image.image,
          clock,
          onProgress: () => undefined,
        });
        const refusal = await refusedFlash(work as Promise<never>);
        expect(refusal.code).to.equal(code);
        expect(refusal.message).to.match(words);
      } finally {
        mega.close();
      }
    });
});
