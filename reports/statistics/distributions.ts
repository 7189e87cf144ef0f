/** Quantiles and probabilities of the distributions that the others need. */

import jstat from 'jstat';

const { normal, chisquare, studentt, centralF } = jstat.jStat;

export const normalQuantile = (p: number): number => normal.inv(p, 0, 1);
export const normalProbability = (z: number): number => normal.cdf(z, 0, 1);
export const chiSquareQuantile = (p: number, dof: number): number => chisquare.inv(p, dof);
export const tQuantile = (p: number, dof: number): number => studentt.inv(p, dof);
/** Of a value at least as far from zero, to either side. */
export const tTwoSided = (t: number, dof: number): number => (Number.isFinite(t) ? 2 * (1 - studentt.cdf(Math.abs(t), dof)) : 0);
/** Of a value at least as great. */
export const fAbove = (f: number, dof1: number, dof2: number): number => 1 - centralF.cdf(f, dof1, dof2);
