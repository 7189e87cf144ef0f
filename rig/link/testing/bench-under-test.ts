/** A scripted fixture at the end of a memory cable with a conversation begun on it: what most tests of the link need. */

import { signalTableHash } from '../../wire/signal-table.ts';
import { Conversation } from '../conversation.ts';
import { openPort } from '../port.ts';
import { type Cable, MemoryCable, PERFECT_CABLE } from './memory-binding.ts';
import { ScriptedFixture, type ScriptedOptions } from './scripted-fixture.ts';
import { VirtualTime } from './virtual-time.ts';
import { seeded } from './random.ts';

export interface Stand {
  readonly time: VirtualTime;
  readonly cable: MemoryCable;
  readonly fixture: ScriptedFixture;
}

export const standWith = (options: Partial<ScriptedOptions> = {}, cable: Cable = PERFECT_CABLE): Stand => {
  const time = new VirtualTime();
  let fixture!: ScriptedFixture;
  const memory = new MemoryCable(
    time,
    (say) => (fixture = new ScriptedFixture(time, say, { table: signalTableHash(), ...options })),
    cable,
  );
  return { time, cable: memory, fixture };
};

export const converse = async ({ time, cable }: Stand): Promise<Conversation> => {
  const port = await time.run(openPort({ binding: cable.binding, path: 'mem:a', clock: time.clock }));
  const conversation = new Conversation({ port, clock: time.clock, nonce: 1 });
  await time.run(conversation.hello());
  return conversation;
};

/** A cable that loses, repeats, spoils and joins lines, each kind with this share. */
export const faultyCable = (seed: number, share: number): Cable => {
  const random = seeded(seed);
  return {
    delay_ms: () => 0.3 + random() * 2,
    pass: (line) => {
      const luck = random();
      if (luck < share) return '';
      if (luck < 2 * share) return line + line;
      if (luck < 3 * share) {
        const at = Math.floor(random() * (line.length - 1));
        return line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ (1 << Math.floor(random() * 7))) + line.slice(at + 1);
      }
      if (luck < 3.5 * share) return line.slice(0, Math.floor(random() * line.length)); // and runs into the next one
      return line;
    },
  };
};
