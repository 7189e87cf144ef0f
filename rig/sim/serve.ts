/** The simulated fixture behind a pseudo-terminal at real pace: any program that can open a serial port can talk to it, or flash it. */

import { openPty } from './pty.ts';
import type { Simulation } from './simulation.ts';

const BAUD_RATE = 500_000;

export interface ServedFixture {
  /** Device path to open. */
  readonly path: string;
  close(): void;
}

/** The simulation must run at real pace. Who opens the terminal resets the board, as DTR does on a real one. */
export const serveFixture = async (simulation: Simulation): Promise<ServedFixture> => {
  const pty = await openPty();
  const { cable } = simulation;
  cable.onData = (bytes) => pty.write(bytes);
  pty.onOpen = () => {
    cable.plug(pty.baudRate() ?? BAUD_RATE);
    simulation.resetFixture();
  };
  pty.onClose = () => cable.unplug();
  pty.onData = (bytes) => {
    // A program sets the rate after it has opened the terminal.
    cable.baudRate = pty.baudRate() ?? BAUD_RATE;
    cable.send(bytes);
  };
  return {
    path: pty.path,
    close: () => {
      cable.unplug();
      pty.close();
      simulation.close();
    },
  };
};
