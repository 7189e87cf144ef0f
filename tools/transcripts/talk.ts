/** A talk with the emulated fixture over its serial port, line by line as a person would hold it, and what was said in order. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { type Port, openPort } from '../../rig/link/port.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../../rig/run/images.ts';
import { BENCH_NETLIST } from '../../rig/sim/circuit/stand-in-board.ts';
import { openSimulation } from '../../rig/sim/simulation.ts';
import { decodeLine, encodeCommand } from '../../rig/wire/codec.ts';
import type { FixtureMessage, FixtureReply, HostMessage } from '../../rig/wire/messages.ts';

export interface Row {
  readonly way: '>' | '<' | 'x' | '';
  /** As on the wire, without its newline; of a remark nothing. */
  readonly line: string;
  readonly note: string;
}

const KEEP_ALIVE_ms = 250;
const STEP_ms = 10;
const SEED = 1;

export class Talk {
  readonly rows: Row[] = [];
  readonly #port: Port;
  readonly #clock: Clock;
  #keptAlive_ms = 0;
  #losing = 0;
  readonly #heard: FixtureMessage[] = [];

  constructor(port: Port, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
    port.listen({
      onLine: (line) => this.#hear(line),
      onLost: (fault) => {
        throw fault;
      },
    });
  }

  /** The last message of a kind. Throws where none came: the talk did not go as written. */
  last<Kind extends FixtureMessage['kind']>(kind: Kind): Extract<FixtureMessage, { kind: Kind }> {
    const found = this.#heard.findLast((message) => message.kind === kind);
    if (found === undefined) throw new Error(`expected ${kind} of the fixture, got ${JSON.stringify(this.#heard.at(-1))}`);
    return found as Extract<FixtureMessage, { kind: Kind }>;
  }

  say(message: HostMessage, note = ''): void {
    this.#send(encodeCommand(message).trimEnd(), note);
  }

  remark(note: string): void {
    this.rows.push({ way: '', line: '', note });
  }

  /** The next so many lines of the fixture get lost on their way. */
  lose(lines: number): void {
    this.#losing = lines;
  }

  /** Listens; keep-alives go out all the while and are not written down. */
  async listen(ms: number, until: (message: FixtureMessage) => boolean = () => false): Promise<void> {
    const end_ms = this.#clock.now() + ms;
    const from = this.#heard.length;
    while (this.#clock.now() < end_ms) {
      await this.#clock.sleep(STEP_ms);
      const now_ms = this.#clock.now();
      if (now_ms - this.#keptAlive_ms >= KEEP_ALIVE_ms) {
        this.#keptAlive_ms = now_ms;
        this.#port.write(encodeCommand({ kind: 'keepAlive' }));
      }
      if (this.#heard.slice(from).some(until)) return;
    }
  }

  /** Says it and waits for the answer of a kind. */
  async ask<Kind extends FixtureReply['kind']>(
    message: HostMessage,
    kind: Kind,
    note = '',
  ): Promise<Extract<FixtureReply, { kind: Kind }>> {
    this.say(message, note);
    await this.listen(1_000, (heard) => heard.kind === kind || heard.kind === 'refused');
    if (this.#heard.at(-1)?.kind === 'refused')
      throw new Error(`the fixture refused ${JSON.stringify(message)}: ${JSON.stringify(this.#heard.at(-1))}`);
    return this.last(kind);
  }

  #send(line: string, note: string): void {
    this.rows.push({ way: '>', line, note });
    this.#port.write(`${line}\n`);
  }

  #hear(line: string): void {
    const decoded = decodeLine(line);
    if (!decoded.ok) throw new Error(`the fixture said ${JSON.stringify(line)}: ${decoded.reason}`);
    const lost = decoded.message.kind === 'events' && this.#losing > 0;
    if (lost) this.#losing -= 1;
    else this.#heard.push(decoded.message);
    this.rows.push({ way: lost ? 'x' : '<', line, note: '' });
  }
}

/** Holds a talk on a board of its own, and gives what was said. */
export const talkOf = async (hold: (talk: Talk) => Promise<void>): Promise<readonly Row[]> => {
  const simulation = openSimulation({
    seed: SEED,
    occasion: 'transcript',
    fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image,
    unitImage: loadImage(UNIT_IMAGE, 'unit').image,
    netlist: BENCH_NETLIST,
    pace: 'virtual',
  });
  const port = await openPort({ binding: simulation.binding, path: simulation.path, clock: simulation.clock });
  try {
    const talk = new Talk(port, simulation.clock);
    await hold(talk);
    return talk.rows;
  } finally {
    await port.close();
    simulation.close();
  }
};
