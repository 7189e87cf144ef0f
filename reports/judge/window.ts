/** The decision at a window whose bounds rest on several causes, each known as well as its own stamp. */

import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import { boundings, type Bounding } from './causes.ts';
import { intervalUncertainty_us, type Decision, type Instant } from './decision.ts';
import type { Evidence } from './findings.ts';

export interface WindowDecision {
  readonly decision: Decision;
  /** The cause whose bound decided: the one to tell of. */
  readonly limit: Bounding;
  /** Worst-case error of the time from that cause to the edge. */
  readonly uncertainty_us: number;
}

/** A bound that one cause alone would set, somewhere between `least_us` and `most_us`. */
interface Own {
  readonly cause: Bounding;
  readonly limit_us: number;
  readonly least_us: number;
  readonly most_us: number;
  readonly uncertainty_us: number;
}

/** A law (an effect not before its cause) needs no margin, so its bound is taken where it may lie lowest. */
function own(cause: Bounding, at: Instant, { trace }: Evidence): Own {
  const uncertainty_us = intervalUncertainty_us(cause, at, trace.clock);
  const limit_us = cause.at_us + cause.delay_us;
  return {
    cause,
    limit_us,
    uncertainty_us,
    least_us: limit_us - uncertainty_us,
    most_us: cause.causal ? limit_us - uncertainty_us : limit_us + uncertainty_us,
  };
}

const told = ({ cause, uncertainty_us }: Own, decision: Decision): WindowDecision => ({ decision, limit: cause, uncertainty_us });

/** Bounds this near to each other are one. */
const SAME_us = 1;

/**
 * The window's bound is the later or the earlier of what its causes set, and with stamps that err it may be another cause's than the stamps say. It
 * lies at least as high as the lowest that a cause at or beyond the bound can mean, and at most as high as the highest of those at or before it. Inside
 * the whole of that range passes, outside the whole of it fails.
 */
export function atBound(evidence: Evidence, edge: PredictedEdge, side: 'earliest' | 'latest', at: Instant): WindowDecision {
  const bound_us = edge.window_us[side === 'earliest' ? 0 : 1];
  const all = boundings(evidence, edge, side).map((cause) => own(cause, at, evidence));
  const nearest = all[0]!;
  const several = all.length > 1;
  const lowest = !several
    ? nearest
    : all.filter(({ limit_us }) => limit_us >= bound_us - SAME_us).reduce((low, one) => (one.least_us < low.least_us ? one : low), nearest);
  const highest = !several
    ? nearest
    : all
        .filter(({ limit_us }) => limit_us <= bound_us + SAME_us)
        .reduce((high, one) => (one.most_us > high.most_us ? one : high), nearest);
  if (!Number.isFinite(lowest.least_us) || !Number.isFinite(highest.most_us) || !Number.isFinite(at.at_us))
    return told(nearest, 'marginal');
  if (side === 'earliest') {
    if (at.at_us >= highest.most_us) return told(nearest, 'pass');
    return at.at_us < lowest.least_us ? told(nearest, 'fail') : told(highest, 'marginal');
  }
  if (at.at_us <= lowest.least_us) return told(nearest, 'pass');
  return at.at_us > highest.most_us ? told(nearest, 'fail') : told(lowest, 'marginal');
}
