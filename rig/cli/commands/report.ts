/** `rig report`: a recorded run once more as a page, and as tables, certificate, label and summary. */

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import { makeFolder } from '../../../reports/archive/make-folder.ts';
import { toReportDocument } from '../../../reports/json.ts';
import type { StoredRun } from '../../../reports/archive/read-run.ts';
import type { RunRecord } from '../../../reports/record.ts';
import { RigError } from '../../error.ts';
import { CI_OPTIONS, type CiArgs, tellCi } from '../ci-output.ts';
import { JSON_OPTION } from '../options.ts';
import { loadRun, STORED_RUN_OPTIONS, withStoredRun } from '../stored-run.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  html: {
    type: 'boolean',
    default: false,
    describe: 'the page of the run, as this version of the rig draws it [where nothing else is asked for]',
  },
  csv: { type: 'boolean', default: false, describe: 'cases, edges, measurements and differences as CSV' },
  parquet: { type: 'boolean', default: false, describe: 'the same as Apache Parquet' },
  pdf: { type: 'boolean', default: false, describe: 'the certificate of the unit, printed by Chromium' },
  label: { choices: ['svg', 'png'], requiresArg: true, describe: 'a label with a DataMatrix of serial number, outcome and run' },
  ...CI_OPTIONS,
  to: { type: 'string', requiresArg: true, default: '.', describe: 'folder for the files; none that is there is overwritten' },
  ...STORED_RUN_OPTIONS,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  withStoredRun(y)
    .options(OPTIONS)
    .example('$0 report --csv --parquet', 'tables of the last run')
    .example('$0 report 20260102-030405-0007 --pdf --label svg --to papers', 'certificate and label of the unit of an earlier run');

interface Args extends CiArgs {
  readonly run: string;
  readonly html: boolean;
  readonly csv: boolean;
  readonly parquet: boolean;
  readonly pdf: boolean;
  readonly label?: 'svg' | 'png';
  readonly to: string;
  readonly out: string;
  readonly json: boolean;
}

/** How its name ends, and what is in it. */
type File = readonly [ending: string, content: string | Uint8Array];

const unwritable = (file: string, cause: unknown): RigError => {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new RigError('outUnwritable', code === 'EEXIST' ? `${file} is there already.` : `${file} cannot be written: ${message}.`, {
    hint: code === 'EEXIST' ? 'nothing is overwritten: move it away, or give another folder with --to' : 'give another folder with --to',
    blame: 'operator',
    cause,
  });
};

const tablesOf = async (record: RunRecord, { csv, parquet }: Args): Promise<readonly File[]> => {
  if (!csv && !parquet) return [];
  const { runTables } = await import('../../../reports/export/tables.ts');
  const tables = runTables(record);
  const { renderCsv } = await import('../../../reports/export/csv.ts');
  const { renderParquet } = await import('../../../reports/export/parquet.ts');
  return [
    ...(csv ? tables.map((one) => [`${one.name}.csv`, renderCsv(one)] as const) : []),
    ...(parquet ? tables.map((one) => [`${one.name}.parquet`, renderParquet(one)] as const) : []),
  ];
};

/** Label and certificate hold a DataMatrix, and not every serial number goes into one. Rejects with RigError `labelRefused`. */
const withSymbol = async <T>(work: () => T | Promise<T>): Promise<T> => {
  const { LabelRefused } = await import('../../../reports/export/label.ts');
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof LabelRefused)
      throw new RigError('labelRefused', cause.message, {
        hint: cause.hint ?? 'run with --serial, as the station file asks for it; page and tables can be had of any run',
        blame: 'operator',
        cause,
      });
    throw cause;
  }
};

const labelOf = async (record: RunRecord, kind: Args['label']): Promise<readonly File[]> => {
  if (kind === undefined) return [];
  const { renderLabelPng, renderLabelSvg } = await import('../../../reports/export/label.ts');
  return [[`label.${kind}`, await withSymbol<File[1]>(() => (kind === 'svg' ? renderLabelSvg(record) : renderLabelPng(record)))]];
};

const certificateOf = async ({ record, dir }: StoredRun, { pdf }: Args, { env }: Surroundings): Promise<readonly File[]> => {
  if (!pdf) return [];
  const { hashOfFile, renderCertificate } = await import('../../../reports/export/certificate.ts');
  const { printPdf } = await import('../print-pdf.ts');
  const hash = hashOfFile(await readFile(path.join(dir, 'record.json')));
  return [['certificate.pdf', await printPdf(await withSymbol(() => renderCertificate(record, hash)), env)]];
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const stored = await loadRun(args.run, args.out);
  const { record } = stored;
  const asked =
    args.csv || args.parquet || args.pdf || args.label !== undefined || args.summary !== undefined || args['code-quality'] !== undefined;
  const page =
    args.html || !asked ? [['html', (await import('../../../reports/render/report-html.ts')).renderReport(record)] as const] : [];
  const contents = [
    ...page,
    ...(await tablesOf(record, args)),
    ...(await labelOf(record, args.label)),
    ...(await certificateOf(stored, args, surroundings)),
  ];
  const files: string[] = [];
  const nameOf = (ending: string): string => path.join(args.to, `${record.runId}.${ending}`);
  await makeFolder(args.to).catch((cause: unknown) => {
    throw unwritable(args.to, cause);
  });
  for (const [ending, content] of contents) {
    const file = nameOf(ending);
    await writeFile(file, content, { flag: 'wx' }).catch((cause: unknown) => {
      throw unwritable(file, cause);
    });
    files.push(file);
  }
  const { CI_PROJECT_DIR } = surroundings.env;
  await tellCi(record, args, { env: { CI_PROJECT_DIR }, err: surroundings.err });
  files.push(...[args.summary, args['code-quality']].filter((file) => file !== undefined));
  surroundings.out.write(args.json ? `${JSON.stringify(toReportDocument(record, files))}\n` : files.map((file) => `${file}\n`).join(''));
  return 0;
};
