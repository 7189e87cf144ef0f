/** The command line: names the commands, loads the one asked for, and turns whatever happens into an exit code. */

import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { reportFailure, UsageError } from './failures.ts';

const VERSION = '0.1.0';

/** Each command is a module loaded only when it is asked for: help and check stay quick. */
const run = async (argv: readonly string[]): Promise<number> => {
  let exit = 0;
  const parser = yargs(argv)
    .scriptName('rig')
    .usage('$0 <command>\n\nHardware-in-the-loop tests of a battery-management unit, on a fixture or on the simulated bench.')
    .strict()
    .demandCommand(1, 'Name a command.')
    .recommendCommands()
    .version(VERSION)
    .help()
    .alias('help', 'h')
    .wrap(Math.min(120, process.stdout.columns ?? 100))
    .exitProcess(false)
    // A handler that returns would let the command run all the same.
    .fail((message, cause) => {
      throw cause ?? new UsageError(message);
    })
    .epilogue('Exit codes: 0 pass, 1 the unit failed, 2 bad file, image or option, 3 broken or inconclusive, 130 stopped.');
  const command = <T>(name: string, summary: string, load: () => Promise<{ build: (y: ReturnType<typeof yargs>) => T; handle: (args: never) => Promise<number> }>): void => {
    parser.command(
      name,
      summary,
      async (y) => (await load()).build(y) as never,
      async (args) => {
        exit = await (await load()).handle(args as never);
      },
    );
  };
  command('run [files..]', 'run scenarios on a bench and judge the unit', () => import('./commands/run.ts'));
  command('check <files..>', 'read scenarios and list every mistake', () => import('./commands/check.ts'));
  command('predict <file>', 'show what the reference allows', () => import('./commands/predict.ts'));
  command('ports [paths..]', 'list serial ports and greet the fixtures on them', () => import('./commands/ports.ts'));
  command('sim <action>', 'the simulated fixture for other programs', () => import('./commands/sim.ts'));
  await parser.parseAsync();
  return exit;
};

const argv = hideBin(process.argv);
process.exitCode = await run(argv).catch((cause: unknown) => reportFailure(cause, argv.includes('--json')));
// Handles that a library keeps open must not keep a finished command alive; what was written is flushed first.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
