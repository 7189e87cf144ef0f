/** Who is to blame for a verdict below pass, and the ladder of verdicts. */

export type Blame = 'unit' | 'rig' | 'link' | 'operator' | 'scenario';

/** Worst last; the worst of a case's findings is the case's verdict. */
export const VERDICTS = ['pass', 'inconclusive', 'fail', 'broken'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** A case that was never started (after a broken one, or by --bail). */
export type CaseVerdict = Verdict | 'notRun';

export const worse = (a: Verdict, b: Verdict): Verdict => (VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b);
