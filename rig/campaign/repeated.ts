/** How often a ruling is shown in one case, and at which nominal voltages: the third time must be like the first, and 48 V like 12 V. */

import { exercised } from '../../firmware-ref/exercised/evidence.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { REQUIREMENTS } from '../../scenarios/requirements.ts';
import { VOLTAGE_CLASSES, type VoltageClass } from '../sim/defects/defect.ts';

/** 12 V stands for a supply of 8 V to 16 V, 24 V for 16 V to 32 V, 48 V for what is above. */
export const classOf = (supply_mV: number): VoltageClass => (supply_mV < 16_000 ? 12 : supply_mV < 32_000 ? 24 : 48);

/** The statements that rest on a ruling alone say most of it; where there is none, those that rest on the fewest others. */
const speaksFor = (ruling: string): ReadonlySet<string> => {
  const all = Object.entries(REQUIREMENTS).filter(
    ([, { rulings, shownBy }]) => shownBy === 'unit' && rulings.some((one) => one === ruling),
  );
  const fewest = Math.min(...all.map(([, { rulings }]) => rulings.length));
  return new Set(all.filter(([, { rulings }]) => rulings.length === fewest).map(([id]) => id));
};

/** By ruling and class: the most occasions on which one case shows it. */
export type Repeated = ReadonlyMap<string, Readonly<Record<VoltageClass, number>>>;

export function repeated(cases: readonly Case[]): Repeated {
  const found = new Map<string, Record<VoltageClass, number>>();
  const speakers = new Map<string, ReadonlySet<string>>();
  const speaks = (ruling: string): ReadonlySet<string> => {
    if (!speakers.has(ruling)) speakers.set(ruling, speaksFor(ruling));
    return speakers.get(ruling)!;
  };
  for (const testCase of cases) {
    const occasions = new Map<string, Set<number>>();
    for (const { requirement, at_us, supply_mV } of exercised(testCase).evidence)
      for (const ruling of REQUIREMENTS[requirement].rulings.filter((one) => speaks(one).has(requirement))) {
        const key = `${ruling} ${classOf(supply_mV)}`;
        occasions.set(key, (occasions.get(key) ?? new Set()).add(at_us[0]));
      }
    for (const [key, instants] of occasions) {
      const [ruling, volts] = key.split(' ') as [string, string];
      const row = found.get(ruling) ?? { 12: 0, 24: 0, 48: 0 };
      const known = VOLTAGE_CLASSES.find((one) => String(one) === volts)!;
      row[known] = Math.max(row[known], instants.size);
      found.set(ruling, row);
    }
  }
  return found;
}
