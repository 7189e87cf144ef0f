/** The sequenced commands under way: numbered, bounded by the fixture's receive ring, repeated until acknowledged, resolved in order. */

import { encodeCommand } from '../wire/codec.ts';
import type { SequencedMessage } from '../wire/messages.ts';
import type { RigError } from '../error.ts';
import type { RoundTrip } from './round-trip.ts';

type Unnumbered<M> = M extends unknown ? Omit<M, 'seq'> : never;
/** A sequenced message whose number the window gives. */
export type Command = Unnumbered<SequencedMessage>;
export type RefusalCode = string;

/** How the fixture took a command; `refused` says why. */
export type Outcome = { readonly accepted: true } | { readonly accepted: false; readonly refused: RefusalCode };

interface Pending {
  readonly line: string;
  sent_ms: number;
  resent: boolean;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (fault: RigError) => void;
}

interface Waiting {
  readonly command: Command;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (fault: RigError) => void;
}

export interface WindowSurroundings {
  readonly now: () => number;
  readonly send: (line: string) => void;
  readonly roundTrip: RoundTrip;
  /** When `overdue` wants to be called; Infinity: not. */
  readonly alarm: (due_ms: number) => void;
}

const SEQUENCE = 256;
const ACCEPTED: Outcome = { accepted: true };

export class CommandWindow {
  readonly #around: WindowSurroundings;
  #bytes: number;
  #underWay: Pending[] = [];
  #waiting: Waiting[] = [];
  /** Number of the first command under way. */
  #base = 0;
  #fastResendDone = false;
  #backoff = 1;
  resent = 0;

  constructor(around: WindowSurroundings, bytes: number) {
    this.#around = around;
    this.#bytes = bytes;
  }

  /** Commands that the fixture has not yet said it took. */
  get unacknowledged(): number {
    return this.#underWay.length + this.#waiting.length;
  }

  get bytesUnderWay(): number {
    return this.#underWay.reduce((sum, { line }) => sum + line.length, 0);
  }

  /** After a hello: numbers begin at 0, nothing is under way. */
  restart(bytes: number, fault: RigError): void {
    this.fail(fault);
    this.#bytes = bytes;
    this.#base = 0;
    this.#fastResendDone = false;
    this.#backoff = 1;
  }

  push(command: Command): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      this.#fill();
    });
  }

  /** Whether an acknowledgement with this number can be of now; an old one may have been overtaken on its way. */
  mayBe(seq: number): boolean {
    return (seq - this.#base + SEQUENCE) % SEQUENCE <= this.#underWay.length;
  }

  /** All commands before `seq` were taken; `refused` is why the last of them was not. A repeated acknowledgement asks for the next command again. */
  acknowledged(seq: number, from: 'answer' | 'pong', refused?: RefusalCode): void {
    if (!this.mayBe(seq)) return;
    const count = (seq - this.#base + SEQUENCE) % SEQUENCE;
    if (count === 0) {
      if (from === 'pong' || this.#underWay.length === 0 || this.#fastResendDone) return;
      this.#fastResendDone = true;
      this.#resendAll();
      return;
    }
    const now = this.#around.now();
    const taken = this.#underWay.splice(0, count);
    this.#base = seq;
    this.#fastResendDone = false;
    this.#backoff = 1;
    const last = taken.at(-1);
    if (last && !last.resent && from === 'answer') this.#around.roundTrip.add(now - last.sent_ms);
    for (const pending of taken) pending.resolve(refused !== undefined && pending === last ? { accepted: false, refused } : ACCEPTED);
    this.#fill();
    this.#arm();
  }

  /** No acknowledgement came in time: everything again, since the fixture takes only the next number. */
  overdue(): void {
    if (this.#underWay.length === 0) return;
    this.#backoff = Math.min(this.#backoff * 2, 16);
    this.#fastResendDone = false;
    this.#resendAll();
  }

  fail(fault: RigError): void {
    const dropped = [...this.#underWay, ...this.#waiting];
    this.#underWay = [];
    this.#waiting = [];
    this.#around.alarm(Infinity);
    for (const { reject } of dropped) reject(fault);
  }

  #fill(): void {
    for (;;) {
      const next = this.#waiting[0];
      if (!next) return;
      const seq = (this.#base + this.#underWay.length) % SEQUENCE;
      const line = encodeCommand({ ...next.command, seq });
      if (this.#underWay.length > 0 && this.bytesUnderWay + line.length > this.#bytes) return;
      this.#waiting.shift();
      this.#underWay.push({ line, sent_ms: this.#around.now(), resent: false, resolve: next.resolve, reject: next.reject });
      this.#around.send(line);
      if (this.#underWay.length === 1) this.#arm();
    }
  }

  #resendAll(): void {
    for (const pending of this.#underWay) {
      pending.resent = true;
      pending.sent_ms = this.#around.now();
      this.resent += 1;
      this.#around.send(pending.line);
    }
    this.#arm();
  }

  #arm(): void {
    const { now, alarm, roundTrip } = this.#around;
    alarm(this.#underWay.length === 0 ? Infinity : now() + roundTrip.patience_ms * this.#backoff);
  }
}
