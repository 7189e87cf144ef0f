/** Mechanical mutants on the terminal: survivors first, then the equivalent ones by reason, counts by kind, and one line that sums it up. */

import type { MutantRow, MutantsDocument } from '../shape/mutants.ts';
import { printer, type PrintOptions, wrap } from './style.ts';

const KINDS = ['constant', 'condition', 'statement'] as const satisfies readonly MutantRow['kind'][];

export const renderMutants = (document: MutantsDocument, options: PrintOptions = {}): string => {
  const { ink, width, ascii } = printer(options);
  const { mutants, total, killed, equivalent, surviving, survivingShare, notCompiled, seed } = document;
  const of = (fate: MutantRow['fate']): readonly MutantRow[] => mutants.filter((one) => one.fate === fate);
  const reasons = [...new Set(of('equivalent').map(({ reason }) => reason ?? ''))];
  const kinds = KINDS.map((kind) => {
    const its = mutants.filter((one) => one.kind === kind && one.fate !== 'notCompiled');
    return `${kind} ${its.filter(({ fate }) => fate === 'killed').length}/${its.length}`;
  });
  const parts = [
    ink(['bold', surviving === 0 ? 'green' : 'red'], `${surviving} of ${total} survive (${(100 * survivingShare).toFixed(1)} %)`),
    `${killed} killed`,
    `${equivalent} equivalent`,
    ...(notCompiled === 0 ? [] : [`${notCompiled} more do not compile`]),
    'SIMULATED bench',
    `seed ${seed}`,
  ];
  return [
    ...of('surviving').map(({ id, verdict }) => wrap(`${ink('red', 'SURVIVES')} ${id} (${verdict ?? 'not run'})`, width, '  ')),
    ...of('killed')
      .filter(({ reason }) => reason !== null)
      .map(({ id, by, reason }) =>
        wrap(`${ink('red', 'KILLED, though called equivalent')} ${id} (${by?.text ?? ''}): ${reason ?? ''}`, width, '  '),
      ),
    ...reasons.map((reason) => {
      const its = of('equivalent').filter((one) => one.reason === reason);
      return wrap(`equivalent, ${reason}: ${its.map(({ id }) => id).join(', ')}`, width, '  ');
    }),
    `killed by kind: ${kinds.join(', ')}`,
    wrap(parts.join(ascii ? ' | ' : ' · '), width, '  '),
  ].join('\n');
};
