/** What a run's listener hears, written into its journal as well: cases that begin, lines on a real wire, attempts that are over with everything that came of them. */

import type { RunInProgress } from '../../reports/archive/progress.ts';
import type { RunListener } from '../run/run.ts';
import type { TranscriptLine } from '../link/transcript.ts';
import { EVENTS_LETTER } from '../wire/messages.ts';
import { lineRow, transcriptText } from '../run/transcript-file.ts';

export interface Journaled {
  readonly listener: RunListener;
  /** Whether anything was learnt that must not be thrown away. */
  readonly hasBegun: () => boolean;
}

/** What was measured is written at once; what only keeps the talk going waits for it, so that a disk is not asked to flush at every ping. */
const isMeasured = ({ way, line }: TranscriptLine): boolean => way === 'received' && line.startsWith(EVENTS_LETTER);
const MOST_WAITING = 64;

export const journaled = (told: RunListener, progress: RunInProgress): Journaled => {
  let begun = false;
  let waiting: unknown[] = [];
  return {
    hasBegun: () => begun,
    listener: {
      onStart: (index) => {
        progress.caseBegins(index);
        told.onStart?.(index);
      },
      onLine: (index, line) => {
        told.onLine?.(index, line);
        waiting.push(lineRow(line));
        if (!isMeasured(line) && waiting.length < MOST_WAITING) return;
        progress.lines(index, waiting);
        waiting = [];
      },
      onProgress: (index, fraction) => told.onProgress?.(index, fraction),
      onAttempt: (index, attempt, run) => {
        begun = true;
        waiting = []; // the attempt has them all
        const { testCase, result, trace, prediction, transcript } = run;
        const lines = transcript === null ? null : transcriptText([{ testCase, attempt, transcript }]);
        progress.attemptDone(index, attempt, testCase, { result, trace, prediction }, lines);
        told.onAttempt?.(index, attempt, run);
      },
      onDone: (index, result, spoilt) => told.onDone?.(index, result, spoilt),
    },
  };
};
