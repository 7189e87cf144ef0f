import { expect } from 'chai';
import * as fc from 'fast-check';
import { Agenda } from './agenda.ts';

const drained = (agenda: Agenda): void => {
  for (let next = agenda.take(); next !== undefined; next = agenda.take()) next.action();
};

describe('agenda', () => {
  it('keeps appointments by instant, those of one instant in the order they were made, and never a cancelled one', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at_ns: fc.nat(20), cancel: fc.boolean() })), (wishes) => {
        const agenda = new Agenda();
        const kept: number[] = [];
        const made = wishes.map(({ at_ns }, index) => agenda.add(at_ns, () => kept.push(index)));
        for (const [index, { cancel }] of wishes.entries()) made[index]!.cancelled = cancel;
        drained(agenda);
        const wanted = wishes
          .map(({ at_ns, cancel }, index) => ({ at_ns, cancel, index }))
          .filter(({ cancel }) => !cancel)
          .toSorted((a, b) => a.at_ns - b.at_ns || a.index - b.index);
        expect(kept).to.deep.equal(wanted.map(({ index }) => index));
      }),
    );
  });

  it('stays in order when appointments are added while others are kept', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1 }), (wishes) => {
        const agenda = new Agenda();
        const instants: number[] = [];
        for (const [at_ns, later_ns] of wishes) {
          agenda.add(at_ns, () => {
            instants.push(at_ns);
            agenda.add(at_ns + later_ns, () => instants.push(at_ns + later_ns));
          });
        }
        drained(agenda);
        expect(instants).to.have.length(2 * wishes.length);
        expect(instants).to.deep.equal(instants.toSorted((a, b) => a - b));
      }),
    );
  });

  it('tells the next instant without taking it, and Infinity when nothing holds', () => {
    const agenda = new Agenda();
    expect(agenda.next_ns()).to.equal(Infinity);
    expect(agenda.take()).to.equal(undefined);
    const first = agenda.add(5, () => undefined);
    agenda.add(9, () => undefined);
    expect(agenda.next_ns()).to.equal(5);
    expect(agenda.next_ns()).to.equal(5);
    first.cancelled = true;
    expect(agenda.next_ns()).to.equal(9);
    expect(agenda.take()?.at_ns).to.equal(9);
    expect(agenda.next_ns()).to.equal(Infinity);
  });
});
