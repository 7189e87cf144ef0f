/** A scenario as read: its content, where each part stands in the file, and the file's hash. */

import type { Place } from '../contracts/issue.ts';
import type { ScenarioContent } from './shape.ts';
import { keyPlaceAt, placeAt } from './places.ts';
import type { Places } from './places.ts';

export interface Scenario extends ScenarioContent {
  /** Path as the user gave it. */
  readonly file: string;
  /** The whole path, where it is known: it names the cases. */
  readonly path: string;
  /** sha256 of the file's bytes. */
  readonly hash: string;
  readonly places: Places;
}

export type Path = readonly (string | number)[];

/** Where the value of a path stands in the file. */
export const placeOf = (scenario: Pick<Scenario, 'places'>, ...path: Path): Place => placeAt(scenario.places, path);
/** Where the key of a path stands in the file. */
export const keyPlaceOf = (scenario: Pick<Scenario, 'places'>, ...path: Path): Place => keyPlaceAt(scenario.places, path);

/** How an author refers to a step in a message: by its number, and its name or which of the repetitions it is. */
export const stepLabel = ({ steps }: Pick<ScenarioContent, 'steps'>, index: number): string => {
  const { name, number = index + 1, part = null } = steps[index] ?? {};
  const more = [...(name === undefined ? [] : [name]), ...(part === null ? [] : [`part ${part}`])];
  return more.length === 0 ? `step ${number}` : `step ${number} (${more.join(', ')})`;
};
