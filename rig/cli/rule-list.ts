/** `rig check --rules`: every rule by its id, what it finds and what mends it. */

import { RULE_GROUPS } from '../../scenarios/rules.ts';
import { listRows } from './catalogue-list.ts';
import type { Surroundings } from './surroundings.ts';

/** A row a rule, group by group; with --json a document `bms-rig/rules/1`. Gives the exit code. */
export const listRules = async (json: boolean, { out }: Surroundings): Promise<number> => {
  if (json) {
    const { toRulesDocument } = await import('../../reports/json.ts');
    out.write(`${JSON.stringify(toRulesDocument())}\n`);
    return 0;
  }
  const rows = Object.values(RULE_GROUPS).flatMap((group) =>
    Object.entries(group).map(([id, { finds, fix }]) => [id, `${finds} (${fix})`]),
  );
  out.write(listRows([['rule', 'what it finds (what mends it)'], ...rows], out.columns));
  return 0;
};
