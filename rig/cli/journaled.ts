/** What a run's listener hears, written into its journal as well: cases that begin, attempts that are over with everything that came of them. */

import type { RunInProgress } from '../../reports/archive/progress.ts';
import type { RunListener } from '../run/run.ts';
import { transcriptText } from '../run/transcript-file.ts';

export interface Journaled {
  readonly listener: RunListener;
  /** Whether anything was learnt that must not be thrown away. */
  readonly hasBegun: () => boolean;
}

export const journaled = (told: RunListener, progress: RunInProgress): Journaled => {
  let begun = false;
  return {
    hasBegun: () => begun,
    listener: {
      onStart: (index) => {
        progress.caseBegins(index);
        told.onStart?.(index);
      },
      onProgress: (index, fraction) => told.onProgress?.(index, fraction),
      onAttempt: (index, attempt, run) => {
        begun = true;
        const { testCase, result, trace, prediction, transcript } = run;
        const lines = transcript === null ? null : transcriptText([{ testCase, attempt, transcript }]);
        progress.attemptDone(index, attempt, testCase, { result, trace, prediction }, lines);
        told.onAttempt?.(index, attempt, run);
      },
      onDone: (index, result, spoilt) => told.onDone?.(index, result, spoilt),
    },
  };
};
