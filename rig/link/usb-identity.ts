/** What the system says of the USB device behind a port: vendor and product, where it knows. */

import { realpathSync } from 'node:fs';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { BindingInterface, PortInfo } from './bindings.ts';

const real = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path; // a port that is no file: COM3, or a device that is not there
  }
};

/** Every port that the system lists. Never rejects: where it cannot list, nothing is known. */
export const listIdentities = (binding: BindingInterface, clock: Clock): Promise<readonly PortInfo[]> =>
  clock.external(binding.list()).catch((): readonly PortInfo[] => []);

/** Null where the system does not list the port: a pseudo-terminal, or a machine without udev. Two names of one device are one port. */
export const identityOf = (path: string, ports: readonly PortInfo[]): PortInfo | null =>
  ports.find((port) => real(port.path) === real(path)) ?? null;
