/** What runs a case, whatever it stands on: the real fixture, the same over a pty, or the simulated one, all through here. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { drawsCurrent, type Case } from '../../scenarios/contracts/case.ts';
import { type Clock, hostTime } from '../../scenarios/contracts/clocks.ts';
import type { ContactReading, Trace } from '../../scenarios/contracts/trace.ts';
import { type CalibrationChoice, inForce } from '../calibration/calibration.ts';
import { RigError } from '../error.ts';
import { isSimulatedBoard } from '../fixture/board-id.ts';
import type { BindingInterface } from '../link/bindings.ts';
import { HOST_OSCILLATOR_ppm } from '../link/clock-fit.ts';
import { Conversation } from '../link/conversation.ts';
import type { Hello } from '../link/greeting.ts';
import { silentFault } from '../link/link-faults.ts';
import { acquireLock, type PortLock } from '../link/lock.ts';
import { openPort } from '../link/port.ts';
import type { TranscriptLine } from '../link/transcript.ts';
import { hex } from '../wire/lines.ts';
import { otherBoard } from './bare-board.ts';
import type { CaseTranscript } from './case-transcript.ts';
import { contactFault, measureContacts } from './contacts.ts';
import { measureDrops } from './drops.ts';
import { measureSwitches } from './switches.ts';
import { DIVIDERS_AS_BUILT } from '../calibration/dividers.ts';
import type { AskOperator, Hands } from './operator.ts';
import { runTimeline } from './run-timeline.ts';
import { buildTrace } from './trace.ts';

export interface BenchIdentity {
  readonly simulated: boolean;
  readonly board: string;
  readonly firmware: string;
  readonly unitImage: string | null;
}

export interface RunCaseOptions {
  /** Aborting makes everything safe at once and ends the trace with `aborted`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly at_us: number; readonly of_us: number }) => void;
  /** Who answers what a scenario asks. Default: nobody. */
  readonly ask?: AskOperator | undefined;
  /** Do what a scenario asks for. Default: those of whoever answers at a terminal. */
  readonly hands?: Hands | undefined;
  /** Hears each line on the wire as it goes by. */
  readonly onLine?: (line: TranscriptLine) => void;
}

export interface Bench {
  readonly identity: BenchIdentity;
  /** Every line since the last hello, both ways. */
  readonly transcript: readonly TranscriptLine[];
  /** Of the last case that was begun: what its trace was made from. */
  readonly caseTranscript: CaseTranscript | null;
  /** Contacts of the unit's terminals, as last measured. */
  readonly contacts: readonly ContactReading[];
  /** Runs a case, after its contacts were found good (RigError `contactBad`). What happens to a case once begun is told by its trace; throws RigError where it could not be begun. */
  runCase(testCase: Case, options?: RunCaseOptions): Promise<Trace>;
  /** Leaves everything safe and gives the port back. */
  close(): Promise<void>;
}

/** From the bench file. */
export interface BenchSettings {
  readonly dividers: Dividers;
  readonly contactLimit_mOhm: number;
  /** For so long after it was made a calibration counts. */
  readonly calibrationCounts_ms: number;
  /** Id of the board that it is for; another one is refused. */
  readonly board: string;
}

export interface FixtureBenchOptions {
  /** Absent: the machine's own serial ports. */
  readonly binding?: BindingInterface;
  readonly path: string;
  readonly clock: Clock;
  readonly simulated: boolean;
  /** What the unit runs, where the bench knows. */
  readonly unitImage: string | null;
  /** Recorded with each trace; also where hellos begin to count. */
  readonly seed: number | null;
  /** What its voltages are corrected by. Absent = nothing, and then nothing passes. */
  readonly calibration?: CalibrationChoice | undefined;
  /** Where this bench differs from one as built. */
  readonly settings?: BenchSettings | undefined;
  /** Worst error of the host's oscillator, part of the stated bound. Default 50 ppm. */
  readonly hostOscillator_ppm?: number;
  /** How long to say hello to a silent port. Default 5 s. */
  readonly patience_ms?: number;
  /** Aborting while the bench is being opened rejects with the signal's reason at once. */
  readonly signal?: AbortSignal;
}

/** Time between the two bursts that give the clock fit its first lever: the first entries are put by it, and delays of half a minute may be. */
const WARM_UP_ms = 1_900;
/** A fit reaches back so far before the case: pings enough to plan by, and little time for the resonator to run away. */
const FIT_MEMORY_ms = 30_000;
const MOST_PINGS = 8;
const MOST_WARM_UPS = 12;

const unlessAborted = async <T>(work: Promise<T>, signal?: AbortSignal): Promise<T> => {
  if (signal === undefined) return work;
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

/**
 * Opens the port (taking its lock where it is one of the machine's own), greets the fixture and fits the clocks for two seconds.
 * Throws RigError `portMissing`, `portBusy`, `portForeign`, `portClosed`, `fixtureSilent`, `protocolVersion` or `signalTable`.
 */
export const openFixtureBench = async (options: FixtureBenchOptions): Promise<Bench> => {
  const { binding, path, clock, seed } = options;
  // A binding that was handed in belongs to this process alone; only a port of the machine can be another's.
  const lock = binding === undefined ? acquireLock(path) : null;
  let conversation: Conversation | null = null;
  try {
    const port = await openPort({ path, clock, ...(binding && { binding }) });
    conversation = new Conversation({
      port,
      clock,
      nonce: ((seed ?? 0) * 257) & 0xffff,
      hostOscillator_ppm: options.hostOscillator_ppm ?? HOST_OSCILLATOR_ppm,
      ...(options.patience_ms !== undefined && { patience_ms: options.patience_ms }),
    });
    const { signal } = options;
    const bench = new FixtureBench(options, conversation, await unlessAborted(conversation.hello(), signal), lock);
    refuseOtherBoard(bench.identity.board, options);
    await unlessAborted(bench.warmUp(), signal);
    return bench;
  } catch (fault) {
    await conversation?.close();
    lock?.release();
    throw fault;
  }
};

const refuseOtherBoard = (board: string, { path, settings }: FixtureBenchOptions): void => {
  if (settings === undefined || settings.board === board) return;
  throw otherBoard(path, board, settings.board, 'give the bench file of this board, or let `--bench FILE` find the board');
};

class FixtureBench implements Bench {
  readonly identity: BenchIdentity;
  readonly #options: FixtureBenchOptions;
  readonly #conversation: Conversation;
  readonly #lock: PortLock | null;
  #boot: number;
  contacts: readonly ContactReading[] = [];
  caseTranscript: CaseTranscript | null = null;
  #running = false;
  #cases = 0;

  constructor(options: FixtureBenchOptions, conversation: Conversation, hello: Hello, lock: PortLock | null) {
    this.#options = options;
    this.#conversation = conversation;
    this.#lock = lock;
    this.#boot = hello.boot;
    this.identity = {
      simulated: options.simulated || isSimulatedBoard(hello.board),
      board: hex(hello.board, 8),
      firmware: hex(hello.build, 8),
      unitImage: options.unitImage,
    };
  }

  get transcript(): readonly TranscriptLine[] {
    return this.#conversation.transcript.lines;
  }

  /** Two seconds of pings, so that the first entries of the first case are put at the right ticks; more where the link holds them up. */
  async warmUp(): Promise<void> {
    const { clock } = this.#options;
    const since = clock.now();
    await this.#conversation.pingBurst();
    await clock.sleep(WARM_UP_ms);
    await this.#conversation.pingBurst();
    for (let more = 0; more < MOST_WARM_UPS && !this.#conversation.clockSync.plannable(since); more += 1) {
      await clock.sleep(WARM_UP_ms / 4);
      await this.#conversation.pingBurst();
    }
  }

  async runCase(testCase: Case, { signal, onProgress, ask, hands, onLine }: RunCaseOptions = {}): Promise<Trace> {
    if (this.#running) throw new RigError('internal', 'A bench runs one case at a time.');
    this.#running = true;
    this.#conversation.transcript.onLine = onLine ?? null;
    try {
      const { clock, seed, calibration: chosen, settings } = this.#options;
      const calibrated = inForce(chosen, this.identity.board, settings?.dividers, settings?.calibrationCounts_ms);
      // Another board's corrections would be wrong here; an old one's are better than none.
      const calibration = chosen === undefined || calibrated.fault === 'otherBoard' ? null : chosen.data;
      this.caseTranscript = null;
      const hello = await this.#conversation.hello();
      const clockBefore = this.#conversation.clockSync.state;
      if (hello.boot !== this.#boot) {
        this.#boot = hello.boot;
        await this.warmUp();
      }
      await this.#answering();
      this.contacts = [];
      this.contacts = await measureContacts(this.#conversation, clock);
      const { contacts } = this;
      const badContact = contactFault(contacts, settings?.contactLimit_mOhm);
      if (badContact !== null) throw badContact;
      await measureSwitches(this.#conversation, clock, contacts);
      const dividers = settings?.dividers ?? DIVIDERS_AS_BUILT;
      await measureDrops(this.#conversation, clock, { calibration, dividers });
      const fitSince = hostTime(clock.now() - FIT_MEMORY_ms);
      const raw = await runTimeline({
        conversation: this.#conversation,
        clock,
        timeline: testCase.timeline,
        supply: calibration?.supply ?? null,
        draws: drawsCurrent(testCase.attached),
        number: this.#cases++,
        fitSince,
        caseId: testCase.id,
        simulated: this.identity.simulated,
        ...(ask && { ask }),
        ...(hands && { hands }),
        ...(signal && { signal }),
        ...(onProgress && { onProgress }),
      });
      const { t0, firstLine, lines } = raw;
      this.caseTranscript = { clock: clockBefore, fitSince, t0, firstLine, calibration, dividers, lines };
      if (raw.end === 'complete' && !signal?.aborted) await this.#contactsStill();
      return buildTrace(raw, testCase, {
        bench: this.identity,
        calibration,
        inForce: calibrated,
        contacts,
        dividers,
        seed,
      });
    } finally {
      this.#conversation.transcript.onLine = null;
      this.#running = false;
    }
  }

  /** A contact that opened while the case ran is seen once the supply is off again: what was measured through it says nothing of the unit. */
  async #contactsStill(): Promise<void> {
    const { clock, settings } = this.#options;
    this.contacts = await measureContacts(this.#conversation, clock);
    const fault = contactFault(this.contacts, settings?.contactLimit_mOhm);
    if (fault !== null)
      throw new RigError('contactBad', `A contact that was good before the case is not after it: ${fault.message}`, {
        hint: fault.hint,
        cause: fault,
      });
  }

  /** The start of a case is planned a few round trips ahead: it needs a link that answers now. */
  async #answering(): Promise<void> {
    for (let attempt = 0; attempt < MOST_PINGS; attempt += 1) if (await this.#conversation.ping()) return;
    throw silentFault(this.#options.path);
  }

  async close(): Promise<void> {
    try {
      await this.#conversation.close();
    } finally {
      this.#lock?.release();
    }
  }
}
