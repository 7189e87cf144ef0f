/** The text of a new scenario: runs as it is, and shows in comments what else could stand where. */

import { REQUIREMENTS } from '../../scenarios/requirements.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import { GIVEN_HELP, SCENARIO_HELP } from '../../scenarios/language/key-help.ts';

export interface NewScenario {
  /** Requirements it is to show; at least one. */
  readonly covers: readonly RequirementId[];
  /** The schema as an editor finds it: a path relative to the new file. */
  readonly schema: string;
}

/** Its first line is what editors with yaml-language-server look for. */
export const newScenario = ({ covers, schema }: NewScenario): string => `# yaml-language-server: $schema=${schema}
# ${SCENARIO_HELP.scenario}
scenario: A low cell is warned of, and disconnects the load at least 30 s later
# ${SCENARIO_HELP.covers}
covers:
${covers.map((id) => `  - ${id} # ${REQUIREMENTS[id].text}`).join('\n')}
# ${SCENARIO_HELP.tags}
tags: [mine]

# ${SCENARIO_HELP.given}
given:
  supply: 12.8 V # ${GIVEN_HELP.supply}
  remote: link # or: off, H to battery, L to minus
  cells: 3.30 V # or: { lowest: 2.9 V, highest: 3.4 V }
  # temperature: 25 °C
  # cable: connected # or: broken
  # poles: { 4: open } # the switches behind the bank, instead of cells, temperature and cable

# ${SCENARIO_HELP.steps}
steps:
  - name: low
    at: 4 s
    cells: 2.7 V # or along a ramp: { ramp to: 2.7 V, over: 10 s }
  - name: tripped # a step with a name and no change marks an instant
    after: load falls # timed by the fixture itself
    timeout: 37 s
  - wait: 2.5 s # after the step before
    cells: 3.30 V
  # - { wait: 1 s, supply: { dip to: 9 V, for: 20 ms } }

# ${SCENARIO_HELP.until}
until: { wait: 4 s }

# ${SCENARIO_HELP.expect}
expect:
  - { at: 3.9 s, load: high, preAlarm: floating, charger: high, ledBlue: on }
  - { edge: load falls, after: preAlarm rises, not before: 30 s, within: 35 s }
  - { from: low + 2 s, to: tripped, charger: high }

# ${SCENARIO_HELP.measure}
measure:
  - { at: 3 s, what: loadDrop, high: 0.15 V }
`;
