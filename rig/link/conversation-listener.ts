/** Who hears what a conversation with a fixture brings. */

import type { RigError } from '../error.ts';
import type { FixtureEvent } from '../wire/messages.ts';

export interface ConversationListener {
  /** An event, once and in order. */
  onEvent(event: FixtureEvent): void;
  /** The conversation has broken, nothing sent from now on arrives. Called once between two hellos. */
  onFault(fault: RigError): void;
  /** The fixture said how many entries it can still take. */
  onCredit?(): void;
}

export const NOBODY: ConversationListener = { onEvent: () => undefined, onFault: () => undefined };
