/** Which serial ports a machine has, also where the system's own listing is not to be had. */

import { readdir } from 'node:fs/promises';
import type { BindingInterface } from './bindings.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';

/** Boards and USB bridges; not the machine's own `ttyS*`, which exist whether anything is connected or not. */
const USB_DEVICE = /^(ttyACM|ttyUSB|cu\.usb)/;

/** Paths in order of name. Never rejects: where the binding cannot list (Linux without udevadm), the device folder is read. */
export const listPaths = async (binding: BindingInterface, clock: Clock): Promise<readonly string[]> => {
  try {
    const ports = await clock.external(binding.list());
    return ports
      .filter(({ path, vendorId }) => vendorId !== undefined || !path.startsWith('/dev/ttyS'))
      .map(({ path }) => path)
      .toSorted();
  } catch {
    const names = await clock.external(readdir('/dev').catch(() => []));
    return names
      .filter((name) => USB_DEVICE.test(name))
      .map((name) => `/dev/${name}`)
      .toSorted();
  }
};
