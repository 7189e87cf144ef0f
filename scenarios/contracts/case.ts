/** One scenario at one point of its sweep: what the bench runs, the model predicts and the judge judges. */

import type { CheckId, Expectation, Measurement } from './expectation.ts';
import type { Place } from './issue.ts';
import type { Timeline } from './timeline.ts';

export interface Case {
  /** `<folder>/<file without .yaml>`, with `[parameters]` appended at a sweep point. */
  readonly id: string;
  readonly title: string;
  readonly place: Place;
  readonly parameters: Readonly<Record<string, string>>;
  readonly covers: readonly string[];
  readonly coversPlace: Place;
  readonly tags: readonly string[];
  readonly timeline: Timeline;
  readonly expectations: readonly Expectation[];
  readonly measurements: readonly Measurement[];
  /** Pass needs an outcome for each: always `reference`, then each expectation and measurement. */
  readonly planned: readonly CheckId[];
  /** sha256 of the scenario file's bytes. */
  readonly scenarioHash: string;
}
