/** Every committed image is what its sources give, as far as that can be told without a compiler. */

import { expect } from 'chai';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isStale, stalenessOf } from './manifest.ts';
import { TARGETS, manifestPath } from './targets.ts';
import type { FirmwareTarget } from './targets.ts';

const root = join(import.meta.dirname, '../..');

describe('firmware manifests', () => {
  for (const target of TARGETS) {
    it(`${target.hex} is up to date (npm run firmware builds it)`, () => {
      expect(stalenessOf(root, target)).to.deep.equal([]);
    });
  }

  it('every patch belongs to a declared defect, a good unit or the boundary unit', () => {
    const patches = ['rig/sim/defects/firmware', 'rig/sim/good-units/firmware', 'rig/campaign/boundary'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.patch'))
        .map((name) => `${folder}/${name}`),
    );
    expect(patches).to.have.members(TARGETS.flatMap(({ patch }) => patch ?? []));
  });
});

describe('staleness', () => {
  const target = TARGETS.find(({ name }) => name === 'wait-25s') as FirmwareTarget;
  let copy: string;

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'bms-rig-manifest-'));
    for (const path of [target.sources, target.hex, target.patch ?? '', manifestPath(target)]) {
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const edit = (path: string, change: (text: string) => string): void =>
    writeFileSync(join(copy, path), change(readFileSync(join(copy, path), 'utf8')));

  it('is quiet about an untouched copy, also with other line ends', () => {
    expect(isStale(copy, target)).to.equal(false);
    for (const path of [`${target.sources}/logic.c`, target.hex]) edit(path, (text) => text.replaceAll('\n', '\r\n'));
    expect(isStale(copy, target)).to.equal(false);
  });

  it('sees a changed source, header, patch and image', () => {
    for (const path of [`${target.sources}/logic.c`, `${target.sources}/clock.h`, target.patch ?? '', target.hex]) {
      const before = readFileSync(join(copy, path), 'utf8');
      edit(path, (text) => `${text} `);
      expect(isStale(copy, target), path).to.equal(true);
      edit(path, () => before);
    }
    expect(isStale(copy, target)).to.equal(false);
  });

  it('sees a new source and names a missing image', () => {
    writeFileSync(join(copy, target.sources, 'new.h'), '');
    expect(stalenessOf(copy, target).join()).to.contain(`${target.sources} has changed`);
    rmSync(join(copy, dirname(target.hex)), { recursive: true });
    expect(stalenessOf(copy, target).join()).to.contain(`${target.hex} is missing`);
  });
});
