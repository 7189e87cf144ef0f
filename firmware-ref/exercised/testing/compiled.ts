/** A case from the lines of a scenario. */

import { readAndCompile } from '../../../scenarios/compile.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';

export function compiled(...lines: readonly string[]): Case {
  const text = ['scenario: A case', 'covers: [LOAD-UV]', ...lines, ''].join('\n');
  const result = readAndCompile({ file: 's.yaml', bytes: Buffer.from(text) });
  if (!result.ok) throw new Error(result.issues.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return result.cases[0]!;
}
