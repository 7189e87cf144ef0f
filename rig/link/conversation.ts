/** The conversation with one fixture: who is there, commands that arrive, events that are complete, and what happens when any of it fails. */

import type { Clock, HostTime_ms } from '../../scenarios/contracts/clocks.ts';
import type { LinkCounters } from '../../scenarios/contracts/trace.ts';
import { RigError } from '../error.ts';
import { decodeLine, encodeCommand } from '../wire/codec.ts';
import { RX_RESERVE } from '../wire/limits.ts';
import { hex } from '../wire/lines.ts';
import { type FixtureMessage, type HostMessage, STATE_BITS } from '../wire/messages.ts';
import { signalTableHash } from '../wire/signal-table.ts';
import { ClockSync } from './clock-fit.ts';
import { type Command, CommandWindow, type Outcome } from './command-window.ts';
import { EventInbox } from './event-inbox.ts';
import { type ConversationListener, NOBODY } from './conversation-listener.ts';
import type { ConversationOptions } from './conversation-options.ts';
import { Doorbell } from './doorbell.ts';
import { GREETING_PATIENCE_ms, type Hello } from './greeting.ts';
import { eventsLostFault, resetFault, silentFault } from './link-faults.ts';
import { FIXTURE_SILENT_ms, HOST_LATE_ms, KEEP_ALIVE_ms, STOP_PATIENCE_ms } from './link-timing.ts';
import { Pinger, type Pong } from './pinger.ts';
import type { Port } from './port.ts';
import { RoundTrip } from './round-trip.ts';
import { Tally } from './tally.ts';
import { Transcript } from './transcript.ts';
import { Alarm, within } from './waiting.ts';

export class Conversation {
  readonly transcript = new Transcript();
  readonly clockSync: ClockSync;
  /** Boot ids seen since the last `hello`; a second one is a reset. */
  boots: string[] = [];
  readonly #port: Port;
  readonly #clock: Clock;
  readonly #roundTrip = new RoundTrip();
  readonly #tally = new Tally();
  readonly #window: CommandWindow;
  readonly #inbox: EventInbox;
  readonly #pinger: Pinger;
  readonly #keepAlive: Alarm;
  readonly #silence: Alarm;
  readonly #doorbell: Doorbell;
  #listener = NOBODY;
  #hello: Hello | null = null;
  /** The port is gone. */
  #gone: RigError | null = null;
  #diagnosis: Promise<RigError> | null = null;
  #talking = false;
  #keepAlive_ms = KEEP_ALIVE_ms;
  #free = 0;
  #stopped: (tick: number) => void = () => undefined;

  constructor({ port, clock, hostOscillator_ppm, nonce, patience_ms = GREETING_PATIENCE_ms }: ConversationOptions) {
    this.#port = port;
    this.#clock = clock;
    this.clockSync = new ClockSync(hostOscillator_ppm);
    this.#doorbell = new Doorbell({
      path: port.path,
      clock,
      patience_ms,
      nonce,
      send: (line) => this.#send(line),
      glimpse: () => (this.#hello ? '' : port.limiter.glimpse),
    });
    const now = (): number => clock.now();
    const [commandsDue, eventsDue] = [new Alarm(clock, () => this.#window.overdue()), new Alarm(clock, () => this.#inbox.overdue())];
    this.#window = new CommandWindow(
      { now, send: (line) => this.#send(line), roundTrip: this.#roundTrip, alarm: (due_ms) => commandsDue.set(due_ms) },
      0,
    );
    this.#inbox = new EventInbox({
      now,
      patience_ms: () => this.#roundTrip.patience_ms,
      deliver: (event) => this.#listener.onEvent(event),
      request: (from) => this.#say({ kind: 'resend', from }),
      alarm: (due_ms) => eventsDue.set(due_ms),
      lost: (count) => this.#broken(eventsLostFault(port.path, (this.#tally.lostEvents += count))),
    });
    this.#pinger = new Pinger({ clock, say: (message) => this.#say(message), events: () => this.#inbox.next });
    this.#keepAlive = new Alarm(clock, () => this.#say({ kind: 'keepAlive' }));
    this.#silence = new Alarm(clock, (late_ms) => this.#silent(late_ms));
    port.listen({ onLine: (line) => this.#heard(line), onLost: (fault) => this.#portLost(fault) });
  }

  /** Timeline entries the fixture can still take, those on their way to it subtracted. */
  get credit(): number {
    return this.#free - this.#window.unacknowledged;
  }

  get roundTrip_ms(): number {
    return this.#roundTrip.smoothed_ms;
  }

  /** Counted since the last `hello`. */
  get counters(): LinkCounters {
    return this.#tally.counters(this.transcript, this.#window.resent + this.#inbox.requested);
  }

  /** Events that the fixture is known to have made and that have not arrived. */
  get missingEvents(): number {
    return this.#inbox.missing;
  }

  /** The conversation has ended, and why is being asked; the listener will be told. */
  get isAskingWhy(): boolean {
    return this.#diagnosis !== null;
  }

  listen(listener: ConversationListener): void {
    this.#listener = listener;
  }

  /**
   * Begins anew: everything safe, timeline dropped, numbers at 0. Throws RigError `portForeign`, `fixtureSilent`, `protocolVersion`,
   * `signalTable` or `portClosed`. Where the fixture has another boot id than before, the clock fit begins anew too.
   */
  async hello(): Promise<Hello> {
    if (this.#gone) throw this.#gone;
    this.#rest();
    this.transcript.restart();
    const hello = await this.#doorbell.ring(signalTableHash());
    this.#window.restart(hello.rxRing - RX_RESERVE, new RigError('aborted', 'A new hello took the place of the commands under way.'));
    this.#inbox.restart();
    this.#tally.restart(this.#window.resent + this.#inbox.requested);
    if (this.#hello?.boot !== hello.boot) this.clockSync.restart(hello.tick);
    this.#hello = hello;
    this.#diagnosis = null;
    this.#free = hello.queue;
    this.boots = [hex(hello.boot, 8)];
    this.#talking = true;
    this.#silence.set(this.#clock.now() + FIXTURE_SILENT_ms);
    this.#pinger.begin();
    return hello;
  }

  /** Sends a command; resolves when the fixture has taken or refused it, rejects with the fault that ended the conversation, once that is known. */
  async command(command: Command): Promise<Outcome> {
    if (this.#talking) return this.#window.push(command);
    const explained = await this.#diagnosis;
    throw this.#gone ?? explained ?? silentFault(this.#port.path);
  }

  /** One ping; null when its answer did not come in time. */
  ping(): Promise<Pong | null> {
    return this.#pinger.ping();
  }

  /** Pings in quick succession, for the clock fit. */
  pingBurst(): Promise<void> {
    return this.#pinger.burst();
  }

  /** Waits until every event made so far was delivered, `ms` at most. */
  async settle(ms: number): Promise<boolean> {
    const until_ms = this.#clock.now() + ms;
    while (this.#talking && this.#clock.now() < until_ms) {
      const pong = await this.#pinger.ping();
      if (pong && this.#inbox.complete) return true;
      await this.#clock.sleep(this.#roundTrip.patience_ms);
    }
    return false;
  }

  /** Everything safe at once. The tick since when it is, or null where the fixture did not confirm it within a second. */
  async stop(): Promise<number | null> {
    const stopped = Promise.withResolvers<number>();
    this.#stopped = stopped.resolve;
    const until_ms = this.#clock.now() + STOP_PATIENCE_ms;
    while (this.#talking && this.#clock.now() < until_ms) {
      this.#say({ kind: 'stop' });
      const tick = await within(this.#clock, this.#roundTrip.patience_ms, stopped.promise, null);
      if (tick !== null) return tick;
    }
    return null;
  }

  /** Until the next hello; a shorter interval while energy may flow. */
  keepAliveEvery(ms: number): void {
    this.#keepAlive_ms = ms;
    if (this.#talking) this.#keepAlive.set(this.#clock.now() + ms);
  }

  /** Has the fixture's watchdog bite, with no case under way: the reset is told as a fault, and by `boots`. */
  hang(): void {
    if (this.#hello !== null) this.#say({ kind: 'hang', nonce: this.#hello.nonce });
  }

  /** Ends the conversation: the fixture is told to make everything safe and the port is closed. */
  async close(): Promise<void> {
    if (this.#talking) await this.stop();
    this.#rest();
    this.#window.fail(new RigError('aborted', 'The conversation was closed.'));
    this.#listener = NOBODY;
    await this.#port.close();
  }

  #say(message: HostMessage): HostTime_ms {
    return this.#send(encodeCommand(message));
  }

  /** Gives the time that stands in the transcript: what is fitted by it can be fitted again. */
  #send(line: string): HostTime_ms {
    const now = this.#clock.now();
    if (this.#gone) return now;
    this.transcript.add(now, 'sent', line.trimEnd());
    this.#port.write(line);
    if (!this.#talking) return now;
    this.#tally.stalled(this.#keepAlive.late_ms);
    this.#keepAlive.set(now + this.#keepAlive_ms);
    return now;
  }

  #heard(line: string): void {
    const now = this.#clock.now();
    this.transcript.add(now, this.#talking ? 'received' : 'aside', line);
    this.#doorbell.heard(line);
    if (!this.#talking) return;
    this.#tally.stalled(this.#keepAlive.late_ms); // what came in during a stall may be heard before anything else is done
    const decoded = decodeLine(line);
    if (!decoded.ok) this.#tally.faultyLines += 1;
    else {
      this.#silence.set(now + FIXTURE_SILENT_ms);
      this.#understood(decoded.message, now);
    }
  }

  #understood(message: FixtureMessage, now: HostTime_ms): void {
    if (message.kind === 'pong') this.#ponged(message, now);
    else if (message.kind === 'hello' && message.boot !== this.#hello?.boot) void this.#diagnose(resetFault(this.#port.path));
    else if (message.kind === 'stopped') this.#stopped(message.tick);
    else if (message.kind === 'events') {
      this.#inbox.accept(message);
      const unacknowledged = (this.#inbox.next - this.#pinger.acknowledgedEvents) & 0xffff;
      if (unacknowledged >= (this.#hello?.eventRing ?? 0) / 4) void this.#pinger.ping();
    } else if (message.kind === 'ack' || message.kind === 'refused') {
      if (this.#window.mayBe(message.seq)) this.#free = message.free;
      this.#window.acknowledged(message.seq, 'answer', message.kind === 'refused' ? message.code : undefined);
      this.#listener.onCredit?.();
    }
  }

  #ponged(pong: Pong, now: HostTime_ms): void {
    const sent_ms = this.#pinger.sentAt(pong);
    if (sent_ms === null) return;
    if ((pong.state >> STATE_BITS.noHelloSinceBoot) & 1) return void this.#diagnose(resetFault(this.#port.path));
    this.clockSync.add(sent_ms, now, pong.tick);
    this.#roundTrip.add(now - sent_ms);
    if (this.#pinger.accept(pong, now)) {
      this.#tally.pong(pong);
      this.#free = pong.free;
      this.#window.acknowledged(pong.seq, 'pong');
      this.#inbox.announced(pong.events);
    }
    this.#listener.onCredit?.();
  }

  /** Nothing was heard for long; unless it was the host itself that did not listen. */
  #silent(late_ms: number): void {
    if (late_ms < HOST_LATE_ms) return void this.#diagnose(silentFault(this.#port.path));
    this.#silence.set(this.#clock.now() + FIXTURE_SILENT_ms);
    void this.#pinger.ping();
  }

  /** Ends the conversation, with the fault that explains it. */
  async #diagnose(fault: RigError): Promise<void> {
    if (!this.#talking) return;
    this.#rest();
    this.#diagnosis = this.#explained(fault);
    const explained = await this.#diagnosis;
    if (!this.#gone) this.#broken(explained);
  }

  /** Asks once more who is there, to tell a reset from a broken link. */
  async #explained(fault: RigError): Promise<RigError> {
    const hello = await this.#doorbell.ring(null).catch(() => null);
    if (hello === null || hello.boot === this.#hello?.boot) return fault;
    this.boots.push(hex(hello.boot, 8));
    return resetFault(this.#port.path);
  }

  #portLost(fault: RigError): void {
    this.#gone = fault;
    this.#doorbell.portLost(fault);
    this.#broken(fault);
  }

  /** What was under way is void; a new hello may mend it where the port is still there. */
  #broken(fault: RigError): void {
    this.#rest();
    this.#window.fail(fault);
    this.#listener.onFault(fault);
  }

  #rest(): void {
    this.#talking = false;
    this.#keepAlive_ms = KEEP_ALIVE_ms;
    this.#keepAlive.clear();
    this.#silence.clear();
    this.#pinger.rest();
  }
}
