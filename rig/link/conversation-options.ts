/** What a conversation with a fixture is made of. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { Port } from './port.ts';

export interface ConversationOptions {
  readonly port: Port;
  readonly clock: Clock;
  /** Worst error of the host's own oscillator, for the stated bound of the clock fit. */
  readonly hostOscillator_ppm?: number;
  /** Any number; hellos count on from it. */
  readonly nonce: number;
  readonly patience_ms?: number;
}
