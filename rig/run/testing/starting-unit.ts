/** Short cases for tests of a run: a unit that starts, three times. */

import { readAndCompile } from '../../../scenarios/compile.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';

export const startingCase = (name: string, expectation: string): Case => {
  const text = `
scenario: A healthy unit starts
covers: [POWER-UP]
given: { supply: 12.8 V, remote: link, poles: closed }
steps: []
until: { wait: 3.3 s }
expect:
  - ${expectation}
`;
  const result = readAndCompile({ file: `scenarios/starts/${name}.yaml`, bytes: Buffer.from(text) });
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
  return result.cases[0]!;
};

export const STARTS = ['a', 'b', 'c'].map((name) => startingCase(name, '{ edge: load rises, after: 0 s, within: 3 s }'));
