/** What was said on the wire, line by line, with the host's time: enough to build a trace again from it. */

import type { HostTime_ms } from '../../scenarios/contracts/clocks.ts';

export interface TranscriptLine {
  readonly at_ms: HostTime_ms;
  /** `aside`: came in while no conversation was under way (the answer to a hello, what a stranger says), and was not acted on. */
  readonly way: 'sent' | 'received' | 'aside';
  /** Without its newline; latin1, so that each byte is one character. */
  readonly line: string;
}

export class Transcript {
  #lines: TranscriptLine[] = [];
  /** Told of each line as it goes by. */
  onLine: ((line: TranscriptLine) => void) | null = null;
  sent = 0;
  received = 0;

  get lines(): readonly TranscriptLine[] {
    return this.#lines;
  }

  add(at_ms: HostTime_ms, way: TranscriptLine['way'], line: string): void {
    this[way === 'sent' ? 'sent' : 'received'] += 1;
    const added = { at_ms, way, line };
    this.#lines.push(added);
    this.onLine?.(added);
  }

  /** Begins anew; a list handed out before stays as it was. */
  restart(): void {
    this.#lines = [];
    this.sent = 0;
    this.received = 0;
  }
}
