/** The process: gives the command line the process's streams and takes its exit code. */

import { runCommandLine } from './command-line.ts';
import { EXIT_BROKEN } from './failures.ts';
import { processSurroundings } from './surroundings.ts';

/** A reader that has seen enough (`| head`) is no fault; results that are lost for another reason are one, whatever they were. */
const onLost = (cause: NodeJS.ErrnoException): void => {
  if (cause.code === 'EPIPE') process.exit();
  process.stderr.write(`rig: Standard output cannot be written: ${cause.message}.\n`, () => process.exit(EXIT_BROKEN));
};
process.stdout.on('error', onLost);
// Nobody can be told any more.
process.stderr.on('error', () => undefined);

process.exitCode = await runCommandLine(process.argv.slice(2), processSurroundings());
// Handles that a library keeps open must not keep a finished command alive; what was written is flushed first.
process.stdout.write('', (lost) => {
  if (!lost) process.stderr.write('', () => process.exit());
});
