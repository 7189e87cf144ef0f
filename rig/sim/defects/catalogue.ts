/** All defects of the simulated unit by name, electrical and firmware. */

import type { ElectricalDefect } from './change.ts';
import { ELECTRICAL_DEFECTS } from './electrical.ts';
import type { FirmwareDefect } from './firmware-defect.ts';
import { FIRMWARE_DEFECTS } from './firmware.ts';

export type Defect = ({ readonly kind: 'electrical' } & ElectricalDefect) | ({ readonly kind: 'firmware' } & FirmwareDefect);

export const DEFECTS: readonly Defect[] = [
  ...ELECTRICAL_DEFECTS.map((defect) => ({ kind: 'electrical' as const, ...defect })),
  ...FIRMWARE_DEFECTS.map((defect) => ({ kind: 'firmware' as const, ...defect })),
];

export type DefectLookup = { readonly found: Defect } | { readonly found: null; readonly nearest: string | null };

/** The defect of that name, or the name that comes nearest to it (null when none is near). */
export const findDefect = (name: string): DefectLookup => {
  const found = DEFECTS.find((defect) => defect.name === name);
  if (found !== undefined) return { found };
  let nearest: string | null = null;
  let least = Math.max(3, Math.ceil(name.length / 3));
  for (const defect of DEFECTS) {
    const distance = edits(name.toLowerCase(), defect.name);
    if (distance >= least) continue;
    least = distance;
    nearest = defect.name;
  }
  return { found: null, nearest };
};

/** Insertions, deletions and replacements from one word to the other. */
const edits = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
};
