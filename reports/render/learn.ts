/** What was learned of a unit on the terminal: what was measured, what follows from it, and where it lies. */

import type { LearnDocument } from '../shape/learn.ts';
import { printer, type PrintOptions, wrap } from './style.ts';

const s = (us: number): string => `${(us / 1e6).toFixed(4)} s`;

export const renderLearn = (document: LearnDocument, options: PrintOptions = {}): string => {
  const print = printer(options);
  const { file, reason, seen, limits, readings, open, goldenUnit, hardware, expires, run, simulated } = document;
  if (file === null) return wrap(`${print.ink(['bold', 'red'], 'nothing learned')}: ${reason} (${run.dir})`, print.width, '  ');
  const kind = simulated === true ? 'SIMULATED bench' : 'a real bench';
  return [
    ...Object.entries(seen).map(
      ([key, one]) =>
        `${key.padEnd(14)} ${s(one.least_us)} to ${s(one.most_us)}, known to ${(one.uncertainty_us / 1e3).toFixed(2)} ms, ${one.times} times`,
    ),
    '',
    ...limits.map(
      ({ parameter, value, reference }) =>
        `${parameter.padEnd(16)} ${s(value)}${value === reference ? ', as the reference' : ` (reference ${s(reference)})`}`,
    ),
    '',
    ...Object.entries(readings).map(([ruling, word]) => `${ruling.padEnd(4)} ${word}`),
    ...open.map((ruling) => `${ruling.padEnd(4)} not settled`),
    '',
    wrap(
      `${print.ink(['bold', 'green'], file)}: hardware ${hardware}, golden unit ${goldenUnit}, expires ${expires} · ${kind} · run ${run.id}`,
      print.width,
      '  ',
    ),
  ].join('\n');
};
