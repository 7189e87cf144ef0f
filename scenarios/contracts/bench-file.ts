/** What a bench file says of a bench: which board it is, what it may do, where its state lies. Read before a run; never seen by the judge. */

import type { AnalogSignal, DriveSignal, OutputSignal, SenseSignal } from '../signals.ts';
import type { Place } from './issue.ts';

/** Channels that a bench may lack. The five senses are on every bench. */
export type OptionalChannel = Exclude<DriveSignal, 'supply' | 'pole1' | 'pole3' | 'pole4' | 'remoteLink'> | AnalogSignal;

/** How many times smaller a voltage arrives at the converter. */
export type Dividers = Readonly<Record<OutputSignal | 'supply', number>>;

/** What puts firmware into the unit: programs with their arguments, started without a shell; `{file}` in an argument stands for the image. */
export interface UnitProgram {
  readonly command: readonly string[];
  /** Reads the unit back and compares. Null: nothing does, and what is in the unit is only declared. */
  readonly verify: readonly string[] | null;
  /** Of each of the two. */
  readonly timeout_us: number;
}

/** How a bench is shown to tell good from bad, and how often. */
export interface VerifyBench {
  /** How long a verification counts: a shift. */
  readonly period_us: number;
  /** Id of a unit that is known to be good. */
  readonly goldenUnit: string;
  /** Files or folders, relative to the bench file. Empty: the end-of-line suite. */
  readonly scenarios: readonly string[];
  readonly plug: {
    readonly id: string;
    /** A sense or a quantity that has to be wrong on it. */
    readonly fails: SenseSignal | AnalogSignal;
    /** Name of the defect that stands for the plug on the simulated bench. */
    readonly defect: string;
  };
}

export interface BenchFile {
  /** Path as the user gave it. */
  readonly file: string;
  /** sha256 of its bytes. */
  readonly hash: string;
  readonly name: string;
  /** Id of the fixture's board, eight hex digits. */
  readonly board: string;
  readonly station: string | null;
  readonly slot: string | null;
  /** Path of the calibration, relative to the file. */
  readonly calibration: string;
  /** What the bench may do, where that is less than the fixture can. */
  readonly ratings: {
    readonly supply_mV: number;
    readonly sinkPulse_us: number;
    readonly chargerShort_us: number;
  };
  readonly dividers: Dividers;
  readonly absent: readonly OptionalChannel[];
  readonly limits: {
    readonly contact_mOhm: number;
    /** How long a calibration counts. */
    readonly calibration_us: number;
    /** How long a self-test of its board counts. */
    readonly selfTest_us: number;
  };
  /** Null: firmware is put into units elsewhere. */
  readonly unitProgram: UnitProgram | null;
  /** When the connector to the unit is worn; null: counted only. */
  readonly maintenance: { readonly matings: number | null; readonly contact_mOhm: number | null } | null;
  /** Null: nothing is asked for. */
  readonly verify: VerifyBench | null;
  /** Where a key stands, or the nearest thing around it; for Issues of whoever applies it. */
  readonly placeOf: (...path: readonly string[]) => Place;
}
