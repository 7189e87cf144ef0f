/** One command after another to a bootloader: sent, answered in time and with a fitting checksum, or asked again. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { within } from '../link/waiting.ts';
import type { BytePort } from './byte-port.ts';
import { AnswerReader, encodeMessage, STATUS_OK, STATUS_WORDS } from './stk500v2.ts';

/** A page takes 9 ms to write and 24 ms on the line; the rest is for bridges and busy hosts. Source: BENCH.md B-BOOT. */
const PATIENCE_ms = 500;
const ATTEMPTS = 3;

export const bootloaderSilent = (path: string): RigError =>
  new RigError('bootloaderSilent', `No bootloader answers at ${path}.`, {
    hint: 'Is it a Mega 2560, and does it reset when its port opens (a capacitor or a cut RESET-EN trace prevents that)? Press its reset button and try again at once.',
    blame: 'link',
  });

export class BootloaderLink {
  readonly #port: BytePort;
  readonly #clock: Clock;
  readonly #reader = new AnswerReader();
  readonly #lost = Promise.withResolvers<never>();
  #sequence = 0;
  #waiting: { readonly sequence: number; readonly resolve: (body: Buffer) => void } | null = null;

  constructor(port: BytePort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
    this.#lost.promise.catch(() => undefined); // heard only while a command waits
    port.onLost = (fault) => this.#lost.reject(fault);
    port.onBytes = (bytes) => {
      for (const { sequence, body } of this.#reader.take(bytes)) if (sequence === this.#waiting?.sequence) this.#waiting.resolve(body);
    };
  }

  /** The answer's body, or null where none came in time. An answer to an earlier command is not taken for it: numbers count on. */
  async ask(body: readonly number[], patience_ms = PATIENCE_ms): Promise<Buffer | null> {
    this.#sequence = (this.#sequence + 1) & 0xff;
    const answered = Promise.withResolvers<Buffer>();
    this.#waiting = { sequence: this.#sequence, resolve: answered.resolve };
    this.#port.write(encodeMessage(this.#sequence, body));
    const answer = await within(this.#clock, patience_ms, Promise.race([answered.promise, this.#lost.promise]), null);
    this.#waiting = null;
    return answer;
  }

  /**
   * Several commands that belong together (an address and what is done there), all of them again where one fails: a repeated write alone
   * would go to the next page. Gives the last answer without command and status.
   */
  async insist(what: string, ...bodies: readonly (readonly number[])[]): Promise<Buffer> {
    let failure = '';
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const garbledBefore = this.#reader.garbled;
      let answer: Buffer | null = null;
      for (const body of bodies) {
        answer = await this.ask(body);
        if (answer === null || answer[0] !== body[0] || answer[1] !== STATUS_OK) break;
      }
      if (answer !== null && answer[0] === bodies.at(-1)![0] && answer[1] === STATUS_OK) return answer.subarray(2);
      if (answer !== null)
        failure = `it answered that ${STATUS_WORDS[answer[1] ?? 0] ?? `it cannot (status 0x${answer[1]?.toString(16)})`}`;
      else failure = this.#reader.garbled > garbledBefore ? 'its answers come with a wrong checksum' : 'it stopped answering';
    }
    throw new RigError('bootloaderFault', `The bootloader at ${this.#port.path} could not ${what}: ${failure} (${ATTEMPTS} attempts).`, {
      hint: 'Check the USB cable and the supply of the board, then flash it again: its bootloader is still there.',
      blame: 'link',
    });
  }

  get garbled(): number {
    return this.#reader.garbled;
  }
}
