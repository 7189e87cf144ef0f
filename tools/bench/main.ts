/** `npm run bench`: prints the measured numbers as a table, or with --json as one document; exit code 1 where a bound is not met. `-- pages`: those of the pages alone. */

import { printRows, progress } from '../rows.ts';
import { measure } from './measure.ts';
import { measureReportPage } from './report-page.ts';

const rig = process.argv.includes('pages') ? null : await measure(progress);
progress('pages');
const report = await measureReportPage();
process.exitCode = printRows([...(rig?.rows ?? []), ...report.rows], [...(rig?.notes ?? []), ...report.notes]);
