// A port that never ends a line: the program stays small, says what it got, and ends.
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { errorDocument } from '../../reports/shape/documents.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { hostTime } from '../../scenarios/contracts/clocks.ts';
import { hostClock } from '../host-clock.ts';
import { openPty } from '../sim/pty.ts';
import { QUIET_SCENARIO, runCommand, scratchFolder } from './testing/command.ts';
import { MAIN, start } from './testing/process.ts';

const FLOOD_bytes = 15e6;
const CHUNK = Buffer.alloc(4_096, 0x78);
const WORDS = 'answers, but not as a bms-rig fixture: got "xxxxxxxx';

/** A device that begins when it is opened and says x until it has said 15 MB of it. */
class Flood {
  taken = 0;
  readonly path: string;
  readonly close: () => void;

  private constructor(path: string, close: () => void) {
    this.path = path;
    this.close = close;
  }

  static async open(): Promise<Flood> {
    const pty = await openPty();
    let timer: NodeJS.Timeout | null = null;
    const flood = new Flood(pty.path, () => {
      if (timer !== null) clearInterval(timer);
      pty.close();
    });
    pty.onOpen = () => {
      flood.taken = 0;
      timer ??= setInterval(() => {
        let took = CHUNK.length;
        while (took === CHUNK.length && flood.taken < FLOOD_bytes) flood.taken += took = pty.write(CHUNK);
      }, 1);
    };
    return flood;
  }
}

/** Patience that lasts until all of it has come, however slow the machine is: the first 4 s go by with the bytes, the rest in a moment. */
const clockOf = (flood: Flood): Clock => {
  let whole_ms: number | null = null;
  const now = (): number => {
    if (flood.taken < FLOOD_bytes) return (4_000 * flood.taken) / FLOOD_bytes;
    whole_ms ??= hostClock.now();
    return 4_000 + 20 * (hostClock.now() - whole_ms);
  };
  return {
    now: () => hostTime(now()),
    sleep: async (ms, signal) => {
      for (const until_ms = now() + ms; now() < until_ms;) await hostClock.sleep(5, signal);
    },
    external: (work) => work,
  };
};

/** The most memory that a process ever had; 0 where it has gone. */
const peak_kB = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

describe('a port that sends 15 MB without a newline', function () {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  after(() => scratch.remove());
  if (process.platform !== 'linux') return;

  it('is told from a fixture, and none of it is kept', async () => {
    const flood = await Flood.open();
    const before = process.memoryUsage().rss;
    let most = before;
    const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    try {
      const argv = ['run', quiet, '--bench', flood.path, '--out', scratch.path, '--json'];
      const { exit, out } = await runCommand(argv, { clock: clockOf(flood) });
      const { error } = errorDocument.parse(JSON.parse(out));
      expect([exit, error.code]).to.deep.equal([3, 'portForeign']);
      expect(error.message).to.contain(WORDS);
      expect(flood.taken).to.be.at.least(FLOOD_bytes);
      expect((most - before) / 1e6, 'MB more').to.be.below(80);
    } finally {
      clearInterval(looking);
      flood.close();
    }
  });

  it('ends a process with exit 3, and the process stays small', async () => {
    const flood = await Flood.open();
    const { child, ended } = start(process.execPath, [MAIN, 'run', quiet, '--bench', flood.path, '--out', scratch.path]);
    let peak = 0;
    const looking = setInterval(() => (peak = Math.max(peak, peak_kB(child.pid!))), 50);
    try {
      const { exit, err } = await ended;
      expect(exit).to.equal(3);
      expect(err).to.contain(WORDS);
      expect(flood.taken, 'bytes that came in its 5 s').to.be.above(1e6);
      expect(peak / 1e3, 'MB').to.be.within(1, 300);
    } finally {
      clearInterval(looking);
      flood.close();
    }
  });
});
