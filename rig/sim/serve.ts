/** The simulated fixture behind a pseudo-terminal at real pace: any program that can open a serial port can talk to it. */

import { openPty } from './pty.ts';
import type { Simulation } from './simulation.ts';

const BAUD_RATE = 500_000;

export interface ServedFixture {
  /** Device path to open. */
  readonly path: string;
  close(): void;
}

/** The simulation must run at real pace. The board is not reset when the terminal is opened, since a pty's master is not told. */
export const serveFixture = async (simulation: Simulation): Promise<ServedFixture> => {
  const pty = await openPty();
  const { cable } = simulation;
  cable.onData = (bytes) => pty.write(bytes);
  cable.plug(BAUD_RATE);
  pty.onData = (bytes) => cable.send(bytes);
  return {
    path: pty.path,
    close: () => {
      cable.unplug();
      pty.close();
      simulation.close();
    },
  };
};
