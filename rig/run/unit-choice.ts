/** Which unit a simulated bench gets: its image and its board, from the options --unit and --defect. */

import { fileURLToPath } from 'node:url';
import { RigError } from '../error.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import { benchNetlist } from '../fixture/netlist/netlist.ts';
import { applyChange } from '../sim/defects/apply.ts';
import { findDefect } from '../sim/defects/catalogue.ts';
import { UNIT_IMAGE } from './images.ts';

export interface UnitOptions {
  /** Path of an image that takes the stand-in's place. */
  readonly unit?: string | undefined;
  /** Name of a defect of the stand-in. */
  readonly defect?: string | undefined;
}

export interface UnitChoice {
  readonly image: string;
  readonly netlist: Netlist;
  /** What the record calls it. */
  readonly name: string;
}

const fromRoot = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** Throws RigError `imageBad` for a defect that does not exist, or one that is an image when another image is asked for. */
export const chooseUnit = ({ unit, defect }: UnitOptions): UnitChoice => {
  const image = unit ?? UNIT_IMAGE;
  const netlist = benchNetlist();
  if (defect === undefined) return { image, netlist, name: unit ?? 'stand-in' };
  const found = findDefect(defect);
  if (!found.ok) throw new RigError('imageBad', found.message, { hint: found.hint });
  if (found.defect.kind === 'electrical') return { image, netlist: applyChange(netlist, found.defect.change), name: `${unit ?? 'stand-in'} with ${defect}` };
  if (unit !== undefined) {
    throw new RigError('imageBad', `The defect ${defect} is a firmware image of its own and cannot be combined with --unit.`, { hint: 'give one of the two' });
  }
  return { image: fromRoot(found.defect.image), netlist, name: `stand-in with ${defect}` };
};
