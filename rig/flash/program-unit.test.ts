// Programming a unit: what was read back, what is only declared, and programs that fail, hang, lie, or would like a shell.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Stopped } from '../cli/stop.ts';
import { hurriedClock, refused, QUIET_SCENARIO, scratchFolder } from '../cli/testing/command.ts';
import { RigError } from '../error.ts';
import { hostClock } from '../host-clock.ts';
import { UNIT_IMAGE } from '../run/images.ts';
import { prepareUnit } from '../run/unit-firmware.ts';
import { argumentsFor, findAvrdude } from './avrdude.ts';
import { programUnit, type ProgramOptions } from './program-unit.ts';
import { megaOnPty } from './testing/mega-on-pty.ts';

const avrdude = findAvrdude({ env: process.env, platform: process.platform });

const fault = async (work: Promise<unknown>): Promise<RigError> => {
  const cause = await work.then(
    () => new Error('The unit was programmed.'),
    (why: unknown) => why,
  );
  if (cause instanceof RigError) return cause;
  throw cause;
};

describe('programming a unit', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const image = scratch.file('unit $(touch shell-was-here);.hex', readFileSync(UNIT_IMAGE));
  const script = (name: string, text: string): readonly string[] => [process.execPath, scratch.file(`${name}.cjs`, text), '{file}'];
  const copies = script(
    'copies',
    "require('fs').copyFileSync(process.argv[2], __dirname + '/chip'); console.log('wrote', process.argv.length - 2, 'word');",
  );
  const compares = script(
    'compares',
    "const { readFileSync: read } = require('fs'); process.exit(read(process.argv[2]).equals(read(__dirname + '/chip')) ? 0 : 4);",
  );
  const program = (command: readonly string[], verify: readonly string[] | null, more: Partial<ProgramOptions> = {}) =>
    programUnit({
      program: { command, verify, timeout_us: 60e6 },
      folder: scratch.path,
      image,
      clock: hostClock,
      signal: new AbortController().signal,
      onOutput: () => undefined,
      ...more,
    });

  it('that was read back is verified; one that was not is declared, whatever the exit code says', async () => {
    let said = '';
    expect(await program(copies, compares, { onOutput: (text) => (said += text) })).to.equal('verified');
    expect(said).to.equal('wrote 1 word\n');
    expect(readFileSync(path.join(scratch.path, 'chip')).equals(readFileSync(UNIT_IMAGE))).to.equal(true);
    expect(await program(copies, null)).to.equal('declared');
    expect(existsSync('shell-was-here'), 'no shell reads a path').to.equal(false);
  });

  it('fails with the exit code and the last words of either program', async () => {
    const fails = script('fails', "console.log('target voltage 0.0 V'); process.exitCode = 7;");
    const first = await fault(program(fails, compares));
    expect([first.code, first.message]).to.deep.equal([
      'unitProgram',
      `${process.execPath} could not program the unit: it ended with 7, after the words: target voltage 0.0 V.`,
    ]);
    writeFileSync(path.join(scratch.path, 'chip'), 'something else');
    const nothing = script('nothing', '');
    expect((await fault(program(nothing, compares))).message).to.contain('could not verify the unit: it ended with 4');
    expect((await fault(program(['no-such-programmer', '{file}'], null))).message).to.contain('cannot be started to program the unit');
  });

  it('is ended, with what it started, when its time is over or the run is stopped', async () => {
    const hangs = script(
      'hangs',
      "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' }); console.log('asking'); setInterval(() => 0, 1000);",
    );
    expect((await fault(program(hangs, null, { clock: hurriedClock(100) }))).message).to.match(
      /did not program the unit within 60 s and was ended: (asking|it said nothing)\.$/,
    );
    const stop = new AbortController();
    const work = program(hangs, null, { signal: stop.signal, onOutput: () => stop.abort(new Stopped('a test')) });
    await work.then(
      () => expect.fail('it ended'),
      (cause: unknown) => expect(cause).to.be.instanceOf(Stopped),
    );
  });

  it('does not know what is in it where the file changed meanwhile', async () => {
    const own = scratch.file('own.hex', readFileSync(UNIT_IMAGE));
    const changes = script('changes', "require('fs').writeFileSync(process.argv[2], ':00000001FF\\n');");
    expect((await fault(program(changes, null, { image: own }))).message).to.contain('was changed while it was put into the unit');
  });

  it('is not believed of avrdude by its exit code', async () => {
    if (process.platform === 'win32') return;
    const liar = scratch.file('avrdude', `#!/bin/sh\necho 'stk500v2_recv(): wrong checksum, an error'\nexit 0\n`);
    (await import('node:fs')).chmodSync(liar, 0o755);
    const lie = await fault(program(copies, [liar, '{file}']));
    expect([lie.code, lie.message]).to.satisfy(
      ([code, text]: string[]) => code === 'unitProgram' && /not verified.*wrong checksum/.test(text!),
    );
  });

  it('is known on a simulated bench, declared on a port without a programmer, unknown where nothing is said', async () => {
    const { signal } = new AbortController();
    const on = (bench: string, unit?: string) => prepareUnit({ bench, unit, benchFile: null, clock: hostClock, signal });
    const { known, hash } = await on('sim');
    expect([known, hash?.length]).to.deep.equal(['verified', 64]);
    expect(await on('/dev/ttyACM0', UNIT_IMAGE)).to.deep.equal({ known: 'declared', hash });
    expect(await on('/dev/ttyACM0')).to.deep.equal({ known: 'unknown', hash: null });
    expect(await on('reference')).to.deep.equal({ known: null, hash: null });
  });

  it('that fails leaves every case unrun, exit 3, and the port untouched', async () => {
    const [node, file] = script('refuses', 'process.exitCode = 1;');
    const bench = scratch.file(
      'bench.yaml',
      `bench: b\nboard: "51901B56"\nunit: { program: { command: [${JSON.stringify(node)}, ${JSON.stringify(file)}, "{file}"] } }\n`,
    );
    const argv = [
      'run',
      scratch.file('quiet.yaml', QUIET_SCENARIO),
      '--bench',
      '/dev/ttyNONE',
      '--bench-file',
      bench,
      '--out',
      scratch.path,
    ];
    expect((await refused([...argv, '--unit', UNIT_IMAGE], 3)).code).to.equal('unitProgram');
    expect((await refused(argv, 3)).code, 'nothing to program').to.equal('portMissing');
    expect((await refused([...argv, '--unit', bench], 2)).code).to.equal('imageBad');
  });

  if (avrdude === null || process.platform === 'win32') return;

  const withAvrdude = (port: string, operation: string): readonly string[] => [
    avrdude,
    ...argumentsFor(port, `flash:${operation}:{file}:i`),
  ];

  it('by avrdude through an emulated bootloader: verified, and not where the chip has something else', async () => {
    const mega = await megaOnPty();
    const file = scratch.file('plain.hex', readFileSync(UNIT_IMAGE));
    try {
      const verify = withAvrdude(mega.path, 'v');
      expect(await program(withAvrdude(mega.path, 'w'), verify, { image: file })).to.equal('verified');
      mega.flash[100]! ^= 1;
      const nothing = script('idle', '');
      expect((await fault(program(nothing, verify, { image: file }))).code).to.equal('unitProgram');
    } finally {
      mega.close();
    }
  });
});
