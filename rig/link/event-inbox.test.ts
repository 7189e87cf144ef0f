import { expect } from 'chai';
import type { FixtureEvent } from '../wire/messages.ts';
import { EventInbox } from './event-inbox.ts';

const numbered = (number: number): FixtureEvent => ({ kind: 'done', id: number, tick: 0 });
const range = (from: number, to: number): FixtureEvent[] =>
  Array.from({ length: to - from }, (_, index) => numbered((from + index) & 0xffff));

const inboxOf = () => {
  const state = { now: 0, delivered: [] as number[], requests: [] as number[], due_ms: Infinity, lost: 0 };
  const inbox = new EventInbox({
    now: () => state.now,
    patience_ms: () => 30,
    deliver: (event) => state.delivered.push(event.kind === 'done' ? event.id : -1),
    request: (from) => state.requests.push(from),
    alarm: (due_ms) => (state.due_ms = due_ms),
    lost: (count) => (state.lost += count),
  });
  const accept = (from: number, to: number): void => inbox.accept({ kind: 'events', number: from & 0xffff, events: range(from, to) });
  const wait = (): void => {
    state.now = state.due_ms;
    inbox.overdue();
  };
  return { inbox, state, accept, wait };
};

describe('event inbox', () => {
  it('delivers each event once, however often and however overlapping it comes', () => {
    const { state, accept } = inboxOf();
    accept(0, 3);
    accept(0, 3);
    accept(1, 5);
    expect(state.delivered).to.deep.equal([0, 1, 2, 3, 4]);
    expect(state.requests).to.deep.equal([]);
  });

  it('asks once for what a gap skipped, and delivers in order when it comes', () => {
    const { state, accept, inbox } = inboxOf();
    accept(0, 1);
    accept(3, 4);
    accept(4, 5);
    expect(state.requests).to.deep.equal([1]);
    expect(state.delivered).to.deep.equal([0]);
    accept(1, 5);
    expect(state.delivered).to.deep.equal([0, 1, 2, 3, 4]);
    expect(inbox.complete).to.equal(true);
    expect(state.due_ms).to.equal(Infinity);
  });

  it('asks again, ever more slowly, and counts as lost what never comes', () => {
    const { state, accept, wait, inbox } = inboxOf();
    accept(2, 4);
    while (state.due_ms !== Infinity) wait();
    expect(state.requests).to.deep.equal(Array(12).fill(0));
    expect(state.lost, 'the two that never came, and two that no pong told of').to.equal(4);
    expect(inbox.next).to.equal(4);
    expect(state.now).to.be.within(1_500, 4_000);
  });

  it('gives events announced by a pong the time of a round trip before it asks', () => {
    const { state, accept, wait, inbox } = inboxOf();
    inbox.announced(2);
    expect(state.requests).to.deep.equal([]);
    accept(0, 2);
    expect(state.due_ms).to.equal(Infinity);
    inbox.announced(3);
    wait();
    expect(state.requests).to.deep.equal([2]);
  });

  it('keeps what came behind a gap, where a pong has told that it exists, and asks only for what is missing', () => {
    const { inbox, state, accept, wait } = inboxOf();
    accept(0, 1);
    accept(2, 3);
    inbox.announced(9);
    accept(2, 4);
    accept(6, 8);
    accept(5, 6);
    expect(inbox.missing).to.equal(4 - 1);
    expect(state.requests).to.deep.equal([1]);
    accept(1, 2);
    expect(state.delivered).to.deep.equal([0, 1, 2, 3]);
    wait();
    expect(state.requests).to.deep.equal([1, 4]);
    accept(4, 5);
    expect(state.delivered).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    accept(8, 9);
    expect(inbox.complete).to.equal(true);
    expect(inbox.requested).to.equal(2);
  });

  it('keeps nothing from beyond what pongs have told: it may be a late word of the conversation before', () => {
    const { inbox, state, accept } = inboxOf();
    accept(3, 5);
    inbox.announced(2);
    accept(0, 6);
    expect(state.delivered).to.deep.equal([0, 1, 2, 3, 4, 5]);
    inbox.restart();
    inbox.announced(2);
    accept(3, 5);
    accept(0, 3);
    expect(state.delivered.slice(6), 'nothing behind 2').to.deep.equal([0, 1, 2]);
    expect(inbox.missing).to.equal(2);
  });

  it('counts on over 2^16', () => {
    const { state, accept, inbox } = inboxOf();
    for (let from = 0; from < 65_536; from += 8) accept(from, from + 8);
    inbox.announced(0);
    expect(inbox.complete).to.equal(true);
    accept(65_536, 65_538);
    accept(65_539, 65_540);
    expect(state.delivered.slice(-2)).to.deep.equal([0, 1]);
    expect(state.requests).to.deep.equal([2]);
  });
});
