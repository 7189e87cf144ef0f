/** The self-test's program on a fixture, over its wire: each step sent as one volley, the fixture keeps the times. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { SENSES, type SenseSignal } from '../../scenarios/signals.ts';
import { type Lead, soonestTick } from '../bench/bare-board.ts';
import { eventFault } from '../bench/event-fault.ts';
import { CONVERTER, type ConverterSignal, DRIVE_BITS, driveWord } from '../fixture/channels.ts';
import { wireTicks } from '../link/clock-fit.ts';
import type { Command } from '../link/command-window.ts';
import type { Conversation } from '../link/conversation.ts';
import { KEEP_ALIVE_ENERGETIC_ms } from '../link/link-timing.ts';
import { refusalFault } from '../link/refusal-words.ts';
import { within } from '../link/waiting.ts';
import { wrapsOf } from '../wire/case-length.ts';
import type { FixtureEvent, When } from '../wire/messages.ts';
import { checkId, EDGES_LOST, type Look, namesOf, type Path, type Step, WINDOW_us } from './program.ts';
import { probeChannel, valueOf } from './values.ts';

const LEAD: Lead = { ms: 60, roundTrips: 6 };
/** The strong supply limit follows a rise after 50 ms, the slowest switch after 5. */
const SETTLE_ms = 70;
const WEAK_SETTLE_ms = 25;
/** What a look takes, with what the main loop needs between two of them. */
const SPAN_ms: Readonly<Record<Look['kind'], number>> = { sample: WINDOW_us / 1e3, level: 0, capture: 0, contact: 9, probe: 5 };
/** From a switching to the last edge that it may cause. */
const CYCLE_ms = 20;
const PATIENCE_ms = 2_000;
const TICKS_PER_ms = 2_000;
const CONVERSIONS = 4;
const REFERENCE_CONVERSIONS = 4;
/** Number of the case in the fixture's log. */
const CASE = 0xfffd;
/** It takes a quarter of a minute, over a bad link some more. */
const LONGEST_ms = 300_000;
/** All bits the host may move. */
const ALL_BITS = (1 << DRIVE_BITS.supplyEnable) - 1;

type Sample = Extract<FixtureEvent, { kind: 'sample' }>;
type Probe = Extract<FixtureEvent, { kind: 'probe' }>;
type Edge = Extract<FixtureEvent, { kind: 'edge' }>;

const codesOf = (volts_mV: Step['volts_mV']) =>
  (Object.keys(CONVERTER) as ConverterSignal[]).map((converter) => ({
    converter,
    code: Math.round((volts_mV[converter] * 65_536) / CONVERTER[converter].fullScale_mV),
  }));
const after = (entry: number, ms: number): When => ({ kind: 'after', entry, delay_ticks: Math.round(ms * TICKS_PER_ms) });

/** What happened to the senses since some moment. */
export interface Switching {
  /** Tick; null = the fixture did not tell. */
  readonly done: number | null;
  readonly edges: readonly Edge[];
}

export class Session {
  readonly #conversation: Conversation;
  readonly #clock: Clock;
  readonly #events = new Map<number, FixtureEvent[]>();
  readonly #failed = Promise.withResolvers<never>();
  readonly #levels = new Map<SenseSignal, number>();
  readonly #via = new Map<SenseSignal, Edge['via']>();
  #edges: Edge[] = [];
  #lost = 0;
  #awaited: { readonly ids: ReadonlySet<number>; readonly resolve: (all: true) => void } | null = null;
  #id = 0;

  constructor(conversation: Conversation, clock: Clock) {
    this.#conversation = conversation;
    this.#clock = clock;
    this.#failed.promise.catch(() => undefined);
  }

  async begin(): Promise<void> {
    this.#conversation.listen({
      onEvent: (event) => {
        // What oscillates is a finding, and the rest is looked at all the same.
        const fault = event.kind === 'overflow' ? null : eventFault(event, new Map());
        if (fault !== null) this.#failed.reject(fault);
        else this.#heard(event);
      },
      onFault: (fault) => this.#failed.reject(fault),
    });
    this.#conversation.keepAliveEvery(KEEP_ALIVE_ENERGETIC_ms);
    await this.#send({ kind: 'begin', case: CASE, t0: 0, most_wraps: wrapsOf(LONGEST_ms) });
  }

  /** Throws RigError: what link and fixture throw. */
  async play(step: Step, into: Map<string, number>): Promise<void> {
    const set = this.#next();
    this.#lost = 0;
    const commands: (Command & { readonly id: number })[] = [
      { kind: 'set', id: set, when: this.#soon(), mask: ALL_BITS, value: driveWord(step.bits), codes: codesOf(step.volts_mV) },
    ];
    let from = { entry: set, ms: step.weak ? WEAK_SETTLE_ms : SETTLE_ms };
    if (step.burst !== undefined) {
      const { bits, for_us } = step.burst;
      const burst = this.#next();
      const mask = driveWord(bits);
      commands.push({ kind: 'pulse', id: burst, when: after(from.entry, from.ms), mask, value: mask, for_ticks: for_us * 2, codes: [] });
      from = { entry: burst, ms: WINDOW_us / 1e3 };
    }
    const ids = step.looks.map((look): number | null => {
      if (look.kind === 'level' || look.kind === 'capture') return null;
      const id = this.#next();
      const when = after(from.entry, from.ms);
      if (look.kind === 'sample') commands.push({ kind: 'sample', id, when, channel: look.channel, count: CONVERSIONS });
      else if (look.kind === 'probe') commands.push({ kind: 'probe', id, when, output: look.output });
      else commands.push({ kind: 'contact', id, when, line: look.line });
      from = { ...from, ms: from.ms + SPAN_ms[look.kind] };
      return id;
    });
    await this.#volley(commands, new Set(ids.filter((id) => id !== null)), from.ms + (step.burst?.for_us ?? 0) / 1e3);
    let reference = 0;
    step.looks.forEach((look, at) => {
      const id = ids[at]!;
      const values = id === null ? [this.#sense(look)] : this.#read(look, id, reference);
      if (values === null) return; // what did not come fails its check
      const sample = id === null ? undefined : this.#sample(id);
      if (sample !== undefined) reference = sample.reference / REFERENCE_CONVERSIONS;
      namesOf(look).forEach((name, index) => into.set(checkId(step, name), values[index]!));
    });
    into.set(checkId(step, EDGES_LOST), this.#lost);
    this.#events.clear();
  }

  /** Switches a path's bit and tells when, and which edges followed. */
  async switching({ bit }: Pick<Path, 'bit'>, on: boolean): Promise<Switching> {
    this.#edges = [];
    const [id, marker] = [this.#next(), this.#next()];
    await this.#volley(
      [
        { kind: 'set', id, when: this.#soon(), mask: driveWord([bit]), value: on ? driveWord([bit]) : 0, codes: [] },
        { kind: 'sample', id: marker, when: after(id, CYCLE_ms), channel: 'reference', count: 1 },
      ],
      new Set([marker]),
      CYCLE_ms,
    );
    const done = this.#events.get(id)?.find((event) => event.kind === 'done');
    this.#events.clear();
    return { done: done?.tick ?? null, edges: this.#edges };
  }

  #read(look: Look, id: number, reference: number): readonly number[] | null {
    if (look.kind === 'probe') {
      const probe = this.#events.get(id)?.find((event): event is Probe => event.kind === 'probe');
      if (probe === undefined) return null;
      return [probe.off, probe.on, probe.supply].map((code) => valueOf(probeChannel(look.output), code, reference));
    }
    const sample = this.#sample(id);
    if (sample === undefined) return null;
    const own = sample.reference / REFERENCE_CONVERSIONS;
    return [valueOf(sample.channel, sample.sum / sample.count, own)];
  }

  #sample(id: number): Sample | undefined {
    return this.#events.get(id)?.find((event): event is Sample => event.kind === 'sample');
  }

  #sense(look: Look): number {
    if (look.kind === 'level') return this.#levels.get(look.sense) ?? 0;
    // A sense that has not moved tells nothing of its second pin.
    return look.kind === 'capture' && (this.#via.get(look.sense) ?? 'capture') === 'capture' ? 1 : 0;
  }

  #next(): number {
    this.#id += 1;
    return this.#id;
  }

  #soon(): When {
    return { kind: 'at', tick: wireTicks(soonestTick(this.#conversation, this.#clock, LEAD)) };
  }

  /** Sends all, and waits until each of `ids` has told its value. */
  async #volley(commands: readonly Command[], ids: ReadonlySet<number>, takes_ms: number): Promise<void> {
    const heard = Promise.withResolvers<true>();
    this.#awaited = { ids, resolve: heard.resolve };
    await Promise.all(commands.map((command) => this.#send(command)));
    await within(this.#clock, PATIENCE_ms + takes_ms, Promise.race([heard.promise, this.#failed.promise]), null);
    this.#awaited = null;
  }

  async #send(command: Command): Promise<void> {
    const answer = await Promise.race([this.#conversation.command(command), this.#failed.promise]);
    if (!answer.accepted) throw refusalFault('a step of the self-test', answer.refused);
  }

  #heard(event: FixtureEvent): void {
    if (event.kind === 'levels') SENSES.forEach((sense, bit) => this.#levels.set(sense, (event.levels >> bit) & 1));
    if (event.kind === 'overflow') this.#lost += event.count;
    if (event.kind === 'edge') {
      this.#levels.set(event.sense, event.level);
      if (event.via !== 'probe') this.#via.set(event.sense, event.via);
      this.#edges.push(event);
    }
    if (!('id' in event)) return;
    this.#events.set(event.id, [...(this.#events.get(event.id) ?? []), event]);
    const told = (id: number): boolean => this.#events.get(id)?.some(({ kind }) => kind === 'sample' || kind === 'probe') === true;
    if (this.#awaited !== null && [...this.#awaited.ids].every(told)) this.#awaited.resolve(true);
  }
}
