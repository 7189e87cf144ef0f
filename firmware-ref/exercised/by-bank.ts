/** The statements on batteries that the rig's own bank carries in a case: what it decided, where the compiler says so. */

import type { Case } from '../../scenarios/contracts/case.ts';
import { REQUIREMENTS, type RequirementId } from '../../scenarios/requirements.ts';
import type { Evidence } from './evidence.ts';
import type { Played } from './play.ts';

const isRequirement = (id: string): id is RequirementId => id in REQUIREMENTS;

export const carriedByBank = ({ decided }: Case, { apart }: Played): readonly Omit<Evidence, 'supply_mV'>[] =>
  decided.flatMap(({ requirement, entry, what }) =>
    isRequirement(requirement) ? [{ requirement, by: 'bank' as const, what, at_us: apart.at_us(entry) }] : [],
  );
