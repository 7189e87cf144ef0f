/** The process: gives the command line the process's streams and takes its exit code. */

import { runCommandLine } from './command-line.ts';
import { processSurroundings } from './surroundings.ts';

// A reader that has seen enough (`| head`) is no fault; the exit code is then of no interest to anybody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EPIPE') process.exit();
    throw cause;
  });
}
process.exitCode = await runCommandLine(process.argv.slice(2), processSurroundings());
// Handles that a library keeps open must not keep a finished command alive; what was written is flushed first.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
