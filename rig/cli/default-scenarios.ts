/** Which scenarios run when none is named: those of the working directory, else those that come with the package. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const USUAL = path.join('scenarios', 'eol');

export const defaultScenarios = (): readonly string[] => {
  if (existsSync(USUAL)) return [USUAL];
  const shipped = fileURLToPath(new URL('../../scenarios/eol', import.meta.url));
  return [path.relative('', shipped)];
};
