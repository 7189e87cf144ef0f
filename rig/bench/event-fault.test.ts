import { expect } from 'chai';
import { RigError } from '../error.ts';
import { refusalFault } from '../link/refusal-words.ts';
import {
  eventFault,
  isAfterEnd,
  overrunFault,
  stallFor_ms,
  unlessHeldUp,
  unlessOvertaken,
  unlessSpoiled,
  unlessStalled,
  unexplained,
  unlessUnheard,
} from './event-fault.ts';

const link = (code: 'hostSilent' | 'stimulusLate' | 'eventsLost') => new RigError(code, 'Something happened.', { blame: 'link' });

describe('what makes a case invalid', () => {
  it('is no event of a good case, and no sink on an output that is not high', () => {
    const entryOf = new Map([[7, 'step-1']]);
    expect(eventFault({ kind: 'done', id: 7, tick: 1 }, entryOf)).to.equal(null);
    expect(eventFault({ kind: 'refused', code: 'outputNotHigh', id: 7, tick: 1 }, entryOf)).to.equal(null);
    expect(eventFault({ kind: 'refused', code: 'rating', id: 7, tick: 1 }, entryOf)?.message).to.contain('entry step-1');
  });

  it('is the end that the fixture makes of a case which its host did not end; a hello is none', () => {
    expect(eventFault({ kind: 'safe', reason: 'caseLength', tick: 1 }, new Map())).to.include({ code: 'caseOverrun', blame: 'rig' });
    expect(eventFault({ kind: 'safe', reason: 'hello', tick: 1 }, new Map())).to.equal(null);
  });

  it('is the cable where the commands of a case were still on their way, sent again, when it had lasted as long as was told', () => {
    const overrun = eventFault({ kind: 'safe', reason: 'caseLength', tick: 1 }, new Map())!;
    expect(unlessHeldUp(overrun, 3)).to.include({ code: 'caseOverrun', blame: 'link', cause: overrun });
    expect(unlessHeldUp(overrun, 3).message).to.contain('3 times something was sent again');
    expect(unlessHeldUp(overrun, 0)).to.equal(overrun);
    expect(unlessHeldUp(refusalFault('entry step-1', 'rating'), 3)).to.include({ blame: 'rig' });
  });

  it('is the computer, where it came late enough to its own signs of life to explain the fault', () => {
    expect(unlessStalled(link('hostSilent'), 600)).to.include({ code: 'hostStalled', blame: 'rig' });
    expect(unlessStalled(link('stimulusLate'), 100)).to.include({ code: 'hostStalled', blame: 'rig' });
  });

  it('stays the cable where the computer was quick, and where no stall can explain it', () => {
    for (const [fault, stalled_ms] of [
      [link('hostSilent'), 599],
      [link('stimulusLate'), 99],
      [link('eventsLost'), 60_000],
    ] as const)
      expect(unlessStalled(fault, stalled_ms)).to.equal(fault);
    const executedLate = new RigError('stimulusLate', 'The fixture executed it late.');
    expect(unlessStalled(executedLate, 5_000), 'the fixture was late, not the host').to.equal(executedLate);
  });

  it('is the cable, where a fixture refused a sink because it heard nobody; a stall of 150 ms would explain it', () => {
    const event = { kind: 'refused', code: 'hostSilent', id: 7, tick: 1 } as const;
    const fault = eventFault(event, new Map([[7, 'sink']]))!;
    expect([fault.code, fault.blame]).to.deep.equal(['hostSilent', 'link']);
    expect(fault.message).to.contain('entry sink');
    expect(unlessStalled(fault, 149, stallFor_ms(event))).to.equal(fault);
    expect(unlessStalled(fault, 150, stallFor_ms(event))).to.include({ code: 'hostStalled', blame: 'rig' });
    expect(stallFor_ms({ kind: 'safe', reason: 'hostSilent', tick: 1 }), 'of a second').to.equal(undefined);
  });

  it('is the cable, where events found no room while lines were being lost on it; an output that chatters on a sound one is not', () => {
    const fault = eventFault({ kind: 'overflow', count: 7, tick: 1 }, new Map())!;
    expect(unlessSpoiled(fault, { crcErrors: 0, resent: 0 })).to.equal(fault);
    expect(fault.blame).to.equal('rig');
    for (const counters of [
      { crcErrors: 3, resent: 0 },
      { crcErrors: 0, resent: 1 },
    ])
      expect(unlessSpoiled(fault, counters)).to.include({ code: 'eventsLost', blame: 'link' });
    const late = new RigError('stimulusLate', 'The fixture executed it late.');
    expect(unlessSpoiled(late, { crcErrors: 3, resent: 3 })).to.equal(late);
  });

  it('is the cable, where an entry came to a case that was over and the word of its end was lost; without a loss it is ours', () => {
    const over = refusalFault('entry step-1', 'noCase');
    expect(unlessUnheard(over, { crcErrors: 0, resent: 0 })).to.equal(over);
    expect(over.blame).to.equal('rig');
    expect(unlessUnheard(over, { crcErrors: 69, resent: 20 })).to.include({ code: 'eventsLost', blame: 'link' });
    const rating = refusalFault('entry step-1', 'rating');
    expect(unlessUnheard(rating, { crcErrors: 69, resent: 20 })).to.equal(rating);
  });

  it('is told only after the word of the end has had its time, by what was lost until then', async () => {
    const over = refusalFault('entry step-1', 'noCase');
    expect([isAfterEnd(over), isAfterEnd(refusalFault('entry step-1', 'rating'))]).to.deep.equal([true, false]);
    let waited_ms = 0;
    const conversation = {
      get counters() {
        return { crcErrors: 0, resent: waited_ms > 0 ? 1 : 0 };
      },
      settle: async (ms: number) => {
        waited_ms += ms;
        return true;
      },
    };
    expect(await unexplained(over, conversation)).to.include({ code: 'eventsLost', blame: 'link' });
    expect(waited_ms).to.equal(1_000);
  });

  it('is the cable, where an entry came so late that what it hangs on was forgotten; without a loss it is ours', () => {
    const forgotten = refusalFault('a measurement of contacts', 'unknownReference');
    expect(unlessOvertaken(forgotten, { crcErrors: 0, resent: 0 })).to.equal(forgotten);
    expect(forgotten.blame).to.equal('rig');
    expect(unlessOvertaken(forgotten, { crcErrors: 2, resent: 1 })).to.include({ code: forgotten.code, blame: 'link' });
    const rating = refusalFault('entry step-1', 'rating');
    expect(unlessOvertaken(rating, { crcErrors: 2, resent: 1 })).to.equal(rating);
  });

  it('is the cable, where a case does not end because the word of it is still missing', () => {
    expect(overrunFault(2, 0, 0)).to.include({ code: 'caseOverrun', blame: 'rig' });
    expect(overrunFault(2, 5, 0)).to.include({ code: 'eventsLost', blame: 'link' });
    expect(overrunFault(2, 0, 3)).to.include({ code: 'eventsLost', blame: 'link' });
    expect(overrunFault(2, 0, 3).message).to.contain('3 lines');
  });
});
