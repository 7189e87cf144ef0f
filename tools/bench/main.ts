/** `npm run bench`: prints the measured numbers as a table, or with --json as one document; exit code 1 where a bound is not met. */

import { printRows, progress } from '../rows.ts';
import { measure } from './measure.ts';

const { rows, notes } = await measure(progress);
process.exitCode = printRows(rows, notes);
