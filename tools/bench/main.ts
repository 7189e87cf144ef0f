/** `npm run bench`: prints the measured numbers as a table, or with --json as one document; exit code 1 where a bound is not met. `-- pages`, `-- speed`, `-- recording`: those of the pages, of the rig's speed, or of keeping a run, alone. */

import { printRows, progress } from '../rows.ts';
import { type Measured, measure, measureKeeping, measureSpeed } from './measure.ts';
import { measureReportPage } from './report-page.ts';

const PARTS: Readonly<Record<string, () => Promise<Measured>>> = {
  speed: () => measureSpeed(progress),
  recording: measureKeeping,
  pages: measureReportPage,
};

const asked = Object.entries(PARTS).flatMap(([name, part]) => (process.argv.includes(name) ? [part] : []));
const parts = asked.length > 0 ? asked : [() => measure(progress), measureReportPage];
const measured: Measured[] = [];
for (const part of parts) measured.push(await part());
process.exitCode = printRows(
  measured.flatMap(({ rows }) => rows),
  measured.flatMap(({ notes }) => notes),
);
