/** `rig coverage`: which requirement is proven by which case, and what of the reference no case exercises; with --prove it finds the proofs first. */

import { writeFileSync } from 'node:fs';
import type { Argv } from 'yargs';
import { collectCoverage } from '../../campaign/coverage.ts';
import { ProofShelf } from '../../campaign/proofs.ts';
import { RigError } from '../../error.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { ANSWERS_OPTION, loadAnswers } from '../ask-operator.ts';
import { shippedSuites } from '../default-scenarios.ts';
import { IssuesError, UsageError } from '../failures.ts';
import { JSON_OPTION, readSeed } from '../options.ts';
import { findProofs } from '../proving.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  page: { type: 'string', requiresArg: true, describe: 'writes the coverage page (HTML) to this file' },
  complete: { type: 'boolean', default: false, describe: 'exit 2 where a requirement or a transition has no test' },
  prove: { type: 'boolean', default: false, describe: 'runs each case on the defects it should catch, and writes proofs.json beside it' },
  seed: { type: 'string', requiresArg: true, describe: 'with --prove: draws the simulated bench [default: 1]' },
  answers: { ...ANSWERS_OPTION.answers, describe: 'with --prove: file with the answers to what scenarios ask' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', describe: 'scenario files or folders', defaultDescription: 'all that come with the rig' })
    .options(OPTIONS)
    .example('$0 coverage --page coverage.html', 'the page for all suites')
    .example('$0 coverage my-scenarios --prove', 'finds what each of your own cases catches');

interface Args {
  readonly files?: readonly string[];
  readonly page?: string;
  readonly complete: boolean;
  readonly prove: boolean;
  readonly seed?: string;
  readonly answers?: string;
  readonly json: boolean;
}

const writePage = (file: string, text: string): void => {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new RigError('outUnwritable', `${file} cannot be written: ${(cause as Error).message}.`, {
      hint: 'name a file in a folder that exists',
      blame: 'operator',
      cause,
    });
  }
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { page, complete, json } = args;
  const seed = readSeed(args.seed);
  const named = args.files?.length ? args.files : null;
  const { cases, issues } = compileFiles(named ?? shippedSuites());
  if (issues.some(({ severity }) => severity === 'error')) throw new IssuesError(issues);
  if (args.answers !== undefined && !args.prove)
    throw new UsageError('Nothing is asked without --prove.', 'add --prove, or leave out --answers');
  if (args.prove) {
    const answers = loadAnswers(args.answers, cases);
    await findProofs(cases, { seed, all: named === null, quiet: json, answers, surroundings });
  }
  const document = collectCoverage(cases, new ProofShelf(), complete);
  if (page !== undefined) {
    const { renderCoveragePage } = await import('../../../reports/render/coverage-html.ts');
    writePage(page, renderCoveragePage(document));
  }
  if (json) surroundings.out.write(`${JSON.stringify(document)}\n`);
  else {
    const { renderCoverage } = await import('../../../reports/render/coverage-text.ts');
    surroundings.out.write(`${renderCoverage(document, printOptions(surroundings))}\n`);
    if (page !== undefined) surroundings.out.write(`Page: ${page}\n`);
  }
  return document.exit;
};
