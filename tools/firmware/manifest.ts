/** What a committed image was built from, and whether it still is what its sources would give. Needs no compiler. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FLAGS, manifestPath } from './targets.ts';
import type { FirmwareTarget } from './targets.ts';

export interface Manifest {
  readonly mcu: string;
  /** First line of `avr-gcc --version`: another version gives other bytes. */
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly sourceSha256: string;
  readonly hexSha256: string;
}

/** A file's text with plain line ends, so that a checkout with other line ends hashes alike. */
export const readText = (path: string): string => readFileSync(path, 'utf8').replaceAll('\r\n', '\n');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The `.c` and `.h` files of a target, relative to its source folder, forward slashes, sorted. */
export function sourceFiles(root: string, target: FirmwareTarget): readonly string[] {
  const folder = join(root, target.sources);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.[ch]$/.test(path))
    .toSorted();
}

/** sha256 over path, length and text of each source in order, then of the patch. */
export function sourceSha256(root: string, target: FirmwareTarget): string {
  const files = sourceFiles(root, target).map((path) => [path, readText(join(root, target.sources, path))] as const);
  const patch = target.patch === null ? [] : [['patch', readText(join(root, target.patch))] as const];
  return sha256([...files, ...patch].map(([path, text]) => `${path}\n${text.length}\n${text}`).join(''));
}

/** What the image says of itself: the first 32 bits of its source hash. */
export const buildHash = (source: string): string => `0x${source.slice(0, 8)}`;

/** All options a target is compiled with, the build hash among them. */
export const flagsFor = (target: FirmwareTarget, source: string): readonly string[] => [
  ...FLAGS,
  `-mmcu=${target.mcu}`,
  `-DBUILD_HASH=${buildHash(source)}UL`,
];

/** Why the committed image of a target is not what its sources would give; empty when all is well. */
export function stalenessOf(root: string, target: FirmwareTarget): readonly string[] {
  const path = manifestPath(target);
  const missing = [path, target.hex, ...(target.patch === null ? [] : [target.patch])].filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) return missing.map((file) => `${target.name}: ${file} is missing`);
  if (sourceFiles(root, target).length === 0) return [`${target.name}: no sources in ${target.sources}`];
  const manifest = JSON.parse(readText(join(root, path))) as Manifest;
  const source = sourceSha256(root, target);
  const reasons: string[] = [];
  if (manifest.sourceSha256 !== source) reasons.push(`${target.name}: ${target.sources} has changed since ${target.hex} was built`);
  if (manifest.hexSha256 !== sha256(readText(join(root, target.hex))))
    reasons.push(`${target.name}: ${target.hex} is not the image that was built`);
  if (manifest.mcu !== target.mcu) reasons.push(`${target.name}: built for ${manifest.mcu}, declared ${target.mcu}`);
  if (manifest.flags.join(' ') !== flagsFor(target, source).join(' ')) reasons.push(`${target.name}: built with other flags`);
  return reasons;
}

export const isStale = (root: string, target: FirmwareTarget): boolean => stalenessOf(root, target).length > 0;
