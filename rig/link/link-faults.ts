/** How a conversation with a fixture can break, in words. */

import { RigError } from '../error.ts';
import { FIXTURE_SILENT_ms } from './link-timing.ts';

export const silentFault = (path: string): RigError =>
  new RigError('fixtureSilent', `The fixture at ${path} stopped answering ${FIXTURE_SILENT_ms / 1000} s ago.`, {
    hint: 'Check its power and the USB cable; without its host it makes itself safe within 1 s.',
    blame: 'link',
  });

export const resetFault = (path: string): RigError =>
  new RigError('fixtureReset', `The fixture at ${path} reset itself.`, {
    hint: 'Check its supply and its cable; a watchdog reset is a fault of its firmware.',
  });

export const eventsLostFault = (path: string, count: number): RigError =>
  new RigError('eventsLost', `${count} events of the fixture at ${path} never arrived, though they were asked for again.`, {
    hint: 'Check the USB cable; see the link counters.',
    blame: 'link',
  });
