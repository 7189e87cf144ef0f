/** Faults of link, fixture or host: thrown, with one of a closed list of codes; the run is broken, never the unit. */

export type RigErrorCode =
  | 'portMissing'
  | 'portBusy'
  | 'portForeign'
  | 'portClosed'
  | 'fixtureSilent'
  | 'fixtureGarbled'
  | 'protocolVersion'
  | 'signalTable'
  | 'fixtureReset'
  | 'clockBad'
  | 'fixtureRefused'
  | 'stimulusLate'
  | 'eventsLost'
  | 'hostSilent'
  | 'hostStalled'
  | 'aborted'
  | 'caseOverrun'
  | 'runTimeout'
  | 'imageBad'
  | 'imageTooLarge'
  | 'optionBad'
  | 'forbiddenRegister'
  | 'simulationStuck'
  | 'runFolderClash'
  | 'runMissing'
  | 'recordDamaged'
  | 'recordNewer'
  | 'archiveAway'
  | 'archiveDamaged'
  | 'archiveLocked'
  | 'archiveNewer'
  | 'archiveUnwritable'
  | 'chainDamaged'
  | 'keyUnusable'
  | 'fileUnreadable'
  | 'outUnwritable'
  | 'boardTwice'
  | 'boardMismatch'
  | 'contactBad'
  | 'ohmmeter'
  | 'supplyOn'
  | 'sensorBad'
  | 'switchBad'
  | 'dropBad'
  | 'calibrationBad'
  | 'calibrationFailed'
  | 'programmerMissing'
  | 'bootloaderSilent'
  | 'bootloaderFault'
  | 'wrongBoard'
  | 'verifyFailed'
  | 'unitProgram'
  | 'browserMissing'
  | 'browserFailed'
  | 'labelRefused'
  | 'internal';

export interface RigErrorOptions {
  /** What to try next, one sentence. */
  readonly hint?: string;
  readonly blame?: 'rig' | 'link' | 'operator';
  readonly cause?: unknown;
}

export class RigError extends Error {
  readonly code: RigErrorCode;
  readonly hint: string;
  readonly blame: 'rig' | 'link' | 'operator';

  constructor(code: RigErrorCode, message: string, options: RigErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RigError';
    this.code = code;
    this.hint = options.hint ?? '';
    this.blame = options.blame ?? 'rig';
  }
}
