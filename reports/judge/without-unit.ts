/** Mode `reference`: no unit and no bench, so only the author's demands are held against what the reference allows. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import { expectationFrame, type Entailment, type Entailments } from './frame.ts';
import { doubt, fault, together, type Findings } from './findings.ts';
import { judgeMeasurement } from './measurements.ts';
import type { ExpectationResult, MeasurementResult } from './result.ts';

const SAYS: Readonly<Record<Entailment, { readonly outcome: ExpectationResult['outcome']; readonly text: string }>> = {
  entailed: { outcome: 'held', text: 'Everything the reference allows keeps this.' },
  stricter: { outcome: 'notMeasured', text: 'The reference also allows behaviours that break this: only a unit can show which it has.' },
  contradicted: { outcome: 'broken', text: 'The reference allows no behaviour that keeps this.' },
};
const UNKNOWN = { outcome: 'notMeasured', text: 'This was not compared with the reference.' } as const;

interface Judged {
  readonly findings: Findings;
  readonly outcomes: { readonly expectations: readonly ExpectationResult[]; readonly measurements: readonly MeasurementResult[] };
}

/**
 * A demand that the reference contradicts is the scenario's fault, never a unit's failure. A case without demands shows nothing here: with no
 * unit the reference can only be compared with itself. Measurements have no outcome and do not count.
 */
export function inReference(testCase: Case, prediction: Prediction, entailments: Entailments): Judged {
  const expectations = testCase.expectations.map((one): ExpectationResult => {
    const entailment = entailments[one.id];
    return { ...expectationFrame(one, entailment), marginal: false, ...(entailment === undefined ? UNKNOWN : SAYS[entailment]) };
  });
  const findings = together(
    { faults: prediction.case === testCase.id ? [] : [fault('rig', `The prediction is of the case ${prediction.case}.`)] },
    { faults: expectations.filter((one) => one.outcome === 'broken').map((one) => fault('scenario', `${one.what}: ${one.text}`)) },
    {
      notMeasured: expectations
        .filter((one) => one.outcome === 'notMeasured')
        .map((one) => doubt(one.id, one.signal, one.text, 'scenario')),
    },
    {
      notMeasured: prediction.complete
        ? []
        : [doubt('reference', null, `The reference gave up: more than ${prediction.states.bound} states were possible.`)],
    },
    {
      notMeasured:
        expectations.length > 0
          ? []
          : [doubt('reference', null, 'The case demands nothing by itself, so there is nothing to judge without a unit.', 'scenario')],
    },
  );
  return { findings, outcomes: { expectations, measurements: testCase.measurements.map((one) => judgeMeasurement(null, one)) } };
}
