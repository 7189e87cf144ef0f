import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { RigError } from '../error.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from './images.ts';

const END = ':00000001FF\n';
/** Four bytes at 0: ldi r24, 1; rjmp back. */
const GOOD = `:0400000081E0FFCFCD\n${END}`;

const fault = (file: string): RigError => {
  try {
    loadImage(file, 'unit');
  } catch (cause) {
    expect(cause).to.be.instanceOf(RigError);
    return cause as RigError;
  }
  throw new Error('The image was taken.');
};

describe('images', () => {
  let folder: string;
  const put = (content: string | Uint8Array): string => {
    const file = path.join(folder, 'unit.hex');
    writeFileSync(file, content);
    return file;
  };

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'images-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('loads the images that come with the rig, each for its chip', () => {
    expect(loadImage(FIXTURE_IMAGE, 'fixture').image.flash).to.have.length(256 * 1024);
    expect(loadImage(UNIT_IMAGE, 'unit').image.flash).to.have.length(32 * 1024);
  });

  it("gives flash, path and the hash of the file's bytes", () => {
    const file = put(GOOD);
    const { image, hash, file: named } = loadImage(file, 'unit');
    expect([...image.flash.subarray(0, 5)]).to.deep.equal([0x81, 0xe0, 0xff, 0xcf, 0xff]);
    expect(hash).to.equal(createHash('sha256').update(readFileSync(file)).digest('hex'));
    expect(named).to.equal(file);
  });

  it('reads an image once in a process, and anew when the file is another', () => {
    const first = loadImage(put(GOOD), 'unit');
    expect(loadImage(put(GOOD), 'unit').image).to.equal(first.image);
    expect(loadImage(put(GOOD), 'fixture').image.flash).to.have.length(256 * 1024);
    const other = loadImage(put(GOOD.replace('81E0FFCFCD', '82E0FFCFCC')), 'unit');
    expect(other.image.flash[0]).to.equal(0x82);
    expect(other.hash).not.to.equal(first.hash);
  });

  it('refuses a bad checksum with file and line', () => {
    const { code, message, hint } = fault(put(GOOD.replace('CD\n', 'CE\n')));
    expect(code).to.equal('imageBad');
    expect(message)
      .to.include(`unit.hex:1:1`)
      .and.match(/checksum/);
    expect(hint).not.to.equal('');
  });

  it('refuses bytes that are no text, an empty file, and one cut short', () => {
    expect(fault(put(Uint8Array.from({ length: 512 }, (_, index) => index & 0xff))).code).to.equal('imageBad');
    expect(fault(put('')).code).to.equal('imageBad');
    expect(fault(put(GOOD.slice(0, 12))).code).to.equal('imageBad');
  });

  it('refuses data beyond the flash of the chip, and a file that no image can be as long as', () => {
    // An extended linear address of 64 KiB, twice the unit's flash.
    expect(fault(put(`:020000040001F9\n${GOOD}`)).code).to.equal('imageTooLarge');
    expect(fault(put(`${END}${' '.repeat(1024 * 1024)}`)).code).to.equal('imageTooLarge');
  });

  it('names a file that is not there', () => {
    const { code, message, hint } = fault(path.join(folder, 'none.hex'));
    expect(code).to.equal('fileUnreadable');
    expect(message)
      .to.include('none.hex')
      .and.match(/no such file/i);
    expect(hint).to.include('--unit');
  });
});
