/** What the operating systems say when a port cannot be opened, told as a rig error with words for the person at the bench. */

import { RigError } from '../error.ts';

const MISSING = /no such file|file not found|enoent|enxio|no such device/i;
const BUSY = /cannot lock port|temporarily unavailable|resource busy|device or resource busy|already open|ebusy/i;
/** Windows says this of a port that another program has open; elsewhere it is a matter of rights. */
const DENIED = /access (is )?denied|permission denied|eacces|eperm/i;

/** A file, a pipe or `/dev/null`: no terminal, so no serial port. */
const NO_PORT = /inappropriate ioctl|enotty|not a typewriter/i;

export const openFault = (path: string, cause: unknown, present: readonly string[]): RigError => {
  // The native code puts "Error: " before what the system said.
  const said = (cause instanceof Error ? cause.message : String(cause)).replace(/^Error: /, '');
  if (MISSING.test(said)) {
    const list = present.length === 0 ? 'No serial port is present.' : `Present: ${present.join(', ')}.`;
    return new RigError('portMissing', `There is no port ${path}.`, {
      hint: `${list} \`rig ports\` tells what each is.`,
      blame: 'operator',
      cause,
    });
  }
  if (BUSY.test(said) || (DENIED.test(said) && process.platform === 'win32'))
    return new RigError('portBusy', `${path} is in use by another program.`, {
      hint: 'Close whatever has it open (a serial monitor, another run).',
      blame: 'operator',
      cause,
    });
  if (DENIED.test(said))
    return new RigError('portMissing', `${path} may not be opened by this user.`, {
      hint: 'Add the user to the group that owns the device (often `dialout`) and log in again.',
      blame: 'operator',
      cause,
    });
  if (NO_PORT.test(said))
    return new RigError('portForeign', `${path} is not a serial port.`, {
      hint: '`rig ports` tells which there are.',
      blame: 'operator',
      cause,
    });
  return new RigError('portClosed', `${path} could not be opened: ${said.replace(/\.$/, '')}.`, {
    hint: 'Unplug the fixture, plug it in again and retry.',
    blame: 'link',
    cause,
  });
};

export const closedFault = (path: string, cause: unknown): RigError =>
  new RigError('portClosed', `${path} closed while it was in use${cause instanceof Error ? `: ${cause.message}` : ''}.`, {
    hint: 'Check the USB cable; the fixture makes itself safe within 1 s without its host.',
    blame: 'link',
    cause,
  });
