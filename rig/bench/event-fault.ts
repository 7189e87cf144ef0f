/** Which events of the fixture make a case invalid, and in which words. */

import type { LinkCounters } from '../../scenarios/contracts/trace.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import type { RefusalCode } from '../link/command-window.ts';
import { refusalFault } from '../link/refusal-words.ts';
import type { FixtureEvent } from '../wire/messages.ts';

const SILENT_HINT = 'Close programs that keep the computer busy, or try another USB port.';

/** A host that came so late to its next sign of life explains that the fixture heard nothing for as long as it waits, and that entries came late. */
const STALL_ms: { readonly [code in RigErrorCode]?: number } = { hostSilent: 600, fixtureSilent: 600, stimulusLate: 100 };

/** Of a fixture that heard nothing for 250 ms, when the host speaks every 80. */
const ENERGETIC_STALL_ms = 150;

/** A stall so long would explain what the event tells; undefined: as its fault says. */
export const stallFor_ms = (event: FixtureEvent): number | undefined =>
  (event.kind === 'refused' && event.code === 'hostSilent') || (event.kind === 'safe' && event.reason === 'hostSilentEnergetic')
    ? ENERGETIC_STALL_ms
    : undefined;

/** The same fault, or that of the host where it was the host's process that got no processor: no cable is to blame then. */
export const unlessStalled = (fault: RigError, stalled_ms: number, explained_ms = STALL_ms[fault.code]): RigError => {
  const explains_ms = fault.blame === 'link' ? explained_ms : undefined;
  if (explains_ms === undefined || stalled_ms < explains_ms) return fault;
  return new RigError(
    'hostStalled',
    `This computer gave the rig no time for ${(stalled_ms / 1000).toFixed(1)} s or more: ${fault.message}`,
    {
      hint: SILENT_HINT,
      cause: fault,
    },
  );
};

/** Where the fixture had to drop events because lines were lost on the way, which kept their places in its ring, the cable is to blame. */
export const unlessSpoiled = (fault: RigError, { crcErrors, resent }: Pick<LinkCounters, 'crcErrors' | 'resent'>): RigError => {
  if (fault.code !== 'eventsLost' || crcErrors + resent === 0) return fault;
  return new RigError(
    'eventsLost',
    `${fault.message} ${crcErrors} lines had arrived spoiled and ${resent} times something was sent again.`,
    {
      hint: 'Check the USB cable.',
      blame: 'link',
      cause: fault,
    },
  );
};

const OVER: RefusalCode = 'noCase';

/** How long the fixture's word of why it ended a case may be on its way behind the first refusal of what came after. */
const EXPLAINED_ms = 1_000;

/** Whether the fixture had ended the case when an entry came: where that came in the very instant, its word of why comes behind the refusal. */
export const isAfterEnd = ({ cause }: RigError): boolean => cause === OVER;

/** Where the fixture had ended the case when an entry came, and lines were lost on the way: its word of the end was among them. */
export const unlessUnheard = (fault: RigError, { crcErrors, resent }: Pick<LinkCounters, 'crcErrors' | 'resent'>): RigError => {
  if (!isAfterEnd(fault) || crcErrors + resent === 0) return fault;
  return new RigError(
    'eventsLost',
    `The fixture had ended the case, and its word of why was lost: ${crcErrors} lines had arrived spoiled and ${resent} times something was sent again.`,
    { hint: 'Check the USB cable; see the link counters.', blame: 'link', cause: fault },
  );
};

/** Where an entry was refused since the fixture had forgotten what it hangs on, and lines were lost on the way: it had come too late. */
export const unlessOvertaken = (fault: RigError, { crcErrors, resent }: Pick<LinkCounters, 'crcErrors' | 'resent'>): RigError => {
  const forgotten: RefusalCode = 'unknownReference';
  if (fault.cause !== forgotten || crcErrors + resent === 0) return fault;
  return new RigError(
    fault.code,
    `${fault.message} It came late: ${crcErrors} lines had arrived spoiled and ${resent} times something was sent again.`,
    { hint: 'Check the USB cable; see the link counters.', blame: 'link', cause: fault },
  );
};

/** Where a case outlasted what the fixture had been told while its commands were still on their way, `resent` of them again: they were held up. */
export const unlessHeldUp = (fault: RigError, resent: number): RigError => {
  if (fault.code !== 'caseOverrun' || resent === 0) return fault;
  return new RigError(fault.code, `${fault.message} Its commands had not all arrived: ${resent} times something was sent again.`, {
    hint: 'Check the USB cable; see the link counters.',
    blame: 'link',
    cause: fault,
  });
};

/** What a refusal of what came after the end comes to, once the fixture's word of why it ended the case has had its time to be heard first. */
export const unexplained = async (
  fault: RigError,
  conversation: { readonly counters: Pick<LinkCounters, 'crcErrors' | 'resent'>; settle(ms: number): Promise<boolean> },
): Promise<RigError> => {
  await conversation.settle(EXPLAINED_ms);
  return unlessOvertaken(unlessUnheard(fault, conversation.counters), conversation.counters);
};

/** The fixture did not say that the case ended: unless it did, and the words are still on their way, or `spoiled` as many lines were around the end. */
export const overrunFault = (overrun_s: number, missingEvents: number, spoiled: number): RigError => {
  if (missingEvents === 0 && spoiled === 0)
    return new RigError('caseOverrun', `The case should have ended ${overrun_s} s ago.`, {
      hint: 'The fixture did not say why: see the transcript.',
    });
  const what =
    missingEvents > 0 ? `${missingEvents} events have not arrived` : `around its end ${spoiled} lines were spoiled or had to be sent again`;
  return new RigError('eventsLost', `The case should have ended ${overrun_s} s ago, and ${what}.`, {
    hint: 'Check the USB cable; see the link counters.',
    blame: 'link',
  });
};

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
      if (event.reason === 'caseLength')
        return new RigError('caseOverrun', 'The case lasted longer than the fixture had been told, and the fixture ended it.', {
          hint: 'The host went on talking and did not end the case: see the transcript.',
        });
      return null;
    default:
      return null;
  }
};
