/** The types of the seam under a serial port; the package names them for `require` only, so that this is the one place that says so. */

export type { BindingInterface, BindingPortInterface, OpenOptions, PortInfo } from '@serialport/bindings-interface' with {
  'resolution-mode': 'require',
};
