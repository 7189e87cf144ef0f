/** What the unit still owed when the case ended: a pass is earned only where everything asked of the unit had time to show. */

import { account } from '../../firmware-ref/account.ts';
import { PARAMETERS } from '../../firmware-ref/parameters.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { PredictedEdge, Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';

/** The longest reaction there is (start-up, R15), and the time switches take to follow. */
const LOOK_AHEAD_us = PARAMETERS.startUp_us.value + 10_000;

/** Edges that are demanded and whose window was open when the case ended: found by letting the same trace go on without anything happening. */
const openAtEnd = (testCase: Case, trace: Trace): readonly PredictedEdge[] =>
  account(testCase, { ...trace, ended_us: scenarioTime(trace.ended_us + LOOK_AHEAD_us) }).edges.filter(
    ({ required, observed, consequence, window_us: [earliest, latest] }) =>
      required && observed === null && !consequence && earliest <= trace.ended_us && latest > trace.ended_us,
  );

/** The prediction with the edges still owed in it, so that the judge finds them not measured. */
export const withStillDue = (testCase: Case, trace: Trace, prediction: Prediction): Prediction => {
  if (trace.end !== 'complete' || trace.stimuli.some(({ outcome }) => outcome !== 'done')) return prediction;
  const open = openAtEnd(testCase, trace).filter(
    ({ signal, window_us }) => !prediction.edges.some((one) => one.signal === signal && one.window_us[1] === window_us[1]),
  );
  return open.length === 0
    ? prediction
    : { ...prediction, edges: [...prediction.edges, ...open.map((edge) => ({ ...edge, id: `${edge.id}-due` }))] };
};
