/** Between which values a measured one lies. */

import type { Sample } from '../../scenarios/contracts/trace.ts';

export type Reading = Pick<Sample, 'value' | 'uncertainty' | 'least'>;

export const leastOf = ({ value, uncertainty, least }: Reading): number => least ?? value - uncertainty;
/** Of a reading at the end of its range nothing is known above. */
export const mostOf = ({ value, uncertainty, least }: Reading): number => (least === undefined ? value + uncertainty : Infinity);
