/** Every published statement about the unit by its id. A scenario names under `covers` which of them it shows. */

import { BATTERY } from './requirements/battery.ts';
import { BEHAVIOUR } from './requirements/behaviour.ts';
import { OUTPUTS } from './requirements/outputs.ts';
import { PANEL } from './requirements/panel.ts';
import type { Requirement } from './requirements/requirement.ts';
import { SUPPLY } from './requirements/supply.ts';
import { SURROUNDINGS } from './requirements/surroundings.ts';

export type { Requirement, ShownBy } from './requirements/requirement.ts';

/** In the order in which pages show them. */
export const REQUIREMENTS = {
  ...BEHAVIOUR,
  ...PANEL,
  ...OUTPUTS,
  ...SUPPLY,
  ...BATTERY,
  ...SURROUNDINGS,
} as const satisfies Record<string, Requirement>;

export type RequirementId = keyof typeof REQUIREMENTS;

export const REQUIREMENT_IDS = Object.keys(REQUIREMENTS) as readonly RequirementId[];

/** Those that a unit, or the rig's own model of the bank, or nothing can show. */
export const shownBy = (by: Requirement['shownBy']): readonly RequirementId[] =>
  REQUIREMENT_IDS.filter((id) => REQUIREMENTS[id].shownBy === by);
