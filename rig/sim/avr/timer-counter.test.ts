import { expect } from 'chai';
import * as fc from 'fast-check';
import { AT_BOTTOM, AT_TOP, Counter, MATCH, OVERFLOW } from './timer-counter.ts';
import { MODES_16_BIT, MODES_8_BIT } from './timer-modes.ts';
import type { TimerMode } from './timer-modes.ts';

/** The same counter told the slow way: one tick at a time, straight from the datasheets' timing diagrams. */
class TickByTick {
  value = 0;
  down = false;
  readonly compare: number[];
  readonly buffered: number[];
  readonly #mode: TimerMode;
  readonly #max: number;
  readonly #icr: number;

  constructor(mode: TimerMode, max: number, icr: number, compare: readonly number[], buffered: readonly number[]) {
    this.#mode = mode;
    this.#max = max;
    this.#icr = icr;
    this.compare = [...compare];
    this.buffered = [...buffered];
  }

  get #top(): number {
    const { top } = this.#mode;
    if (top === 'max') return this.#max;
    if (top === 'ocrA') return this.compare[0] ?? 0;
    return top === 'icr' ? this.#icr : top;
  }

  tick(): number {
    const { kind } = this.#mode;
    const top = this.#top;
    const dual = kind === 'phase' || kind === 'phaseFrequency';
    let what = 0;
    for (const [channel, compare] of this.compare.entries()) if (compare === this.value) what |= MATCH[channel] ?? 0;
    if (dual) {
      if (this.value === 0) {
        what |= AT_BOTTOM | OVERFLOW;
        this.down = false;
      }
      if (this.value === top) what |= AT_TOP;
      if (this.value >= top && this.value > 0) this.down = true;
      if (this.value > 0 || top > 0) this.value += this.down ? -1 : 1;
    } else {
      if (this.value === top) what |= AT_TOP;
      if (this.value === (kind === 'fast' ? top : this.#max)) what |= OVERFLOW;
      this.value = this.value === top || this.value === this.#max ? 0 : this.value + 1;
    }
    const load = kind === 'phaseFrequency' ? AT_BOTTOM : AT_TOP;
    if (kind !== 'normal' && kind !== 'ctc' && (what & load) !== 0) {
      for (const channel of this.compare.keys()) this.compare[channel] = this.buffered[channel] ?? 0;
    }
    return what;
  }
}

const small = fc.integer({ min: 0, max: 20 });

describe('timer counter', () => {
  for (const [bits, modes] of [
    [8, MODES_8_BIT],
    [16, MODES_16_BIT],
  ] as const) {
    it(`jumps over ${bits}-bit counts exactly as ticking one by one, in every mode`, () => {
      const cases = fc.record({
        mode: fc.constantFrom(...modes),
        compare: fc.tuple(small, small),
        buffered: fc.tuple(small, small),
        icr: small,
        jumps: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 }),
      });
      fc.assert(
        fc.property(cases, ({ mode, compare, buffered, icr, jumps }) => {
          const max = bits === 8 ? 0xff : 0xffff;
          const pwm = mode.kind !== 'normal' && mode.kind !== 'ctc';
          const slow = new TickByTick(mode, max, icr, compare, pwm ? buffered : compare);
          const fast = new Counter(max, 2, mode);
          fast.icr = icr;
          fast.compare.splice(0, 2, ...compare);
          fast.buffered.splice(0, 2, ...(pwm ? buffered : compare));
          fast.settle();
          for (const ticks of jumps) {
            let expected = 0;
            for (let tick = 0; tick < ticks; tick++) expected |= slow.tick();
            let seen = 0;
            fast.advance(ticks, (what) => (seen |= what));
            expect({ value: fast.value, seen, compare: fast.compare }).to.deep.equal({
              value: slow.value,
              seen: expected,
              compare: slow.compare,
            });
          }
        }),
        { numRuns: 1000 },
      );
    });
  }

  it('says how many ticks it takes to the next edge that matters', () => {
    const cases = fc.record({
      mode: fc.constantFrom(...MODES_8_BIT),
      compare: fc.tuple(small, small),
      start: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(cases, fc.constantFrom(1, 2, 8, 16, 3, 11), ({ mode, compare, start }, watched) => {
        const counter = new Counter(0xff, 2, mode);
        counter.compare.splice(0, 2, ...compare);
        counter.buffered.splice(0, 2, ...compare);
        counter.value = start;
        counter.settle();
        const promised = counter.ticksUntil(watched);
        let first = Infinity;
        for (let tick = 1; tick <= 1100; tick++) {
          counter.advance(1, (what) => {
            if ((what & watched) !== 0) first = Math.min(first, tick);
          });
        }
        expect(promised).to.equal(first);
      }),
      { numRuns: 300 },
    );
  });

  it('skips a million periods without walking through them', () => {
    const counter = new Counter(0xff, 2, MODES_8_BIT[0] as TimerMode);
    let edges = 0;
    counter.advance(256 * 1_000_000 + 7, () => edges++);
    expect(counter.value).to.equal(7);
    expect(edges).to.be.lessThan(100);
  });

  it('matches nothing on the tick after its value was written', () => {
    const counter = new Counter(0xff, 2, MODES_8_BIT[0] as TimerMode);
    counter.compare[0] = 5;
    counter.compare[1] = 6;
    counter.value = 5;
    counter.blocked = true;
    const seen: number[] = [];
    counter.advance(2, (what) => seen.push(what));
    expect(seen.filter((what) => what !== 0)).to.deep.equal([2]);
  });
});
