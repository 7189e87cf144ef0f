/** `npm run bench`: prints the measured numbers as a table, or with --json as one document; exit code 1 where a bound is not met. `-- pages`, `-- speed`: those of the pages, or of the rig's speed, alone. */

import { printRows, progress } from '../rows.ts';
import { type Measured, measure, measureSpeed } from './measure.ts';
import { measureReportPage } from './report-page.ts';

const [pages, speed] = ['pages', 'speed'].map((name) => process.argv.includes(name));
const measured: Measured[] = [];
if (!pages) measured.push(await (speed ? measureSpeed(progress) : measure(progress)));
if (!speed) {
  progress('pages');
  measured.push(await measureReportPage());
}
process.exitCode = printRows(
  measured.flatMap(({ rows }) => rows),
  measured.flatMap(({ notes }) => notes),
);
