import { expect } from 'chai';
import { RigError } from '../error.ts';
import { type Command, CommandWindow, type Outcome } from './command-window.ts';
import { RoundTrip } from './round-trip.ts';

const probe = (id: number): Command => ({ kind: 'probe', id, when: { kind: 'at', tick: 0 }, output: 'load' });
/** `V` seq id T tick output `*` crc newline. */
const PROBE_BYTES = 1 + 2 + 4 + 9 + 1 + 5 + 1;

const windowOf = (bytes: number) => {
  const state = { now: 1_000, sent: [] as string[], due_ms: Infinity };
  const window = new CommandWindow(
    { now: () => state.now, send: (line) => state.sent.push(line), roundTrip: new RoundTrip(), alarm: (due_ms) => (state.due_ms = due_ms) },
    bytes,
  );
  const outcomes: (Outcome | string)[] = [];
  const push = (count: number): void => {
    for (let i = 0; i < count; i += 1)
      void window.push(probe(i + 1)).then(
        (outcome) => outcomes.push(outcome),
        (fault: RigError) => outcomes.push(fault.code),
      );
  };
  const numbers = (): number[] => state.sent.map((line) => parseInt(line.slice(1, 3), 16));
  return { window, state, outcomes, push, numbers };
};

describe('command window', () => {
  it('fills the ring to the last whole line and no further', () => {
    const { window, state, push } = windowOf(5 * PROBE_BYTES + 4);
    push(20);
    expect(state.sent.map((line) => line.length)).to.deep.equal(Array(5).fill(PROBE_BYTES));
    expect(window.bytesUnderWay).to.equal(5 * PROBE_BYTES);
    expect(window.unacknowledged).to.equal(20);
    window.acknowledged(2, 'answer');
    expect(state.sent).to.have.length(7);
    expect(window.bytesUnderWay).to.equal(5 * PROBE_BYTES);
  });

  it('takes an acknowledgement for all commands before it', async () => {
    const { window, outcomes, push } = windowOf(400);
    push(4);
    window.acknowledged(3, 'answer', 'late');
    await Promise.resolve();
    expect(outcomes).to.deep.equal([{ accepted: true }, { accepted: true }, { accepted: false, refused: 'late' }]);
    window.acknowledged(4, 'pong');
    await Promise.resolve();
    expect(outcomes).to.have.length(4);
    expect(window.unacknowledged).to.equal(0);
  });

  it('sends everything again at the first repeated acknowledgement, and only at the first', () => {
    const { window, push, numbers } = windowOf(400);
    push(4);
    window.acknowledged(1, 'answer');
    for (let repeated = 0; repeated < 3; repeated += 1) window.acknowledged(1, 'answer');
    expect(numbers()).to.deep.equal([0, 1, 2, 3, 1, 2, 3]);
    window.acknowledged(2, 'answer');
    window.acknowledged(2, 'answer');
    expect(numbers()).to.deep.equal([0, 1, 2, 3, 1, 2, 3, 2, 3]);
  });

  it('takes no repetition from a pong, whose number may be older than commands under way', () => {
    const { window, push, numbers } = windowOf(400);
    push(2);
    window.acknowledged(0, 'pong');
    expect(numbers()).to.deep.equal([0, 1]);
  });

  it('waits longer each time nothing comes, and as before once something does', () => {
    const { window, state, push } = windowOf(400);
    push(1);
    const waits = [state.due_ms - state.now];
    for (let i = 0; i < 6; i += 1) {
      state.now = state.due_ms;
      window.overdue();
      waits.push(state.due_ms - state.now);
    }
    expect(waits).to.deep.equal([60, 120, 240, 480, 960, 960, 960]);
    window.acknowledged(1, 'answer');
    expect(state.due_ms).to.equal(Infinity);
    push(1);
    expect(state.due_ms - state.now).to.equal(60);
  });

  it('ignores acknowledgements of what was never sent', () => {
    const { window, outcomes, push } = windowOf(400);
    push(1);
    window.acknowledged(0x80, 'answer');
    window.acknowledged(0xff, 'answer');
    expect(outcomes).to.deep.equal([]);
    expect(window.unacknowledged).to.equal(1);
  });

  it('tells every command that is dropped why', async () => {
    const { window, outcomes, push } = windowOf(2 * PROBE_BYTES);
    push(4);
    window.restart(400, new RigError('fixtureReset', 'reset'));
    await Promise.resolve();
    expect(outcomes).to.deep.equal(Array(4).fill('fixtureReset'));
    push(1);
    expect(window.unacknowledged).to.equal(1);
  });
});

describe('round trip', () => {
  it('is patient for the mean and four times the variation, never under 25 ms and never over a second', () => {
    const fast = new RoundTrip();
    for (let i = 0; i < 50; i += 1) fast.add(2);
    expect(fast.patience_ms).to.equal(25);
    const bridge = new RoundTrip();
    for (let i = 0; i < 200; i += 1) bridge.add(i % 2 === 0 ? 18 : 22);
    expect(bridge.patience_ms).to.be.within(25, 32);
    const slow = new RoundTrip();
    slow.add(5_000);
    expect(slow.patience_ms).to.equal(1_000);
  });
});
