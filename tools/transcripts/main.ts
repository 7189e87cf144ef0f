/** Prints the transcripts of PROTOCOL.md, made anew; `npm run generate` runs it where they are stale. */

import { transcriptsText } from './page.ts';

process.stdout.write(await transcriptsText());
