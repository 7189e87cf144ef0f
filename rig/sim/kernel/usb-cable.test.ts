import { expect } from 'chai';
import * as fc from 'fast-check';
import type { ChipUart } from '../avr/chip.ts';
import { randomStream } from '../random.ts';
import { Agenda } from './agenda.ts';
import { createOscillator } from './oscillator.ts';
import { UsbCable } from './usb-cable.ts';

const ms = (value: number): number => value * 1e6;
/** A frame of 1 ms, jitter and the longest stall. Sources: the cable's own constants. */
const LONGEST_FRAME_ns = ms(1 + 0.3 + 60);
const LATENCY_TIMER_ns = ms(16);
const BYTE_ns = 20_000;
const BYTES = [...Buffer.from('0123456789 hello')];

interface Arrival {
  readonly byte: number;
  readonly at_ns: number;
}

const silent = (_byte: number, _endCycle: number): void => undefined;

/** A cable between a host and a UART that only writes down; `say` = the board transmits. */
const cableUnderTest = ({ seed = 1, error_ppm = 0, boardBaud = 500_000 } = {}) => {
  const agenda = new Agenda();
  let now_ns = 0;
  const oscillator = createOscillator(16_000_000, error_ppm);
  const toBoard: Arrival[] = [];
  const toHost: Arrival[] = [];
  let transmit = silent;
  const uart: ChipUart = {
    receive: (byte, cycle) => toBoard.push({ byte, at_ns: oscillator.instantOf(cycle) }),
    onTransmit: (listener) => (transmit = listener),
    cyclesPerFrame: (10 * 16_000_000) / boardBaud,
    bitsPerFrame: 10,
    overruns: 0,
  };
  const kernel = {
    at: (at_ns: number, action: () => void) => agenda.add(Math.max(at_ns, now_ns), action),
    get present_ns() {
      return now_ns;
    },
  };
  const cable = new UsbCable({ kernel, uart, oscillator, random: randomStream(seed, 'cable') });
  cable.onData = (bytes) => toHost.push(...Array.from(bytes, (byte) => ({ byte, at_ns: now_ns })));
  cable.plug(500_000);
  const passTo = (at_ns: number): void => {
    while (agenda.next_ns() <= at_ns) {
      now_ns = agenda.next_ns();
      agenda.take()!.action();
    }
    now_ns = at_ns;
  };
  return {
    cable,
    toBoard,
    toHost,
    passTo,
    say: (byte: number, at_ns: number) => {
      passTo(at_ns);
      transmit(byte, oscillator.cycleAt(at_ns));
    },
  };
};

const bytesOf = (arrivals: readonly Arrival[]): number[] => arrivals.map(({ byte }) => byte);
const seeds = fc.integer({ min: 0, max: 1e9 });
const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: BYTE_ns, max: 5e6 })), { maxLength: 200 });

describe('usb cable', () => {
  it('carries bytes to the board in order, a byte time apart, none before its frame and none later than frame, jitter and stall allow', () => {
    fc.assert(
      fc.property(seeds, gaps, (seed, sent) => {
        const { cable, toBoard, passTo } = cableUnderTest({ seed });
        const earliest: number[] = [];
        let at_ns = 0;
        for (const [byte, gap_ns] of sent) {
          passTo((at_ns += gap_ns));
          earliest.push(Math.ceil(at_ns / ms(1)) * ms(1) + BYTE_ns);
          cable.send(Uint8Array.of(byte));
        }
        expect(bytesOf(toBoard)).to.deep.equal(sent.map(([byte]) => byte));
        let before_ns = -Infinity;
        for (const [index, { at_ns: arrived_ns }] of toBoard.entries()) {
          expect(arrived_ns).to.be.at.least(earliest[index]!);
          expect(arrived_ns).to.be.at.least(before_ns + BYTE_ns - 0.1);
          const queued_ns = Math.max(earliest[index]! + LONGEST_FRAME_ns, before_ns + BYTE_ns + 100);
          expect(arrived_ns).to.be.at.most(queued_ns);
          before_ns = arrived_ns;
        }
        expect(cable.drained_ns).to.be.closeTo(toBoard.at(-1)?.at_ns ?? 0, 100);
      }),
    );
  });

  it('carries bytes to the host in order, nothing lost, none sooner than it was sent and none later than timer, frame and stall allow', () => {
    fc.assert(
      fc.property(seeds, gaps, (seed, sent) => {
        const { toHost, passTo, say } = cableUnderTest({ seed });
        const said: number[] = [];
        let at_ns = 0;
        for (const [byte, gap_ns] of sent) {
          say(byte, (at_ns += gap_ns));
          said.push(at_ns);
        }
        passTo(at_ns + LATENCY_TIMER_ns + LONGEST_FRAME_ns);
        expect(bytesOf(toHost)).to.deep.equal(sent.map(([byte]) => byte));
        for (const [index, { at_ns: heard_ns }] of toHost.entries()) {
          expect(heard_ns).to.be.within(said[index]!, said[index]! + LATENCY_TIMER_ns + LONGEST_FRAME_ns + 100);
          expect(heard_ns).to.be.at.least(toHost[index - 1]?.at_ns ?? 0);
        }
      }),
    );
  });

  it('waits for the latency timer with few bytes, and takes the next frame with a full packet', () => {
    const few = cableUnderTest();
    few.say(1, ms(0.5));
    few.passTo(ms(80));
    expect(few.toHost[0]!.at_ns).to.be.within(ms(17), ms(17.3));
    const full = cableUnderTest();
    for (let byte = 0; byte < 62; byte += 1) full.say(byte, ms(0.1) + byte * BYTE_ns);
    full.passTo(ms(80));
    expect(full.toHost).to.have.length(62);
    expect(full.toHost[0]!.at_ns).to.be.within(ms(2), ms(2.3));
  });

  it('stalls now and then, 5 ms to 60 ms, about once in 2 000 transfers', () => {
    const { cable, toBoard, passTo } = cableUnderTest({ seed: 3 });
    const transfers = 20_000;
    for (let index = 0; index < transfers; index += 1) {
      passTo(index * ms(100));
      cable.send(Uint8Array.of(0));
    }
    const stalls = toBoard.map(({ at_ns }, index) => at_ns - index * ms(100)).filter((late_ns) => late_ns > ms(1));
    // Expected 10; five standard deviations of a Poisson count are 16.
    expect(stalls.length).to.be.within(1, 26);
    for (const late_ns of stalls) expect(late_ns).to.be.within(ms(5), ms(60.5));
  });

  for (const { error_ppm, garbled } of [
    { error_ppm: 24_000, garbled: false },
    { error_ppm: -24_000, garbled: false },
    { error_ppm: 27_000, garbled: true },
    { error_ppm: -27_000, garbled: true },
  ]) {
    it(`${garbled ? 'garbles every byte' : 'is transparent'} both ways with a crystal ${error_ppm / 10_000} % off`, () => {
      const { cable, toBoard, toHost, passTo, say } = cableUnderTest({ error_ppm });
      cable.send(Uint8Array.from(BYTES));
      for (const [index, byte] of BYTES.entries()) say(byte, ms(1) + index * BYTE_ns);
      passTo(ms(100));
      for (const arrived of [bytesOf(toBoard), bytesOf(toHost)]) {
        expect(arrived).to.have.length(BYTES.length);
        expect(arrived.filter((byte, index) => byte === BYTES[index])).to.have.length(garbled ? 0 : BYTES.length);
        for (const byte of arrived) expect(byte).to.be.within(0, 255);
      }
    });
  }

  it('garbles where the baud rates differ, and carries nothing to a host that has gone', () => {
    const foreign = cableUnderTest({ boardBaud: 115_200 });
    foreign.cable.send(Uint8Array.from(BYTES));
    expect(bytesOf(foreign.toBoard)).not.to.deep.equal(BYTES);
    const { cable, toHost, passTo, say } = cableUnderTest();
    say(1, ms(1));
    cable.unplug();
    say(2, ms(2));
    passTo(ms(90));
    expect(toHost).to.deep.equal([]);
    cable.plug(500_000);
    say(3, ms(91));
    passTo(ms(200));
    expect(bytesOf(toHost)).to.deep.equal([3]);
  });
});
