/** The command line: names the commands, loads the one asked for, and turns whatever happens into an exit code. */

import { readFileSync } from 'node:fs';
import yargs, { type Argv } from 'yargs';
import { tellingWaits, type TellWaiting } from '../../reports/archive/database/patience.ts';
import { printable } from '../../reports/render/terminal-text.ts';
import { nearest } from '../../scenarios/language/nearest.ts';
import { COMMANDS } from './command-table.ts';
import { reportFailure, UsageError } from './failures.ts';
import { refuseOddities, REPEATED } from './options.ts';
import type { Surroundings, TextStream } from './surroundings.ts';

const COMMAND_NAMES = COMMANDS.map(({ name }) => name.split(' ')[0]!);

/** Positional arguments that take several values. */
const LISTS = ['files', 'paths'];
/** Width of help: the launcher answers it from a file that was made at this width. */
const HELP_COLUMNS = 100;

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const commandFault = (name: string | undefined, said: string): UsageError => {
  if (name === undefined) return new UsageError(said.startsWith('Unknown') ? 'Name a command; options come after it.' : said);
  const meant = nearest(name, COMMAND_NAMES);
  return new UsageError(
    `There is no command "${name}".`,
    meant === undefined ? `there are: ${COMMAND_NAMES.join(', ')}` : `did you mean rig ${meant}?`,
  );
};

/** The parser's words for a wrong argument, made to say what to do. `known` are the options of the command. */
const usageFault = (said: string, known: readonly string[]): UsageError => {
  const match = (pattern: RegExp): string | undefined => pattern.exec(said)?.[1];
  const unknown = match(/^Unknown arguments?: ([^,]+)/);
  if (unknown !== undefined) {
    const meant = nearest(unknown, known);
    return new UsageError(
      `There is no option or argument "${unknown}" here.`,
      meant === undefined ? 'rig <command> --help lists what there is' : `did you mean --${meant}?`,
    );
  }
  const bare = match(/^Not enough arguments following: (.+)$/);
  if (bare !== undefined) return new UsageError(`--${bare} wants a value.`, 'rig <command> --help shows an example');
  if (said.startsWith('Not enough non-option arguments'))
    return new UsageError('A file, a folder or an action is missing.', 'rig <command> --help shows an example');
  const choice = /Argument: (\S+), Given: (".*?"), Choices: (.+)$/s.exec(said);
  if (choice !== null)
    return new UsageError(
      `${known.includes(choice[1]!) ? '--' : ''}${choice[1]} is one of ${choice[3]!.trim()}, not ${choice[2]}.`,
      'rig <command> --help shows an example',
    );
  return new UsageError(said.replaceAll(/\s*\n\s*/g, ' ').trim());
};

/** Of the parser's insides, what `withoutHelpInStore` needs; not promised by it. */
interface Insides {
  readonly getInternalMethods?: () => { readonly getUsageInstance?: () => { cacheHelpMessage?: () => void } };
}

/** The parser lays out the help of each command that it runs, in case the command wants to show it. None does, and it would be a tenth of what starting takes. */
const withoutHelpInStore = (parser: Argv): void => {
  const usage = (parser as Insides).getInternalMethods?.().getUsageInstance?.();
  if (usage?.cacheHelpMessage !== undefined) usage.cacheHelpMessage = () => undefined;
};

/** Also with --json, whose one document is on standard output. On a terminal a count of progress may stand in the line. */
const tellOn =
  (err: TextStream): TellWaiting =>
  (text) =>
    err.write(`${err.isTerminal ? '\r' : ''}${printable(text)}\n`);

/** Runs one command line, without the name of the program. Never rejects; gives the exit code. */
export const runCommandLine = async (argv: readonly string[], surroundings: Surroundings): Promise<number> => {
  let exit = 0;
  let known: readonly string[] | null = null;
  const parser = yargs([...argv])
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
    })
    .scriptName('rig')
    .usage('$0 <command>\n\nHardware-in-the-loop tests of a battery-management unit, on a fixture or on the simulated bench.')
    .strict()
    .demandCommand(1, 'Name a command.')
    .version(version())
    .help()
    .alias('help', 'h')
    .wrap(HELP_COLUMNS)
    .exitProcess(false)
    // A handler that returns would let the command run all the same.
    .fail((message, cause) => {
      // Without a message the cause is what a command threw.
      if (!message) throw cause;
      throw known === null
        ? commandFault(
            argv.find((one) => !one.startsWith('-')),
            message,
          )
        : usageFault(message, known);
    })
    .epilogue('Exit codes: 0 pass, 1 the unit failed, 2 bad file, image or option, 3 broken or inconclusive, 130 stopped.');
  withoutHelpInStore(parser);
  for (const { name, summary, load } of COMMANDS) {
    parser.command(
      name,
      summary,
      async (y) => {
        const command = await load();
        known = Object.keys(command.OPTIONS);
        return command.build(y);
      },
      async (args) => {
        refuseOddities(args, [...LISTS, ...REPEATED]);
        const { handle } = await load();
        exit = await tellingWaits(tellOn(surroundings.err), () => handle(args as never, surroundings));
      },
    );
  }
  try {
    // With a callback the parser hands over what it would print (help, the version).
    await parser.parseAsync([...argv], {}, (_cause, _args, output) => {
      if (output !== '') surroundings.out.write(`${output}\n`);
    });
    return exit;
  } catch (cause) {
    const told = cause instanceof Error && cause.name === 'YError' ? usageFault(cause.message, known ?? []) : cause;
    return reportFailure(told, argv.includes('--json'), surroundings);
  }
};
