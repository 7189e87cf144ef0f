/** The self-test of the fixture behind a port: greeted, played through, everything safe afterwards, and what came of it held against what is known. */

import type { SelfTestCheck, SelfTestDocument } from '../../reports/shape/self-test.ts';
import { type BoardPort, withBoard } from '../bench/bare-board.ts';
import { type WallTime_ms, isoOf } from '../calendar.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import { isSimulatedBoard } from '../fixture/board-id.ts';
import { ADC_CHANNELS } from '../fixture/channels.ts';
import { hex } from '../wire/lines.ts';
import { looksOf } from './expected.ts';
import { type Known, knownHash } from './known.ts';
import { delayOf, pathId, type Way, WAYS } from './paths.ts';
import { CYCLES, PATHS, PROGRAM, SUPPLY_mV, type Step } from './program.ts';
import { Session } from './session.ts';
import { suspectsOf, suspectText } from './suspects.ts';
import type { Values } from './values.ts';
import { bite, type Bitten, watchdogChecks } from './watchdog.ts';

export interface SelfTestOptions extends BoardPort {
  readonly simulated: boolean;
  readonly known: Known;
  readonly made: WallTime_ms;
  readonly onProgress?: (done: number, of: number, title: string) => void;
}

/** What a board showed. A path's delays are in us, one for each time it was switched; null = the edge did not come. */
export interface Shown {
  readonly values: Values;
  readonly delays: ReadonlyMap<string, readonly (number | null)[]>;
  /** Null: it was not seen to come back. */
  readonly bitten: Bitten | null;
  /** What ended it before its time, and in which step. */
  readonly ended: SelfTestDocument['ended'];
}

/** Faults that a wrong wire may bring about; the step they came in is told, and what was not looked at fails. */
const FINDINGS: readonly RigErrorCode[] = ['fixtureReset', 'fixtureRefused', 'stimulusLate'];

const READY: Step = { id: 'paths', title: 'supply', bits: [], volts_mV: { supply: SUPPLY_mV, remoteH: 0, remoteL: 0 }, looks: [] };

const switchPaths = async (session: Session): Promise<Shown['delays']> => {
  const delays = new Map<string, (number | null)[]>();
  await session.play(READY, new Map());
  for (const bit of new Set(PATHS.map((path) => path.bit))) {
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      for (const on of [true, false]) {
        const switching = await session.switching({ bit }, on);
        for (const path of PATHS) {
          if (path.bit !== bit) continue;
          const id = pathId(path, on ? 'rise' : 'fall');
          delays.set(id, [...(delays.get(id) ?? []), delayOf(path, on, switching)]);
        }
      }
    }
  }
  return delays;
};

/** Throws RigError: what `withBoard` and the session throw. */
export const selfTest = (options: SelfTestOptions): Promise<SelfTestDocument> =>
  withBoard(options, 0x5400, async (conversation, hello, board) => {
    const session = new Session(conversation, options.clock);
    await session.begin();
    const values = new Map<string, number>();
    let delays: Shown['delays'] = new Map();
    let ended: Shown['ended'] = null;
    let bitten: Bitten | null = null;
    let at = 'paths';
    try {
      for (const [index, step] of PROGRAM.entries()) {
        at = step.id;
        options.onProgress?.(index, PROGRAM.length + 2, step.title);
        await session.play(step, values);
      }
      at = 'paths';
      options.onProgress?.(PROGRAM.length, PROGRAM.length + 2, 'paths');
      delays = await switchPaths(session);
      at = 'watchdog';
      options.onProgress?.(PROGRAM.length + 1, PROGRAM.length + 2, 'watchdog');
      bitten = await bite(conversation, options.clock);
    } catch (cause) {
      if (!(cause instanceof RigError) || !FINDINGS.includes(cause.code)) throw cause;
      ended = { step: at, code: cause.code, message: cause.message };
    }
    // Whatever it was reached through.
    const simulated = options.simulated || isSimulatedBoard(hello.board);
    return judgeSelfTest({ values, delays, bitten, ended }, { ...options, simulated }, { board, build: hex(hello.build, 8) });
  });

/** Nothing is passed over: a check without a value fails. */
export const judgeSelfTest = (
  { values, delays, bitten, ended }: Shown,
  { known, simulated, made }: Pick<SelfTestOptions, 'known' | 'simulated' | 'made'>,
  { board, build }: { readonly board: string; readonly build: string },
): SelfTestDocument => {
  const looks = looksOf();
  const titles = new Map(PROGRAM.map(({ id, title }) => [id, title]));
  const checks: SelfTestCheck[] = [...known.ranges].map(([id, { min, max }]) => {
    const [step, channel] = id.split('.') as [string, string];
    const value = values.get(id) ?? null;
    const of = looks.get(id) ?? null;
    const unit = of === null ? 'level' : of === 'reference' ? 'code' : ADC_CHANNELS[of].unit;
    const ok = value !== null && value >= min && value <= max;
    return { id, driven: titles.get(step)!, channel, unit, value, min, max: Number.isFinite(max) ? max : null, ok };
  });
  const paths: SelfTestDocument['paths'] = PATHS.map((path) => {
    const way = (name: Way) => {
      const id = pathId(path, name);
      const { min, max } = known.paths.get(id)!;
      const times = delays.get(id) ?? [];
      const heard = times.filter((time) => time !== null);
      const whole = heard.length === CYCLES;
      const [least, most] = [Math.min(...heard), Math.max(...heard)];
      checks.push({
        id,
        driven: path.from,
        channel: path.sense,
        unit: 'us',
        value: whole ? (least < min ? least : most) : null,
        min,
        max,
        ok: whole && least >= min && most <= max,
      });
      return whole ? { min_us: least, max_us: most } : null;
    };
    const [rise, fall] = WAYS.map(way);
    return { sense: path.sense, from: path.from, rise: rise!, fall: fall! };
  });
  checks.push(...watchdogChecks(bitten));
  const failed = new Set(checks.filter(({ ok }) => !ok).map(({ id }) => id));
  const steps = PROGRAM.map(({ id }) => id);
  // The step that ended it counts as failed, those after it say nothing.
  const looked = new Set(ended === null ? steps : steps.slice(0, steps.indexOf(ended.step) + 1));
  const seen = (id: string): boolean => looked.has(id.split('.')[0]!);
  const passed = failed.size === 0 && ended === null;
  return {
    schema: 'bms-rig/selftest/1',
    exit: passed ? 0 : 3,
    simulated,
    board,
    build,
    made: isoOf(made),
    passed,
    netlist: knownHash(),
    counts: { checks: checks.length, failed: failed.size },
    paths,
    ended,
    suspects: passed ? [] : suspectsOf(new Set([...failed].filter(seen)), known, seen).map(suspectText),
    checks,
  };
};
