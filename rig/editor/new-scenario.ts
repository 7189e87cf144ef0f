/** The text of a new scenario: tells the stories that show what is asked, runs as it is, and says in comments what else could stand where. */

import { REQUIREMENTS } from '../../scenarios/requirements.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import { GIVEN_HELP, SCENARIO_HELP } from '../../scenarios/language/key-help.ts';
import { BANK, POLES, STORIES, type Story } from './stories.ts';

export interface NewScenario {
  /** Requirements it is to show; at least one, each with a story. */
  readonly covers: readonly RequirementId[];
  /** The schema as an editor finds it: a path relative to the new file. */
  readonly schema: string;
}

const storiesOf = (id: RequirementId): readonly Story[] => STORIES.filter(({ shows }) => shows.includes(id));

export const hasStory = (id: RequirementId): boolean => storiesOf(id).length > 0;

/** No story more than it takes: what several show is left to one that is told anyway. */
function toldFor(covers: readonly RequirementId[]): readonly Story[] {
  const told = new Set<Story>();
  const choices = covers.map(storiesOf).toSorted((a, b) => a.length - b.length);
  for (const stories of choices) {
    const [first] = stories;
    if (first !== undefined && !stories.some((story) => told.has(story))) told.add(first);
  }
  return STORIES.filter((story) => told.has(story));
}

const takes = (story: Story | undefined, what: string): boolean => story?.measure?.some((line) => line.includes(what)) === true;

/** With a load on an output the supply current is not measured, and an output that drives one is not made to carry its rating beside it. */
const doNotGoTogether = (driving: Story | undefined, measuring: Story | undefined): boolean =>
  driving?.attached !== undefined &&
  (takes(measuring, 'supplyCurrent') || (driving.attached.includes('resistor') && takes(measuring, 'preAlarmDrop, name: prealarm rated')));

/** Two of the list that no file can show together; null where all go together. */
export function apart(covers: readonly RequirementId[]): readonly [RequirementId, RequirementId] | null {
  for (const one of covers) for (const other of covers) if (doNotGoTogether(storiesOf(one)[0], storiesOf(other)[0])) return [one, other];
  return null;
}

const items = (lines: readonly string[]): string => lines.map((line) => `  - ${line}\n`).join('');

const bankLines = (poles: boolean): string =>
  poles
    ? '  poles: closed # or: { 4: open }; the switches behind the bank, as a bank does not do what is told here'
    : `  cells: 3.30 V # or: { lowest: 2.9 V, highest: 3.4 V }
  # temperature: 25 °C
  # cable: connected # or: broken
  # poles: { 4: open } # the switches behind the bank, instead of cells, temperature and cable`;

/** Its first line is what editors with yaml-language-server look for. */
export function newScenario({ covers, schema }: NewScenario): string {
  const told = toldFor(covers);
  const poles = told.some((story) => story.poles === true);
  const attached = told.flatMap((story) => story.attached ?? []);
  const steps = told.flatMap((story, index) =>
    story.steps(poles ? POLES : BANK).map((line) => line.replace('$begin', index === 0 ? 'at: 4 s' : 'wait: 4 s')),
  );
  const demands = told.flatMap((story) => story.expect ?? []);
  const measure = told.flatMap((story) => story.measure ?? []);
  return `# yaml-language-server: $schema=${schema}
# ${SCENARIO_HELP.scenario}
scenario: ${told.map(({ title }) => title).join('; ')}
# ${SCENARIO_HELP.covers}
covers:
${items(covers.map((id) => `${id} # ${REQUIREMENTS[id].text}`))}# ${SCENARIO_HELP.tags}
tags: [mine]

# ${SCENARIO_HELP.given}
given:
  supply: 12.8 V # ${GIVEN_HELP.supply}
  remote: link # or: off, H to battery, L to minus
${bankLines(poles)}
${attached.length === 0 ? '  # attached: { load: { coil: 48 Ohm } } # what hangs on the outputs' : `  attached: { ${attached.join(', ')} }`}

# ${SCENARIO_HELP.steps}
steps:
${items(steps)}  # - { wait: 1 s, ${poles ? 'poles: { 4: open }, for: 3 s' : 'cells: { ramp to: 2.7 V, over: 10 s }'} }
  # - { wait: 1 s, supply: { dip to: 9 V, for: 20 ms } }

# ${SCENARIO_HELP.until}
until: { wait: 4 s }

# ${SCENARIO_HELP.expect}
expect:
  - { at: 3.9 s, load: high, preAlarm: floating, charger: high, ledBlue: on }
${items(demands)}
# ${SCENARIO_HELP.measure}
measure:
${items(['{ at: 3 s, what: loadVoltage, name: LOAD when healthy, low: 12 V }', ...measure])}`;
}
