/** How worn the contacts of a bench are: each run adds its matings and its contacts to a log beside the calibration, and limits of the bench file are held against it. */

import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RunRecord } from '../../reports/record.ts';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import type { ContactReading } from '../../scenarios/contracts/trace.ts';
import { CONTACT_LIMIT_mOhm, TERMINAL_NAMES } from '../../scenarios/signals.ts';
import { besideCalibration } from './load.ts';

const entry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run'),
    at: z.string(),
    run: z.string(),
    matings: z.number().int().nonnegative(),
    /** mOhm of each terminal that made contact, at its worst over the run. */
    contacts: z.record(z.string(), z.number()),
  }),
  /** The connector was replaced; counting starts anew. */
  z.strictObject({ kind: z.literal('replaced'), at: z.string(), note: z.string() }),
]);
export type MaintenanceEntry = z.infer<typeof entry>;
export type RunEntry = Extract<MaintenanceEntry, { kind: 'run' }>;

export const maintenanceFile = (file: BenchFile): string => besideCalibration(file, 'maintenance.jsonl');

/**
 * One write to the end of the file, so that two processes lose nothing of each other's. It begins with a line break of its own: what a process that was killed
 * left unfinished then spoils its own line only.
 */
export const addEntry = (target: string, added: MaintenanceEntry): void => appendFileSync(target, `\n${JSON.stringify(added)}\n`);

const madeContact = (readings: readonly ContactReading[]): boolean =>
  readings.length > 0 && readings.every(({ value_mOhm }) => Number.isFinite(value_mOhm) && value_mOhm <= CONTACT_LIMIT_mOhm);

/**
 * How often a unit was inserted, from the contacts as measured before each attempt: the first that were closed, and all that were closed after they had been open. A
 * unit that stays for a second run is counted again, so a connector is never older than the count says.
 */
export const matingsOf = (attempts: readonly (readonly ContactReading[])[]): number => {
  const closed = attempts.filter((readings) => readings.length > 0).map(madeContact);
  return closed.filter((now, index) => now && closed[index - 1] !== true).length;
};

export interface Wear {
  /** Since the connector was replaced. */
  readonly matings: number;
  readonly runs: readonly RunEntry[];
  /** Lines that cannot be read; each counts as a mating. */
  readonly damaged: number;
  readonly replaced: string | null;
}

const read = (target: string): string => {
  try {
    return readFileSync(target, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw cause;
  }
};

const parse = (line: string): MaintenanceEntry | null => {
  try {
    return entry.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
};

/** What the log says since the last replacement. Throws the system's error where it cannot be read. */
export const wearOf = (target: string): Wear => {
  const lines = read(target)
    .split('\n')
    .filter((line) => line !== '')
    .map(parse);
  const last = lines.findLastIndex((one) => one?.kind === 'replaced');
  const since = lines.slice(last + 1);
  const runs = since.flatMap((one) => (one?.kind === 'run' ? [one] : []));
  const damaged = since.filter((one) => one === null).length;
  const matings = runs.reduce((sum, one) => sum + one.matings, damaged);
  return { matings, runs, damaged, replaced: lines[last]?.at ?? null };
};

export interface TerminalTrend {
  readonly terminal: string;
  /** Medians of the first and of the last runs. */
  readonly first_mOhm: number;
  readonly last_mOhm: number;
  readonly worst_mOhm: number;
}

const TREND_RUNS = 10;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;

/** How each terminal's contact changed since the connector was replaced. */
export const trendOf = ({ runs }: Wear): readonly TerminalTrend[] =>
  TERMINAL_NAMES.flatMap((terminal) => {
    const values = runs.flatMap(({ contacts }) => contacts[terminal] ?? []);
    if (values.length === 0) return [];
    return [
      {
        terminal,
        first_mOhm: median(values.slice(0, TREND_RUNS)),
        last_mOhm: median(values.slice(-TREND_RUNS)),
        worst_mOhm: Math.max(...values),
      },
    ];
  });

export type MaintenanceState = NonNullable<RunRecord['maintenance']>;

/** From here on of a limit it is near. */
const NEAR = 0.9;
export const ohms = (mOhm: number): string => `${(mOhm / 1000).toFixed(2)} Ohm`;

/** Wear against the limits of the bench file; without any, only the count. */
export const judgeWear = ({ matings, runs }: Pick<Wear, 'matings' | 'runs'>, { name, maintenance }: BenchFile): MaintenanceState => {
  const limit = maintenance?.matings ?? null;
  const contactLimit_mOhm = maintenance?.contact_mOhm ?? null;
  const worst = Object.entries(runs.at(-1)?.contacts ?? {}).toSorted(([, a], [, b]) => b - a)[0];
  const contact_mOhm = worst?.[1] ?? null;
  const used = limit === null ? 0 : matings / limit;
  const resistance = contactLimit_mOhm === null || contact_mOhm === null ? 0 : contact_mOhm / contactLimit_mOhm;
  const words = [
    ...(used > 1 ? [`has ${matings} matings, ${limit} are its limit`] : []),
    ...(resistance > 1 ? [`has ${ohms(contact_mOhm!)} at contact ${worst![0]}, ${ohms(contactLimit_mOhm!)} are its limit`] : []),
  ];
  const near = [
    ...(used > NEAR ? [`${matings} of ${limit} matings are used`] : []),
    ...(resistance > NEAR ? [`contact ${worst![0]} has ${ohms(contact_mOhm!)} of ${ohms(contactLimit_mOhm!)}`] : []),
  ];
  const state = { matings, limit, contact_mOhm, contactLimit_mOhm };
  if (words.length > 0) {
    const text = `The connector of bench ${name} ${words.join(' and ')}: replace the connector, then run \`rig maintenance --replaced\`.`;
    return { ...state, warning: null, fault: text };
  }
  const warning = near.length === 0 ? null : `The connector of bench ${name} is nearly worn: ${near.join(', ')}.`;
  return { ...state, warning, fault: null };
};

/** Adds a run to the log and judges what it holds then. Never throws: a run that cannot be counted is a fault. */
export const countRun = (file: BenchFile, run: Omit<RunEntry, 'kind'>): MaintenanceState => {
  const target = maintenanceFile(file);
  const added: RunEntry = { kind: 'run', ...run };
  try {
    addEntry(target, added);
    const { matings } = wearOf(target);
    // Another process may have added its own since; the contacts are this run's.
    return judgeWear({ matings, runs: [added] }, file);
  } catch (cause) {
    const fault = `The matings of bench ${file.name} cannot be counted in ${target}: ${(cause as Error).message}.`;
    return { ...judgeWear({ matings: 0, runs: [added] }, file), warning: null, fault };
  }
};
