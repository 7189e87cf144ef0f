/** Runs avr-gcc on a copy of a target's sources, so that no path of this machine and no date can reach the image. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { flagsFor, readText, sha256, sourceFiles, sourceSha256 } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { FirmwareTarget } from './targets.ts';

export interface Built {
  readonly hex: string;
  readonly manifest: Manifest;
}

/** A tool is missing or refused the sources; the message is for the person at the prompt. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

const PACKAGES: Readonly<Record<string, string>> = { 'avr-gcc': 'gcc-avr avr-libc', 'avr-objcopy': 'binutils-avr', patch: 'patch' };

function run(program: string, args: readonly string[], cwd: string, input?: string): string {
  const done = spawnSync(program, args, { cwd, encoding: 'utf8', ...(input === undefined ? {} : { input }) });
  if (done.error !== undefined) {
    const missing = (done.error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new BuildError(
      missing
        ? `${program} is not installed; on Debian: apt-get install ${PACKAGES[program] ?? program}. The committed images need no compiler.`
        : `${program}: ${done.error.message}`,
    );
  }
  if (done.status !== 0) throw new BuildError(`${program} failed:\n${done.stderr}${done.stdout}`.trimEnd());
  return done.stdout;
}

/** First line of the compiler's version, e.g. `avr-gcc (GCC) 5.4.0`. */
export const compilerVersion = (): string => run('avr-gcc', ['--version'], tmpdir()).split('\n')[0]?.trim() ?? '';

/** A copy of a target's sources in a folder of its own, and its units. */
function scratchCopy(root: string, target: FirmwareTarget): { readonly scratch: string; readonly units: readonly string[] } {
  const files = sourceFiles(root, target);
  const units = files.filter((path) => path.endsWith('.c'));
  if (units.length === 0) throw new BuildError(`no .c files in ${target.sources}`);
  const scratch = mkdtempSync(join(tmpdir(), 'bms-rig-firmware-'));
  for (const path of files) {
    const copy = join(scratch, path);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(root, target.sources, path), copy);
  }
  return { scratch, units };
}

/** Links objects, or compiles and links sources, to the text of a .hex. */
function link(scratch: string, flags: readonly string[], units: readonly string[]): string {
  run('avr-gcc', [...flags, '-I.', '-o', 'image.elf', ...units], scratch);
  run('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', 'image.elf', 'image.hex'], scratch);
  return readText(join(scratch, 'image.hex'));
}

/** Builds one target. Throws BuildError. */
export function compile(root: string, target: FirmwareTarget): Built {
  const source = sourceSha256(root, target);
  const flags = flagsFor(target, source);
  const { scratch, units } = scratchCopy(root, target);
  try {
    if (target.patch !== null) {
      // No fuzz: a patch that no longer fits its sources exactly must be looked at, not guessed into place.
      run('patch', ['-p1', '--fuzz=0', '--no-backup-if-mismatch', '--quiet'], scratch, readText(join(root, target.patch)));
    }
    const hex = link(scratch, flags, units);
    return { hex, manifest: { mcu: target.mcu, compiler: compilerVersion(), flags, sourceSha256: source, hexSha256: sha256(hex) } };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** One place of a target's sources, and what stands there instead. */
export interface SourceChange {
  /** A `.c` file. */
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

/** What a target would be with one place of its sources changed, again and again: what stays as it is is compiled once. */
export class ChangedBuilds {
  readonly #scratch: string;
  readonly #flags: readonly string[];
  readonly #units: readonly string[];

  /** Throws BuildError. */
  constructor(root: string, target: FirmwareTarget) {
    // A change may leave functions without users, which is no mistake then.
    this.#flags = flagsFor(target, sourceSha256(root, target)).filter((flag) => flag !== '-Werror');
    const { scratch, units } = scratchCopy(root, target);
    this.#scratch = scratch;
    this.#units = units;
    run('avr-gcc', [...this.#flags, '-I.', '-c', ...units], scratch);
  }

  /** The text of the .hex. Throws BuildError where the sources do not hold the text exactly once. */
  with({ file, text, instead }: SourceChange): string {
    const path = join(this.#scratch, file);
    const original = readText(path);
    const [before, after, ...more] = original.split(text);
    if (before === undefined || after === undefined || more.length > 0)
      throw new BuildError(`${file} does not hold ${JSON.stringify(text)} exactly once`);
    writeFileSync(path, `${before}${instead}${after}`);
    try {
      return link(
        this.#scratch,
        this.#flags,
        this.#units.map((unit) => (unit === file ? unit : unit.replace(/\.c$/, '.o'))),
      );
    } finally {
      writeFileSync(path, original);
    }
  }

  remove(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }
}

/** Puts a built image and its manifest in place below `root`. */
export function write(root: string, hexPath: string, manifestPath: string, built: Built): void {
  mkdirSync(join(root, dirname(hexPath)), { recursive: true });
  writeFileSync(join(root, hexPath), built.hex);
  writeFileSync(join(root, manifestPath), `${JSON.stringify(built.manifest, null, 2)}\n`);
}
