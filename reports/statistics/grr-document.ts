/** A gauge study as the document that `--json` prints. */

import type { GrrDocument } from '../shape/evidence.ts';
import type { Judged, Plan } from './study.ts';

export interface StudyFound {
  readonly study: string;
  readonly simulated: boolean;
  readonly plan: Plan;
  readonly taken: number;
  readonly of: number;
  readonly judged: readonly Judged[];
  readonly missing: readonly string[];
}

/** Exit 3 for a gauge that must not be used: the bench's doing, and no unit's. */
export const toGrrDocument = ({ study, simulated, plan, taken, of, judged, missing }: StudyFound): GrrDocument => ({
  schema: 'bms-rig/grr/1',
  exit: judged.some(({ verdict }) => verdict === 'bad') ? 3 : 0,
  simulated,
  study,
  parts: [...plan.parts],
  operators: [...plan.operators],
  trials: plan.trials,
  taken,
  of,
  complete: taken === of,
  missing: [...missing],
  measurements: judged.map(({ name, unit, low, high, anova, ranges, grrOfTolerance_percent, verdict }) => ({
    name,
    unit,
    low,
    high,
    ev: anova.ev,
    av: anova.av,
    interaction: anova.interaction,
    grr: anova.grr,
    pv: anova.pv,
    tv: anova.tv,
    grr_percent: anova.grr_percent,
    ndc: anova.ndc,
    grrOfTolerance_percent,
    pooled: anova.pooled,
    ranges: ranges === null ? null : { grr_percent: ranges.grr_percent, ndc: ranges.ndc },
    verdict,
  })),
});
