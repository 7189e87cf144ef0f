/** A profile as a record keeps it: what it is, and which limits came from it. */

import { PARAMETERS, type ParameterName } from '../../firmware-ref/parameters.ts';
import type { Basis, ProfileUse } from '../../firmware-ref/profile.ts';
import type { RunRecord } from '../../reports/record.ts';

export const recordedProfile = ({ profile }: ProfileUse, { parameters, profile: inForce }: Basis): RunRecord['profile'] => {
  const { name, file, hardware, goldenUnit, learned, expires } = profile;
  const limits = Object.entries(parameters)
    .filter(([, one]) => one.learned)
    .map(([parameter, { value, unit, source }]) => ({
      parameter,
      value,
      unit,
      reference: PARAMETERS[parameter as ParameterName].value,
      source,
    }));
  const readings = (inForce?.readings ?? []).map((one) => ({ ...one }));
  return { name, file, hardware, goldenUnit, learned, expires, fault: inForce?.fault ?? null, limits, readings };
};
