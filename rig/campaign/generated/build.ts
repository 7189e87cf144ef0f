/** Builds each mutant of the stand-in's sources with avr-gcc, in a folder of its own; what stays as it is is compiled once. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { RigError } from '../../error.ts';
import { mutantsOf, mutated, type Mutant } from './mutants.ts';

const SOURCES = fileURLToPath(new URL('../../sim/unit/firmware', import.meta.url));
/** As tools/firmware/targets.ts builds the stand-in, but that a mutant may leave something unused, and has no hash of its sources. */
const FLAGS = ['-Os', '-w', '-std=gnu11', '-DF_CPU=16000000UL', '-mmcu=atmega328p', '-DBUILD_HASH=0UL', '-I.'];

const sourceFiles = (): readonly string[] =>
  readdirSync(SOURCES)
    .filter((name) => /\.[ch]$/u.test(name))
    .toSorted();

/** All mutants there are, in the order of files and lines. */
export const allMutants = (): readonly Mutant[] =>
  sourceFiles().flatMap((file) => mutantsOf(file, readFileSync(path.join(SOURCES, file), 'utf8')));

export type BuiltMutant =
  | { readonly mutant: Mutant; readonly image: 'none' | 'same' }
  /** Path of the image. */
  | { readonly mutant: Mutant; readonly image: 'other'; readonly hex: string };

/** False where a program refused its input. Throws RigError where it is not installed. */
const run = (program: 'avr-gcc' | 'avr-objcopy', args: readonly string[], cwd: string): boolean => {
  const { error, status } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (error === undefined) return status === 0;
  throw new RigError('optionBad', `Mutants are compiled, and ${program} cannot be started: ${error.message}.`, {
    hint: 'install avr-gcc and avr-libc; on Debian: apt-get install gcc-avr avr-libc binutils-avr',
    blame: 'operator',
  });
};

/** True where mutants can be built. */
export const hasCompiler = (): boolean => spawnSync('avr-gcc', ['--version']).status === 0;

export class MutantBuilds {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-mutants-'));
  readonly #units: readonly string[];
  readonly #original: string;
  #count = 0;

  /** Throws RigError where there is no compiler, or the sources do not compile. */
  constructor() {
    const files = sourceFiles();
    for (const file of files) cpSync(path.join(SOURCES, file), path.join(this.#folder, file));
    this.#units = files.filter((file) => file.endsWith('.c'));
    const hex = run('avr-gcc', [...FLAGS, '-c', ...this.#units], this.#folder) ? this.#link(null) : null;
    if (hex === null) throw new RigError('internal', 'The sources of the stand-in do not compile.');
    this.#original = readFileSync(hex, 'utf8');
  }

  /** Null where it does not compile. A header is in every object. */
  #link(changed: string | null): string | null {
    const all = changed?.endsWith('.h') ?? false;
    const inputs = this.#units.map((unit) => (all || unit === changed ? unit : unit.replace(/\.c$/u, '.o')));
    const hex = path.join(this.#folder, `${(this.#count += 1)}.hex`);
    const made =
      run('avr-gcc', [...FLAGS, '-o', 'image.elf', ...inputs], this.#folder) &&
      run('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', 'image.elf', hex], this.#folder);
    return made ? hex : null;
  }

  build(mutant: Mutant): BuiltMutant {
    const file = path.join(this.#folder, mutant.file);
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, mutated(original, mutant));
    try {
      const hex = this.#link(mutant.file);
      if (hex === null) return { mutant, image: 'none' };
      return readFileSync(hex, 'utf8') === this.#original ? { mutant, image: 'same' } : { mutant, image: 'other', hex };
    } finally {
      writeFileSync(file, original);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
