import { expect } from 'chai';
import { NONCE_OF_START } from '../wire/limits.ts';
import { signalTableHash } from '../wire/signal-table.ts';
import { Doorbell } from './doorbell.ts';
import { line, upperHex } from './testing/scripted-fixture.ts';
import { VirtualTime } from './testing/virtual-time.ts';

/** A door behind which somebody answers every hello, in the words of PROTOCOL.md. */
const doorOf = (nonce: number) => {
  const time = new VirtualTime();
  const asked: number[] = [];
  const doorbell = new Doorbell({
    path: 'mem:a',
    clock: time.clock,
    patience_ms: 5_000,
    nonce,
    glimpse: () => '',
    send: (sent) => {
      const given = sent.slice(3, 7);
      asked.push(parseInt(given, 16));
      const answer = `h01${given}000000010000BEEF${upperHex(signalTableHash(), 8)}000000B1001E8480020040008000000000`;
      time.at(time.now_ms + 1, () => doorbell.heard(line(answer).trimEnd()));
    },
  });
  return { time, doorbell, asked };
};

describe('doorbell', () => {
  it('numbers each greeting anew', async () => {
    const { time, doorbell, asked } = doorOf(1);
    for (let ring = 0; ring < 3; ring += 1) await time.run(doorbell.ring(signalTableHash()));
    expect(new Set(asked).size).to.equal(3);
  });

  it('never asks with the number that a fixture uses by itself when it starts', async () => {
    for (let nonce = NONCE_OF_START - 20; nonce <= NONCE_OF_START; nonce += 1) {
      const { time, doorbell, asked } = doorOf(nonce);
      for (let ring = 0; ring < 3; ring += 1) await time.run(doorbell.ring(signalTableHash()));
      expect(asked, `from ${nonce}`).not.to.include(NONCE_OF_START);
    }
  });
});
