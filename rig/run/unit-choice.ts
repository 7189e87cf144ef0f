/** Which unit a simulated bench gets: its image and its board, from the options --unit and --defect. */

import { fileURLToPath } from 'node:url';
import { RigError } from '../error.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import { BENCH_NETLIST } from '../sim/circuit/stand-in-board.ts';
import { applyChanges } from '../sim/defects/apply.ts';
import { findDefect } from '../sim/defects/catalogue.ts';
import { findGoodUnit } from '../sim/good-units/good-units.ts';
import type { HexImage } from '../sim/avr/hex.ts';
import type { Change } from '../sim/defects/change.ts';
import { UNIT_IMAGE } from './images.ts';

/** A unit that a campaign makes: its flash and its board, with no file behind it. */
export interface MadeUnit {
  readonly name: string;
  readonly image: HexImage;
  /** Of the stand-in's board, and of the bench's own parts where a campaign wants one of their allowed values. */
  readonly change: readonly Change[];
}

export interface UnitOptions {
  /** Path of an image that takes the stand-in's place, or the name of a good unit that behaves otherwise. */
  readonly unit?: string | undefined;
  /** Name of a defect of the stand-in. */
  readonly defect?: string | undefined;
  /** Takes the place of both. */
  readonly made?: MadeUnit | undefined;
}

export interface UnitChoice {
  readonly image: string;
  /** Fixture and unit together. */
  readonly netlist: Netlist;
  /** What the record calls it. */
  readonly name: string;
}

const fromRoot = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

const imageOf = (unit: string): string => {
  const good = findGoodUnit(unit);
  return good === undefined ? unit : fromRoot(good.image);
};

/** Throws RigError `optionBad` for a defect that does not exist, or one that is an image when another image is asked for. */
export const chooseUnit = ({ unit, defect, made }: UnitOptions): UnitChoice => {
  if (made !== undefined) return { image: made.name, netlist: applyChanges(BENCH_NETLIST, made.change), name: made.name };
  const image = unit === undefined ? UNIT_IMAGE : imageOf(unit);
  if (defect === undefined) return { image, netlist: BENCH_NETLIST, name: unit ?? 'stand-in' };
  const lookup = findDefect(defect);
  if (lookup.found === null) {
    throw new RigError('optionBad', `There is no defect called "${defect}".`, {
      hint:
        lookup.nearest === null
          ? '`rig run --defect list` names them'
          : `did you mean ${lookup.nearest}? (\`rig run --defect list\` names them all)`,
      blame: 'operator',
    });
  }
  if (lookup.found.kind === 'electrical') {
    return { image, netlist: applyChanges(BENCH_NETLIST, lookup.found.change), name: `${unit ?? 'stand-in'} with ${defect}` };
  }
  if (unit !== undefined) {
    throw new RigError('optionBad', `The defect ${defect} is a firmware image of its own and cannot be combined with --unit.`, {
      hint: 'give one of the two',
      blame: 'operator',
    });
  }
  return { image: fromRoot(lookup.found.image), netlist: BENCH_NETLIST, name: `stand-in with ${defect}` };
};
