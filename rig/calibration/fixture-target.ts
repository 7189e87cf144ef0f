/** A fixture with the test plug in the unit's place, worked by hand over its wire: what the calibration procedure asks for, one command at a time. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { type AdcChannel, driveWord } from '../fixture/channels.ts';
import { PLUG_WAYS } from '../fixture/netlist/plug.ts';
import type { Command } from '../link/command-window.ts';
import { wireTicks } from '../link/clock-fit.ts';
import type { Conversation } from '../link/conversation.ts';
import { KEEP_ALIVE_ENERGETIC_ms } from '../link/link-timing.ts';
import { refusalFault } from '../link/refusal-words.ts';
import { within } from '../link/waiting.ts';
import { wrapsOf } from '../wire/case-length.ts';
import type { FixtureEvent } from '../wire/messages.ts';
import { type Lead, soonestTick } from '../bench/bare-board.ts';
import { eventFault } from '../bench/event-fault.ts';
import type { CalibrationTarget, Codes } from './procedure.ts';
import type { SinkBit } from './sink-currents.ts';

const LEAD: Lead = { ms: 15, roundTrips: 4 };
/** A rise from 0 at the weak limit, and the strong one 50 ms after it. */
const SETTLE_ms = 80;
const PATIENCE_ms = 2_000;
const CONVERSIONS = 4;
/** A sink has settled by then; a window with its reference takes 1.5 ms. In all far below the 50 ms that a sink may be on, and rested from within 0.1 s at 12 V. */
const SINK_SETTLES_ms = 4;
const WINDOW_ms = 2;
const SINK_RESTS_ms = 100;
const TICKS_PER_ms = 2_000;
/** Who reads a meter and types takes minutes. */
const LONGEST_ms = 4 * 3_600_000;
const LAST_ID = 0xfff0;

const POLES = driveWord(Object.values(PLUG_WAYS).map(({ pole }) => pole));
const BYPASS = driveWord(['shuntBypass']);

/** What a case would hold against the unit: here the plug is in its place. */
const notHigh = (): RigError =>
  new RigError('calibrationFailed', 'An output of the plug was not high when its sink was to be switched on.', {
    hint: 'Is the test plug in its place? Run the self-test.',
  });

export class FixtureTarget implements CalibrationTarget {
  readonly #conversation: Conversation;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, (event: FixtureEvent) => void>();
  readonly #failed = Promise.withResolvers<never>();
  #id = 0;
  #bypassed = true;

  constructor(conversation: Conversation, clock: Clock) {
    this.#conversation = conversation;
    this.#clock = clock;
    this.#failed.promise.catch(() => undefined);
  }

  /** Begins a case in which everything is done. */
  async begin(): Promise<void> {
    this.#conversation.listen({
      onEvent: (event) => {
        const fault = eventFault(event, new Map());
        if (fault !== null) this.#failed.reject(fault);
        else if (event.kind === 'refused') this.#failed.reject(notHigh());
        else if ((event.kind === 'done' || event.kind === 'sample') && 'id' in event) this.#heard(event);
      },
      onFault: (fault) => this.#failed.reject(fault),
    });
    this.#conversation.keepAliveEvery(KEEP_ALIVE_ENERGETIC_ms);
    await this.#send({ kind: 'begin', case: 0xfffe, t0: 0, most_wraps: wrapsOf(LONGEST_ms) });
  }

  async bypass(closed: boolean): Promise<void> {
    this.#bypassed = closed;
    await this.#done({ kind: 'set', id: this.#next(), when: this.#soon(), mask: BYPASS, value: closed ? BYPASS : 0, codes: [] });
    await this.#clock.sleep(SETTLE_ms);
  }

  async supply(code: number): Promise<void> {
    await this.#done({
      kind: 'set',
      id: this.#next(),
      when: this.#soon(),
      mask: BYPASS,
      value: this.#bypassed ? BYPASS : 0,
      codes: [{ converter: 'supply', code }],
    });
    await this.#clock.sleep(SETTLE_ms);
  }

  async outputs(on: boolean): Promise<void> {
    await this.#done({ kind: 'set', id: this.#next(), when: this.#soon(), mask: POLES, value: on ? POLES : 0, codes: [] });
    await this.#clock.sleep(SETTLE_ms);
  }

  async sample(channel: AdcChannel): Promise<Codes> {
    const event = await this.#ask({ kind: 'sample', id: this.#next(), when: this.#soon(), channel, count: CONVERSIONS }, 'sample');
    return { code: event.sum / event.count, reference: event.reference / 4 };
  }

  async sinking(sink: SinkBit, channels: readonly AdcChannel[]): Promise<readonly Codes[]> {
    const pulse = this.#next();
    const mask = driveWord([sink]);
    const for_ticks = (SINK_SETTLES_ms + channels.length * WINDOW_ms) * TICKS_PER_ms;
    const done = this.#done({ kind: 'pulse', id: pulse, when: this.#soon(), mask, value: mask, for_ticks, codes: [] });
    const told = channels.map((channel, index) => {
      const when = { kind: 'after', entry: pulse, delay_ticks: (SINK_SETTLES_ms + index * WINDOW_ms) * TICKS_PER_ms } as const;
      return this.#ask({ kind: 'sample', id: this.#next(), when, channel, count: CONVERSIONS }, 'sample');
    });
    const [, ...events] = await Promise.all([done, ...told]);
    await this.#clock.sleep(SINK_RESTS_ms);
    return events.map(({ sum, count, reference }) => ({ code: sum / count, reference: reference / 4 }));
  }

  #next(): number {
    this.#id = this.#id >= LAST_ID ? 1 : this.#id + 1;
    return this.#id;
  }

  #soon(): { readonly kind: 'at'; readonly tick: number } {
    return { kind: 'at', tick: wireTicks(soonestTick(this.#conversation, this.#clock, LEAD)) };
  }

  #done(command: Command & { readonly id: number }): Promise<unknown> {
    return this.#ask(command, 'done');
  }

  async #ask<K extends 'done' | 'sample'>(
    command: Command & { readonly id: number },
    kind: K,
  ): Promise<Extract<FixtureEvent, { kind: K }>> {
    const heard = Promise.withResolvers<Extract<FixtureEvent, { kind: K }>>();
    this.#waiting.set(command.id, (event) => {
      if (event.kind === kind) heard.resolve(event as Extract<FixtureEvent, { kind: K }>);
    });
    try {
      await this.#send(command);
      const event = await within(this.#clock, PATIENCE_ms, Promise.race([heard.promise, this.#failed.promise]), null);
      if (event === null)
        throw new RigError('fixtureSilent', 'The fixture did not do what it was asked for.', { hint: 'Run it again.', blame: 'link' });
      return event;
    } finally {
      this.#waiting.delete(command.id);
    }
  }

  async #send(command: Command): Promise<void> {
    const answer = await Promise.race([this.#conversation.command(command), this.#failed.promise]);
    if (!answer.accepted) throw refusalFault('a step of the calibration', answer.refused);
  }

  #heard(event: Extract<FixtureEvent, { id: number }>): void {
    this.#waiting.get(event.id)?.(event);
  }
}
