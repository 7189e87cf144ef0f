/** Which events of the fixture make a case invalid, and in which words. */

import { RigError } from '../error.ts';
import { refusalFault } from '../link/refusal-words.ts';
import type { FixtureEvent } from '../wire/messages.ts';

const SILENT_HINT = 'Close programs that keep the computer busy, or try another USB port.';

/** Null for an event that is part of a good case. `entryOf` gives entry ids by wire number. */
export const eventFault = (event: FixtureEvent, entryOf: ReadonlyMap<number, string>): RigError | null => {
  const entry = 'id' in event ? `entry ${entryOf.get(event.id) ?? `number ${event.id}`}` : '';
  switch (event.kind) {
    case 'late':
      return new RigError('stimulusLate', `The fixture executed ${entry} ${event.late_ticks / 2} us late.`, {
        hint: 'Entries lie too close together, or the fixture is overloaded.',
      });
    case 'refused':
      return event.code === 'outputNotHigh' ? null : refusalFault(entry, event.code); // a sink on an output that is not high is the unit's doing
    case 'overflow':
      return new RigError('eventsLost', `The fixture could not keep ${event.count} events.`, {
        hint: 'An output may be oscillating; or the link is too slow for so many edges.',
      });
    case 'safe':
      if (event.reason === 'hostSilent' || event.reason === 'hostSilentEnergetic')
        return new RigError(
          'hostSilent',
          `The fixture heard nothing from its host for ${event.reason === 'hostSilent' ? '1 s' : '250 ms'} and made itself safe.`,
          { hint: SILENT_HINT, blame: 'link' },
        );
      if (event.reason === 'onTime')
        return new RigError('fixtureRefused', 'A drive was on for longer than the fixture allows and was switched off.', {
          hint: 'Switch sinks and the charger short off again in time, or use a pulse.',
        });
      return null;
    default:
      return null;
  }
};
