/** From the traces of a good unit to what it showed: how soon it reacts, how long it waits, which readings it takes, and what each combination of poles comes to. */

import { PARAMETERS, type ParameterName } from '../../../firmware-ref/parameters.ts';
import { SHOWN } from '../../../firmware-ref/readings.ts';
import { type Instant, intervalUncertainty_us } from '../../../reports/judge/decision.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import type { PredictedEdge, Prediction } from '../../../scenarios/contracts/prediction.ts';
import type { PoleCombination, ProfileLimit, Response, Seen } from '../../../scenarios/contracts/profile.ts';
import type { Edge, Trace } from '../../../scenarios/contracts/trace.ts';
import { isOutput, SENSES, type SenseSignal } from '../../../scenarios/signals.ts';

/** One case of the unit, passed. */
export interface Shown {
  readonly testCase: Pick<Case, 'timeline'>;
  readonly trace: Trace;
  readonly prediction: Prediction;
}

export const SEEN_KEYS = ['reaction', 'start-up', 'wait', 'trip together'] as const;
export type SeenKey = (typeof SEEN_KEYS)[number];

export interface Learned {
  readonly seen: Readonly<Record<SeenKey, Seen>>;
  readonly limits: Readonly<Record<ProfileLimit, number>>;
  /** By ruling, the word for what was shown; a ruling that was shown both ways or not at all is left out. */
  readonly readings: Readonly<Record<string, string>>;
  readonly poles: readonly PoleCombination[];
}

/** A length of time, and how well it is known. */
interface Length {
  readonly length_us: number;
  readonly uncertainty_us: number;
}

const between = ({ clock }: Trace, from: Instant, to: Instant): Length => ({
  length_us: to.at_us - from.at_us,
  uncertainty_us: intervalUncertainty_us(from, to, clock),
});

/** The stimulus that a predicted edge counts from, where it is the only cause. */
const onlyStimulus = ({ stimuli }: Trace, { causes }: PredictedEdge): Instant | null => {
  const [cause] = causes;
  if (causes.length !== 1 || cause?.ref.kind !== 'entry') return null;
  const { entry } = cause.ref;
  const found = stimuli.find((one) => one.entry === entry);
  return found === undefined || found.done_us === null ? null : { at_us: found.done_us, uncertainty_us: found.uncertainty_us };
};

/** From the stimulus to each observed edge whose window rests on this parameter. */
const responsesBy =
  (parameter: ParameterName, signals: readonly SenseSignal[]) =>
  ({ trace, prediction }: Shown): readonly Length[] =>
    prediction.edges.flatMap((predicted) => {
      const edge = trace.edges.find(({ seq }) => seq === predicted.observed);
      if (edge === undefined || !signals.includes(edge.signal) || !predicted.parameters.includes(parameter)) return [];
      const from = onlyStimulus(trace, predicted);
      return from === null ? [] : [between(trace, from, edge)];
    });

/** What bounds a trip; nothing else of LOAD rests on these. */
const TRIP: readonly string[] = ['waitLeast_us', 'waitMost_us', 'tripTogether_us'] satisfies readonly ParameterName[];

/** LOAD's falls at the end of a wait, each with what fell and rose around it. */
const trips = ({ trace, prediction }: Shown): readonly { readonly rise: Edge; readonly load: Edge; readonly preAlarm: Edge }[] =>
  prediction.edges.flatMap(({ signal, parameters, observed }) => {
    const load = trace.edges.find(({ seq }) => seq === observed);
    if (load?.level !== 'notHigh' || signal !== 'load' || !parameters.some((name) => TRIP.includes(name))) return [];
    const own = trace.edges.filter((edge) => edge.signal === 'preAlarm');
    const rise = own.findLast(({ level, at_us }) => level === 'high' && at_us < load.at_us);
    const preAlarm = own
      .filter(({ level }) => level === 'notHigh')
      .toSorted((a, b) => Math.abs(a.at_us - load.at_us) - Math.abs(b.at_us - load.at_us))[0];
    return rise === undefined || preAlarm === undefined ? [] : [{ rise, load, preAlarm }];
  });

const seenOf = (key: SeenKey, lengths: readonly Length[]): Seen => {
  if (lengths.length === 0) throw new Error(`The traces do not show the unit's ${key}.`);
  const all = lengths.map(({ length_us }) => length_us);
  return {
    least_us: Math.min(...all),
    most_us: Math.max(...all),
    uncertainty_us: Math.max(...lengths.map(({ uncertainty_us }) => uncertainty_us)),
    times: lengths.length,
  };
};

/** Two crystals, each 0.5 % off at most: that of the unit learned from and that of the unit judged. */
const CRYSTALS = 0.01;
/** No limit is learned finer than this: stages and light sensors differ from unit to unit. */
const LEAST_us = 10_000;
const WHOLE_us = 1_000;

/** Beyond the worst that was seen by as much again as what was seen differs, two crystals, and what is not known of it. */
const margin_us = ({ least_us, most_us, uncertainty_us }: Seen): number => most_us - least_us + CRYSTALS * most_us + uncertainty_us;
const atMost = (seen: Seen, name: ProfileLimit): number =>
  Math.min(PARAMETERS[name].value, Math.ceil(Math.max(seen.most_us + margin_us(seen), LEAST_us) / WHOLE_us) * WHOLE_us);
const atLeast = (seen: Seen, name: ProfileLimit): number =>
  Math.max(PARAMETERS[name].value, Math.floor((seen.least_us - margin_us(seen)) / WHOLE_us) * WHOLE_us);

const readingsOf = (all: readonly Shown[]): Record<string, string> => {
  const shown = all.flatMap(({ prediction }) => prediction.readings);
  return Object.fromEntries(
    Object.entries(SHOWN).flatMap(([ruling, words]) => {
      const seen = Object.entries(words).filter(([, text]) => shown.some((one) => one.ruling === ruling && one.shown === text));
      return seen.length === 1 ? [[ruling, seen[0]![0]]] : [];
    }),
  );
};

/** Held for so long. */
const HELD_us = 40e6;
const levelOf = (signal: SenseSignal, up: boolean): Response['level'] =>
  isOutput(signal) ? (up ? 'high' : 'floating') : up ? 'on' : 'off';
const isUp = (level: string): boolean => level === 'high' || level === 'on';

const responseOf = ({ trace }: Shown, signal: SenseSignal, from_us: number): Response => {
  const own = trace.edges.filter((edge) => edge.signal === signal);
  const before = own.findLast(({ at_us }) => at_us <= from_us)?.level ?? trace.initial[signal];
  const changes = own
    .filter(({ at_us }) => at_us > from_us && at_us <= from_us + HELD_us)
    .map(({ level, at_us }) => ({ level: levelOf(signal, isUp(level)), after_us: Math.round(at_us - from_us) }));
  return { level: changes.at(-1)?.level ?? levelOf(signal, isUp(before)), changes };
};

/** When the poles changed, and which were open from then on. */
const poleChanges = ({ testCase, trace }: Shown): readonly { readonly at_us: number; readonly open: readonly string[] }[] => {
  const open = new Set<string>();
  return testCase.timeline.entries.flatMap(({ id, do: action }) => {
    const done_us = trace.stimuli.find(({ entry }) => entry === id)?.done_us ?? null;
    if (action.kind !== 'set' || done_us === null) return [];
    const poles = action.changes.filter(({ signal }) => signal.startsWith('pole'));
    for (const { signal, value } of poles) {
      if (value === 'open') open.add(signal.slice('pole'.length));
      else open.delete(signal.slice('pole'.length));
    }
    return poles.length === 0 ? [] : [{ at_us: done_us, open: [...open].toSorted() }];
  });
};

const SLACK_us = 10_000;

/** Each combination that was held for 40 s. */
const combinationsOf = (shown: Shown): readonly PoleCombination[] => {
  const changes = poleChanges(shown);
  return changes.flatMap(({ at_us, open }, index) => {
    const until_us = changes[index + 1]?.at_us ?? shown.trace.ended_us;
    if (until_us - at_us < HELD_us - SLACK_us) return [];
    const responses = Object.fromEntries(SENSES.map((signal) => [signal, responseOf(shown, signal, at_us)]));
    return [{ open, responses: responses as PoleCombination['responses'] }];
  });
};

/** Throws where the traces do not show what a profile needs. Nothing learned is looser than the reference. */
export const learn = (all: readonly Shown[]): Learned => {
  const tripped = all.flatMap((shown) => trips(shown).map((trip) => ({ ...trip, shown })));
  const seen = {
    reaction: seenOf('reaction', all.flatMap(responsesBy('reaction_us', ['load', 'preAlarm', 'charger', 'ledRed']))),
    'start-up': seenOf('start-up', all.flatMap(responsesBy('startUp_us', ['load', 'preAlarm', 'charger']))),
    wait: seenOf(
      'wait',
      tripped.map(({ shown, rise, load }) => between(shown.trace, rise, load)),
    ),
    'trip together': seenOf(
      'trip together',
      tripped.map(({ shown, load, preAlarm }) => {
        const { length_us, uncertainty_us } = between(shown.trace, load, preAlarm);
        return { length_us: Math.abs(length_us), uncertainty_us };
      }),
    ),
  };
  return {
    seen,
    limits: {
      reaction_us: atMost(seen.reaction, 'reaction_us'),
      startUp_us: atMost(seen['start-up'], 'startUp_us'),
      waitLeast_us: atLeast(seen.wait, 'waitLeast_us'),
      waitMost_us: atMost(seen.wait, 'waitMost_us'),
      tripTogether_us: atMost(seen['trip together'], 'tripTogether_us'),
    },
    readings: readingsOf(all),
    poles: all.flatMap(combinationsOf),
  };
};
