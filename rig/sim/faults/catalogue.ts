/** All faults of the simulated bench by name: the closed list behind `--fault`. */

import { nearest } from '../../../scenarios/language/nearest.ts';
import { RigError } from '../../error.ts';
import { BOARD_FAULTS } from './board.ts';
import { CIRCUIT_FAULTS } from './circuit.ts';
import type { Fault } from './fault.ts';
import { HOST_FAULTS } from './host.ts';
import { LINK_FAULTS } from './link.ts';

export const FAULTS: readonly Fault[] = [...LINK_FAULTS, ...HOST_FAULTS, ...BOARD_FAULTS, ...CIRCUIT_FAULTS];

/** The faults of these names. Throws RigError `optionBad` for one that does not exist. */
export const findFaults = (names: readonly string[]): readonly Fault[] =>
  names.map((name) => {
    const found = FAULTS.find((fault) => fault.name === name);
    if (found !== undefined) return found;
    const meant = nearest(
      name,
      FAULTS.map((fault) => fault.name),
    );
    throw new RigError('optionBad', `There is no fault called "${name}".`, {
      hint: meant === undefined ? '`rig run --fault list` names them' : `did you mean ${meant}? (\`rig run --fault list\` names them all)`,
      blame: 'operator',
    });
  });
