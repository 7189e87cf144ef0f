/** A sequence of things that may happen to a unit, and the scenario file it is: legal whatever was drawn, because what would not be is left out. */

import { Document, isCollection, isSeq } from 'yaml';

export const POLES = [1, 3, 4] as const;
export type Pole = (typeof POLES)[number];

/** Each way to switch on, and off. */
export const REMOTES = ['link', 'off', 'H to battery', 'L to minus', 'H 3.1 V', 'L 3.3 V'] as const;
export type Remote = (typeof REMOTES)[number];

/** Both ends of the range, with what the bench needs to stay inside, and each system voltage. */
export const SUPPLIES_V = [8.2, 12.8, 25.6, 51.2, 69] as const;
export type Supply_V = (typeof SUPPLIES_V)[number];

export type Move =
  /** Poles that change, in one write. */
  | { readonly do: 'toggle'; readonly poles: readonly Pole[] }
  /** A pole away and back before it can count. */
  | { readonly do: 'bounce'; readonly pole: Pole; readonly for_ms: number }
  | { readonly do: 'remote'; readonly to: Remote }
  | { readonly do: 'supply'; readonly to_V: Supply_V }
  /** The supply is away for longer than any state is kept. Poles that change meanwhile. */
  | { readonly do: 'restart'; readonly poles: readonly Pole[] };

export interface Step {
  /** After the step before, and after what it began. */
  readonly after_ms: number;
  readonly move: Move;
}

export interface Sequence {
  readonly supply_V: Supply_V;
  readonly remote: Remote;
  readonly open: readonly Pole[];
  readonly steps: readonly Step[];
  /** From the last step to the end. */
  readonly rest_ms: number;
}

/** From the supply until everything has started. */
const START_ms = 3_200;
/** R14: longer than any state is kept, with the time the supply takes to fall. */
const AWAY_ms = 1_300;

type Stimulus = Readonly<Record<string, unknown>>;

const remoteWord = (remote: Remote): unknown => (remote === 'H 3.1 V' ? { H: '3.1 V' } : remote === 'L 3.3 V' ? { L: '3.3 V' } : remote);
/** The terminals may not be driven while the supply is away. */
const isDriven = (remote: Remote): boolean => remote !== 'link' && remote !== 'off';

const polesWord = (open: ReadonlySet<Pole>): unknown =>
  open.size === 0
    ? 'closed'
    : open.size === POLES.length
      ? 'open'
      : Object.fromEntries(POLES.filter((pole) => open.has(pole)).map((pole) => [String(pole), 'open']));

/** What the drives are, step by step. */
class Writer {
  readonly steps: Stimulus[] = [];
  #supply_V: number;
  #remote: Remote;
  readonly #open: Set<Pole>;
  #wait_ms = START_ms;

  constructor({ supply_V, remote, open }: Sequence) {
    this.#supply_V = supply_V;
    this.#remote = remote;
    this.#open = new Set(open);
  }

  write({ after_ms, move }: Step): void {
    this.#wait_ms += after_ms;
    switch (move.do) {
      case 'toggle':
        return this.#poles(move.poles);
      case 'bounce':
        this.#poles([move.pole]);
        this.#wait_ms = move.for_ms;
        return this.#poles([move.pole]);
      case 'remote':
        if (move.to === this.#remote) return;
        this.#remote = move.to;
        return this.#step({ remote: remoteWord(move.to) });
      case 'supply':
        if (move.to_V === this.#supply_V) return;
        this.#supply_V = move.to_V;
        return this.#step({ supply: `${move.to_V} V` });
      case 'restart':
        if (isDriven(this.#remote)) return;
        this.#step({ supply: '0 V' });
        this.#wait_ms = AWAY_ms;
        this.#poles(move.poles);
        this.#wait_ms += 100;
        this.#step({ supply: `${this.#supply_V} V` });
        this.#wait_ms = START_ms;
    }
  }

  /** Waiting that no stimulus has used up. */
  get left_ms(): number {
    return this.#wait_ms;
  }

  #poles(poles: readonly Pole[]): void {
    if (poles.length === 0) return;
    for (const pole of poles) {
      if (!this.#open.delete(pole)) this.#open.add(pole);
    }
    this.#step({ poles: polesWord(this.#open) });
  }

  #step(stimulus: Stimulus): void {
    const time = this.steps.length === 0 ? 'at' : 'wait';
    this.steps.push({ [time]: `${this.#wait_ms} ms`, ...stimulus });
    this.#wait_ms = 0;
  }
}

export interface Heading {
  readonly title: string;
  readonly covers: readonly string[];
  /** First lines of the file, one comment each. */
  readonly comments?: readonly string[];
}

/** The whole file. The same sequence always gives the same text. */
export const scenarioText = (sequence: Sequence, { title, covers, comments = [] }: Heading): string => {
  const writer = new Writer(sequence);
  for (const step of sequence.steps) writer.write(step);
  const file = {
    scenario: title,
    covers,
    tags: ['explored'],
    given: { supply: `${sequence.supply_V} V`, remote: remoteWord(sequence.remote), poles: polesWord(new Set(sequence.open)) },
    steps: writer.steps,
    until: writer.steps.length === 0 ? `${START_ms + sequence.rest_ms} ms` : { wait: `${writer.left_ms + sequence.rest_ms} ms` },
  };
  const document = new Document(file);
  const steps = document.get('steps');
  // A step a line.
  if (isSeq(steps)) for (const step of steps.items) if (isCollection(step)) step.flow = true;
  return `${comments.map((line) => `# ${line}\n`).join('')}${document.toString({ lineWidth: 0 })}`;
};
