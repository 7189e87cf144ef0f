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

/** Builds one target. Throws BuildError. */
export function compile(root: string, target: FirmwareTarget): Built {
  const files = sourceFiles(root, target);
  const units = files.filter((path) => path.endsWith('.c'));
  if (units.length === 0) throw new BuildError(`no .c files in ${target.sources}`);
  const source = sourceSha256(root, target);
  const flags = flagsFor(target, source);
  const scratch = mkdtempSync(join(tmpdir(), 'bms-rig-firmware-'));
  try {
    for (const path of files) {
      const copy = join(scratch, path);
      mkdirSync(dirname(copy), { recursive: true });
      cpSync(join(root, target.sources, path), copy);
    }
    if (target.patch !== null) {
      // No fuzz: a patch that no longer fits its sources exactly must be looked at, not guessed into place.
      run('patch', ['-p1', '--fuzz=0', '--no-backup-if-mismatch', '--quiet'], scratch, readText(join(root, target.patch)));
    }
    run('avr-gcc', [...flags, '-I.', '-o', 'image.elf', ...units], scratch);
    run('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', 'image.elf', 'image.hex'], scratch);
    const hex = readText(join(scratch, 'image.hex'));
    return { hex, manifest: { mcu: target.mcu, compiler: compilerVersion(), flags, sourceSha256: source, hexSha256: sha256(hex) } };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Puts a built image and its manifest in place below `root`. */
export function write(root: string, hexPath: string, manifestPath: string, built: Built): void {
  mkdirSync(join(root, dirname(hexPath)), { recursive: true });
  writeFileSync(join(root, hexPath), built.hex);
  writeFileSync(join(root, manifestPath), `${JSON.stringify(built.manifest, null, 2)}\n`);
}
