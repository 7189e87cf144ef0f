/** Which scenarios are meant when none is named: those of the working directory, else those that come with the package. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The suites by their folders below scenarios/. */
export const SUITES = ['eol', 'regression', 'full', 'limits', 'endurance'] as const;

const suite = (name: string): string => {
  const usual = path.join('scenarios', name);
  if (existsSync(usual)) return usual;
  const shipped = fileURLToPath(new URL(`../../scenarios/${name}`, import.meta.url));
  return path.relative('', shipped);
};

export const defaultScenarios = (): readonly string[] => [suite('eol')];

/** All suites there are. */
export const shippedSuites = (): readonly string[] => SUITES.map(suite).filter((folder) => existsSync(folder));
