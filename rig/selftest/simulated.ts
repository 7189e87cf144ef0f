/** The self-test on the simulated bench: the emulated board with its real firmware, the circuit of the netlist, the test plug in the unit's place. */

import type { SelfTestDocument } from '../../reports/shape/self-test.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../run/images.ts';
import { PLUGGED_NETLIST } from '../sim/factory-calibration.ts';
import type { Fault } from '../sim/faults/fault.ts';
import { openSimulation } from '../sim/simulation.ts';
import { selfTest, type SelfTestOptions } from './self-test.ts';

export interface SimulatedBoard {
  readonly seed: number;
  /** Default: as it should be wired. */
  readonly netlist?: Netlist;
  readonly faults?: readonly Fault[];
}

export const simulatedSelfTest = async (
  options: Omit<SelfTestOptions, 'binding' | 'path' | 'clock' | 'simulated'>,
  { seed, netlist = PLUGGED_NETLIST, faults = [] }: SimulatedBoard,
): Promise<SelfTestDocument> => {
  const images = { fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image, unitImage: loadImage(UNIT_IMAGE, 'unit').image };
  const simulation = openSimulation({ seed, occasion: 'selftest', ...images, netlist, faults, pace: 'virtual' });
  try {
    const { binding, path, clock } = simulation;
    return await selfTest({ ...options, binding, path, clock, simulated: true });
  } finally {
    simulation.close();
  }
};
