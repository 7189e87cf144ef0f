/** How a firmware defect is looked for on the workbench, without fixture and circuit: steps that several probes share. For tests. */

import { LINKED, type Pole, POLES, type Setting, type Terminals, UNLINKED, type Workbench } from '../unit/workbench.ts';

/** True when the image does right. */
export type Probe = (power: (setting?: Setting) => Workbench) => boolean;
export type Probes = Readonly<Record<string, Probe>>;

type Step = readonly [open: readonly Pole[], ms: number];

export const after = (bench: Workbench, ...steps: readonly Step[]): Workbench => {
  for (const [open, ms] of steps) {
    bench.open(open);
    bench.run(ms);
  }
  return bench;
};

/** A second in peace, then the steps. */
export const started = (power: (setting?: Setting) => Workbench, ...steps: readonly Step[]): Workbench =>
  after(power(), [[], 1_000], ...steps);

export const trip = (bench: Workbench): Workbench => after(bench, [[], 1_000], [[1, 4], 34_500]);

export const remote = (bench: Workbench, terminals: Partial<Terminals>, ms: number): Workbench => {
  bench.connect(terminals);
  bench.run(ms);
  return bench;
};

/** Low cell and warning together: LOAD is still high 29 s later and gone 35 s later. */
export const waitIsRight = (bench: Workbench): boolean =>
  after(bench, [[1, 4], 29_900]).isOn('load') && !after(bench, [[1, 4], 5_300]).isOn('load');

/** The unit is on, and nothing about it is as it should not be, so long. */
export const isSteady = (bench: Workbench, ms: number): boolean => {
  bench.run(2_900);
  const before = bench.edges.length;
  bench.run(ms);
  return bench.isOn('load') && bench.isOn('charger') && bench.edges.length === before;
};

export const at = (supply_mV: number): Setting => ({ terminals: { ...LINKED, supply_mV } });
export const driven = (terminals: Partial<Terminals>): Setting => ({ terminals: { ...UNLINKED, ...terminals } });

const OFTEN = 120;

/** Opens and closes poles many times; true if the bench is as it should each time. */
export const often = (bench: Workbench, open: readonly Pole[], right: (bench: Workbench, opened: boolean) => boolean): boolean => {
  bench.run(2_000);
  let always = true;
  for (let time = 0; time < OFTEN; time++) {
    for (const opened of [true, false]) always = right(after(bench, [opened ? open : [], 100]), opened) && always;
  }
  return always;
};

export { LINKED, POLES, UNLINKED };
