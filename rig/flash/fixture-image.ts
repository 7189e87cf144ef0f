/** The image that belongs on a fixture, and what a fixture that runs it says of itself. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RigError } from '../error.ts';
import { FIXTURE_IMAGE, loadImage, type LoadedImage } from '../run/images.ts';

export interface FixtureImage extends LoadedImage {
  /** What the fixture's hello carries, eight hexadecimal digits. */
  readonly build: string;
}

const MANIFEST = new URL('../fixture/fixture.manifest.json', import.meta.url);

/** Throws RigError `imageBad` where the image is not the one its manifest speaks of. */
export const loadFixtureImage = (): FixtureImage => {
  const loaded = loadImage(FIXTURE_IMAGE, 'fixture');
  const { hexSha256, sourceSha256 } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { hexSha256: string; sourceSha256: string };
  // A checkout may have changed the line ends, and nothing else.
  const text = readFileSync(loaded.file, 'utf8').replaceAll('\r\n', '\n');
  if (createHash('sha256').update(text).digest('hex') !== hexSha256)
    throw new RigError('imageBad', `${loaded.file} is not the image that its manifest describes.`, {
      hint: 'take both from the same version of bms-rig, or build them with `npm run firmware -- fixture`',
    });
  return { ...loaded, build: sourceSha256.slice(0, 8).toUpperCase() };
};
