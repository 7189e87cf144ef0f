/** Builds the firmware images, or with --check proves that the committed ones are what the sources give: `npm run firmware -- [--check] [name ...]`. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError, compile, compilerVersion, write } from './compile.ts';
import { readText } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { TARGETS, manifestPath } from './targets.ts';
import type { FirmwareTarget } from './targets.ts';

const root = join(import.meta.dirname, '../..');

/** What differs between the committed image of a target and a fresh build; empty when nothing does. */
function differences(target: FirmwareTarget): readonly string[] {
  const built = compile(root, target);
  const manifestAt = join(root, manifestPath(target));
  if (!existsSync(manifestAt) || !existsSync(join(root, target.hex))) return [`${target.name}: not committed`];
  const found: string[] = [];
  if (readText(join(root, target.hex)) !== built.hex) found.push(`${target.name}: ${target.hex} differs from a fresh build`);
  const committed = JSON.parse(readText(manifestAt)) as Manifest;
  for (const key of Object.keys(built.manifest) as (keyof Manifest)[]) {
    const [was, is] = [committed[key], built.manifest[key]].map((value) => JSON.stringify(value));
    if (was !== is) found.push(`${target.name}: ${manifestPath(target)}: ${key} is ${was}, a fresh build gives ${is}`);
  }
  return found;
}

function build(target: FirmwareTarget): readonly string[] {
  const built = compile(root, target);
  write(root, target.hex, manifestPath(target), built);
  console.log(`${target.hex}  ${built.manifest.hexSha256.slice(0, 12)}`);
  return [];
}

function main(): number {
  const { values, positionals } = parseArgs({ options: { check: { type: 'boolean', default: false } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !TARGETS.some((target) => target.name === name));
  if (unknown.length > 0) {
    console.error(`no such image: ${unknown.join(', ')}; there are ${TARGETS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const chosen = positionals.length === 0 ? TARGETS : TARGETS.filter(({ name }) => positionals.includes(name));
  const bad: string[] = [];
  try {
    compilerVersion();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    return 1;
  }
  for (const target of chosen) {
    try {
      bad.push(...(values.check ? differences(target) : build(target)));
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      bad.push(`${target.name}: ${error.message}`);
    }
  }
  for (const line of bad) console.error(line);
  if (values.check && bad.length === 0) console.log(`${chosen.length} images equal a fresh build (${compilerVersion()})`);
  return bad.length === 0 ? 0 : 1;
}

process.exitCode = main();
