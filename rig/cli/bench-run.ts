/** A run on the bench that was asked for, and its record: who ran, on what, from which sources. */

import type { SimulatedTurn } from '../grr/simulated-turn.ts';
import { randomBytes } from 'node:crypto';
import { type Basis, basisOf, type ProfileUse } from '../../firmware-ref/profile.ts';
import type { BenchFault } from '../../reports/judge/run.ts';
import type { FactsAtBegin } from '../../reports/archive/journal.ts';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { othersUnderWay } from '../../reports/archive/underway.ts';
import { type Identity, makeRecord, type RunRecord } from '../../reports/record.ts';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { BenchSettings } from '../bench/bench.ts';
import { countRun, type MaintenanceState, matingsOf } from '../bench-file/maintenance.ts';
import { type Proof, proofOf } from '../bench-file/proof.ts';
import type { WallTime_ms } from '../calendar.ts';
import { type Calibration, calibrationId } from '../calibration/calibration.ts';
import { type CalibrationOption, recordedCalibration } from '../run/calibration-choice.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';
import { FIXTURE_IMAGE, loadImage } from '../run/images.ts';
import { findFaults } from '../sim/faults/catalogue.ts';
import { runOnPort } from '../run/port-run.ts';
import { type RunListener, type RunOutcome, runReference, runSimulated } from '../run/run.ts';
import type { AskOperator } from '../bench/operator.ts';
import { worstContacts } from '../run/worst-contacts.ts';
import { transcriptHash, transcriptText } from '../run/transcript-file.ts';
import { sourceHash } from '../run/source-hash.ts';
import { printable } from '../../reports/render/terminal-text.ts';
import { UsageError } from './failures.ts';
import { journaled } from './journaled.ts';
import type { ToldSelection } from './selection-options.ts';
import { chooseUnit, type UnitOptions } from '../run/unit-choice.ts';
import { recordedProfile } from '../profile/recorded.ts';
import { prepareUnit } from '../run/unit-firmware.ts';

export interface BenchRunOptions extends UnitOptions {
  /** Folder that the run's folder is made in. */
  readonly out: string;
  /** Default: nobody said anything. */
  readonly identity?: Partial<Identity>;
  readonly dateDoubt?: string | null;
  /** Name of the station, from its own file; where that says nothing, the bench file may. */
  readonly station?: string | null;
  /** sha256 of the station file; null where there is none. */
  readonly stationFile?: string | null;
  readonly cases: readonly Case[];
  /** `sim`, `reference`, or a serial port. */
  readonly bench: string;
  /** Names of the faults of the simulated bench. */
  readonly faults: readonly string[];
  /** Of a simulated bench in a gauge study: which unit is in it for the how manyth time, and what besides. */
  readonly turn?: SimulatedTurn | undefined;
  /** What describes the bench; null = nothing does. */
  readonly benchFile?: BenchFile | null;
  readonly seed: number;
  readonly pace: 'virtual' | 'real';
  readonly bail: boolean;
  readonly retries: number;
  /** Null: every case there was. */
  readonly selection: ToldSelection | null;
  readonly signal: AbortSignal;
  readonly listener: RunListener;
  /** Who answers what the scenarios ask. */
  readonly ask?: AskOperator | undefined;
  /** For a serial port. */
  readonly clock: Clock;
  /** The profile the unit is judged against, and of which hardware it is. Default: the reference alone. */
  readonly profile?: ProfileUse | undefined;
  /** Absent: the factory's for the simulated bench, none for a port. */
  readonly calibration?: CalibrationOption | undefined;
  readonly now: () => WallTime_ms;
  /** Default: a test. A run that is itself part of a verification needs none. */
  readonly purpose?: RunRecord['purpose'];
  /** Does without what shows that the bench is sound; stands in the record. Default: no. */
  readonly unproven?: boolean;
  /** What a programmer of the unit says. */
  readonly onOutput?: (text: string) => void;
}

/** sha256 of the unit's image. Throws RigError for an image or a defect that cannot be used. */
export const checkUnit = (options: UnitOptions): string => loadImage(chooseUnit(options).image, 'unit').hash;

/** Throws RigError `optionBad` for a fault that does not exist. */
export const checkFaults = (names: readonly string[]): void => void findFaults(names);

const runId = (now: Date): string =>
  `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;

/** Resolved once: the jobs, and the record, get the thing itself. */
const calibrationOf = async ({ bench, calibration, seed }: BenchRunOptions): Promise<Calibration | null> => {
  if (bench === 'reference' || calibration === 'none') return null;
  if (typeof calibration === 'object') return calibration;
  return bench === 'sim' ? factoryCalibration(seed) : null;
};

/** What a bench file says of the board. */
export const settingsOf = (file: BenchFile | null): BenchSettings | undefined =>
  file === null
    ? undefined
    : {
        dividers: file.dividers,
        contactLimit_mOhm: file.limits.contact_mOhm,
        calibrationCounts_ms: file.limits.calibration_us / 1000,
        board: file.board,
      };

interface JudgedOptions extends BenchRunOptions {
  readonly basis: Basis | undefined;
}

const runOn = (options: JudgedOptions, calibration: Calibration | null): Promise<RunOutcome> | RunOutcome => {
  const { bench, now } = options;
  if (bench === 'reference') return runReference(options);
  const settings = settingsOf(options.benchFile ?? null);
  if (bench === 'sim') return runSimulated({ ...options, ...options.turn, settings, calibration: calibration ?? 'none', now: now() });
  return runOnPort({ ...options, settings, path: bench, calibration: calibration === null ? undefined : { data: calibration, now } });
};

const proofFor = (
  { bench, benchFile = null, purpose, unproven = false, now }: BenchRunOptions,
  { mode, board, simulated }: RunOutcome,
  firmware: string,
  calibration: Calibration | null,
): Proof => {
  if (mode !== 'unit') return { proof: null, faults: [] };
  const used = calibration === null ? null : calibrationId(calibration);
  const asked = { file: benchFile, onPort: bench !== 'sim', waived: unproven, tests: (purpose ?? 'test') === 'test' };
  return proofOf(asked, { board, simulated, firmware, calibration: used, now: now() });
};

/** Counted for every real bench that has a file, and on the simulated one where the file sets limits. */
const maintenanceOf = (
  { benchFile }: BenchRunOptions,
  { mode, simulated, attempts }: RunOutcome,
  run: { readonly run: string; readonly at: string },
): MaintenanceState | null => {
  if (benchFile == null || mode !== 'unit' || (simulated === true && benchFile.maintenance === null)) return null;
  const all = attempts.flat().map(({ contacts }) => contacts);
  const closed = worstContacts(attempts.flat()).filter(({ value_mOhm }) => Number.isFinite(value_mOhm));
  const contacts = Object.fromEntries(closed.map(({ terminal, value_mOhm }) => [terminal, value_mOhm]));
  return countRun(benchFile, { ...run, matings: matingsOf(all), contacts });
};

const maintenanceFaults = (state: MaintenanceState | null): readonly BenchFault[] =>
  state?.fault == null ? [] : [{ code: 'maintenance', verdict: 'inconclusive', blame: 'rig', text: state.fault }];

export interface RecordedRun {
  readonly record: RunRecord;
  /** Every line between host and fixture; null where there was none. */
  readonly transcript: string | null;
  /** Its folder and journal, to be finished. */
  readonly progress: RunInProgress;
}

/** What can be said of a run before it begins. */
const factsAtBegin = (
  options: BenchRunOptions,
  calibration: Calibration | null,
  firmware: Awaited<ReturnType<typeof prepareUnit>>,
  basis: Basis | undefined,
): FactsAtBegin => {
  const { cases, bench, seed, benchFile = null } = options;
  const simulated = bench === 'sim';
  const started = new Date(options.now());
  const { profile } = options;
  return {
    runId: runId(started),
    started: started.toISOString(),
    dateDoubt: options.dateDoubt ?? null,
    purpose: options.purpose ?? 'test',
    identity: options.identity ?? {},
    mode: bench === 'reference' ? 'reference' : 'unit',
    bench: {
      id: benchFile?.name ?? bench,
      board: benchFile?.board ?? 'unknown',
      station: options.station ?? benchFile?.station ?? null,
      slot: benchFile?.slot ?? null,
      simulated: bench === 'reference' ? null : simulated,
      faults: simulated ? options.faults : [],
    },
    selection: options.selection,
    benchProof: options.unproven === true ? 'waived' : null,
    calibration: calibration === null ? null : recordedCalibration(calibration),
    profile: profile === undefined || basis === undefined ? null : recordedProfile(profile, basis),
    unitFirmware: firmware.known,
    seed: simulated ? seed : null,
    node: process.version,
    commandLine: process.argv.slice(2),
    hashes: {
      scenarios: Object.fromEntries(cases.map((one) => [one.place.file, one.scenarioHash])),
      model: sourceHash('firmware-ref'),
      host: sourceHash('rig', 'reports', 'scenarios'),
      firmware: simulated ? loadImage(FIXTURE_IMAGE, 'fixture').hash : 'unknown',
      unitImage: firmware.hash,
      benchFile: benchFile?.hash ?? null,
      stationFile: options.stationFile ?? null,
      profile: profile?.profile.hash ?? null,
    },
  };
};

/** Looked at once the run is marked, so that of two that begin at once at least one sees the other. Throws UsageError. */
const refuseUnitInUse = async (progress: RunInProgress, serial: string | null): Promise<void> => {
  if (serial === null) return;
  const others = await othersUnderWay(progress.out, { run: progress.runId, serial });
  if (others.length === 0) return;
  await progress.discard();
  throw new UsageError(
    `Unit ${printable(serial)} is being tested right now, by run ${others.join(' and ')}.`,
    'wait until that run is over, or check the serial number',
  );
};

/** With its journal beside it. A bench that could not be opened leaves no folder. */
const runJournaled = async (options: JudgedOptions, calibration: Calibration | null, progress: RunInProgress): Promise<RunOutcome> => {
  const { listener, hasBegun } = journaled(options.listener, progress);
  try {
    return await runOn({ ...options, listener }, calibration);
  } catch (cause) {
    if (!hasBegun()) await progress.discard();
    throw cause;
  }
};

const transcriptOf = ({ attempts }: RunOutcome): string | null => {
  const kept = attempts.flatMap((list) =>
    list.flatMap(({ testCase, transcript }, index) => (transcript === null ? [] : [{ testCase, attempt: index + 1, transcript }])),
  );
  return kept.length === 0 ? null : transcriptText(kept);
};

/** Throws RigError where the bench could not be opened, UsageError where the unit is under test already; whatever happens to a case is in the record. Rejects with the system's error where the run's folder cannot be begun. */
export const runOnBench = async (options: BenchRunOptions): Promise<RecordedRun> => {
  const { cases, out } = options;
  const start_ms = performance.now();
  const calibration = await calibrationOf(options);
  const basis = options.profile === undefined ? undefined : basisOf(options.profile);
  const facts = factsAtBegin(options, calibration, await prepareUnit(options), basis);
  const progress = await RunInProgress.begin(out, { runId: facts.runId, facts, cases });
  await refuseUnitInUse(progress, facts.identity?.serial ?? null);
  const outcome = await runJournaled({ ...options, basis }, calibration, progress);
  const maintenance = maintenanceOf(options, outcome, { run: facts.runId, at: facts.started });
  const fixture = options.bench === 'sim' ? facts.hashes.firmware : outcome.firmware;
  const wall_s = (performance.now() - start_ms) / 1000;
  const transcript = transcriptOf(outcome);
  const { proof, faults: unshown } = proofFor(options, outcome, fixture, calibration);
  const record = makeRecord({
    ...facts,
    mode: outcome.mode,
    bench: { ...facts.bench, board: outcome.board, simulated: outcome.simulated },
    maintenance,
    benchProof: proof,
    contacts: worstContacts(outcome.attempts.flat()),
    hashes: { ...facts.hashes, firmware: fixture, transcript: transcript === null ? null : transcriptHash(transcript) },
    speed: { virtual_s: outcome.virtual_s, wall_s },
    benchFaults: [...outcome.benchFaults, ...unshown, ...maintenanceFaults(maintenance)],
    cases: outcome.attempts.map((attempts) => ({
      testCase: attempts.at(-1)!.testCase,
      attempts: attempts.map(({ result, trace, prediction }) => ({ result, trace, prediction })),
    })),
  });
  return { record, transcript, progress };
};
