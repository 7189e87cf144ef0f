/** What a command sees of the world around it: two streams for words, the environment, a clock; handed in, so that a test can be that world. */

import type { PrintOptions } from '../../reports/render/style.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { wallTime, type WallTime_ms } from '../calendar.ts';
import { hostClock } from '../host-clock.ts';

export interface TextStream {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly rows: number;
}

export interface Surroundings {
  /** Results. With --json one document and nothing else. */
  readonly out: TextStream;
  /** Progress, warnings and failures. */
  readonly err: TextStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For benches of real hardware. */
  readonly clock: Clock;
  /** The date: of a record, of a calibration, of what is due. */
  readonly now: () => WallTime_ms;
}

const PLAIN_COLUMNS = 100;
const PLAIN_ROWS = 24;

const textStream = (stream: NodeJS.WriteStream): TextStream => ({
  write: (text) => void stream.write(text),
  // A terminal that was never told its size cannot be drawn on.
  isTerminal: stream.isTTY && stream.columns > 0,
  get columns() {
    return stream.columns || PLAIN_COLUMNS;
  },
  get rows() {
    return stream.rows || PLAIN_ROWS;
  },
});

export const processSurroundings = (): Surroundings => ({
  out: textStream(process.stdout),
  err: textStream(process.stderr),
  env: process.env,
  clock: hostClock,
  now: () => wallTime(Date.now()),
});

/** Colour and cursor movements only where a terminal understands them and nobody declined. Source: no-color.org (any value that is not empty). */
export const isLively = ({ env }: Surroundings, stream: TextStream): boolean => stream.isTerminal && env['TERM'] !== 'dumb';
const hasColour = (surroundings: Surroundings, stream: TextStream): boolean =>
  isLively(surroundings, stream) && (surroundings.env['NO_COLOR'] ?? '') === '';

export const printOptions = (surroundings: Surroundings): PrintOptions => ({
  colour: hasColour(surroundings, surroundings.out),
  width: surroundings.out.columns,
});
