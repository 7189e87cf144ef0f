/** The firmware images of this repository: which sources each is built from, for which chip, and where it goes. */

import { BOUNDARY_UNIT } from '../../rig/campaign/boundary/constants.ts';
import { FIRMWARE_DEFECTS } from '../../rig/sim/defects/firmware.ts';
import { GOOD_UNITS } from '../../rig/sim/good-units/good-units.ts';

/** All paths are relative to the repository's root, with forward slashes. */
export interface FirmwareTarget {
  readonly name: string;
  readonly mcu: 'atmega328p' | 'atmega2560';
  /** Folder of the sources: every `.c` and `.h` below it. */
  readonly sources: string;
  /** Unified diff applied to a copy of the sources, or null. */
  readonly patch: string | null;
  /** The image; its manifest lies beside it. */
  readonly hex: string;
}

export const FLAGS = ['-Os', '-Wall', '-Wextra', '-Werror', '-std=gnu11', '-DF_CPU=16000000UL'] as const;

const UNIT_SOURCES = 'rig/sim/unit/firmware';

export const TARGETS: readonly FirmwareTarget[] = [
  { name: 'fixture', mcu: 'atmega2560', sources: 'rig/fixture/firmware', patch: null, hex: 'rig/fixture/fixture.hex' },
  { name: 'unit', mcu: 'atmega328p', sources: UNIT_SOURCES, patch: null, hex: 'rig/sim/unit/unit.hex' },
  ...[...FIRMWARE_DEFECTS, ...GOOD_UNITS, BOUNDARY_UNIT].map(({ name, patch, image }): FirmwareTarget => ({
    name,
    mcu: 'atmega328p',
    sources: UNIT_SOURCES,
    patch,
    hex: image,
  })),
];

export const manifestPath = (target: FirmwareTarget): string => target.hex.replace(/\.hex$/, '.manifest.json');
