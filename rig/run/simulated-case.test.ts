import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { hashOf } from '../../reports/shape/plain.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { type Bench, openFixtureBench } from '../bench/bench.ts';
import { RigError } from '../error.ts';
import { hostClock } from '../host-clock.ts';
import { Assembler } from '../sim/avr/assembler.ts';
import { REG } from '../sim/avr/test-chip.ts';
import { serveFixture } from '../sim/serve.ts';
import type { Simulation } from '../sim/simulation.ts';
import { runSimulatedCase, simulate } from './simulated-case.ts';

/** Starts up, has a charge alarm and recovers: edges of four outputs in about four seconds. */
const SHORT = `
scenario: A healthy unit starts, has a charge alarm, and recovers
covers: [POWER-UP, CHG-OV, CHG-RECOVERY]
given: { supply: 12.8 V, remote: link, poles: closed }
steps:
  - after: charger rises
    timeout: 3.2 s
    delay: 0.3 s
    poles: { 3: open }
  - after: charger falls
    timeout: 2.2 s
    delay: 0.3 s
    poles: { 3: closed }
  - after: charger rises
    timeout: 3 s
    delay: 0.3 s
    poles: closed
until: { wait: 0.3 s }
`;

const compiled = (text: string): Case => {
  const result = readAndCompile({ file: 'scenarios/short.yaml', bytes: Buffer.from(text) });
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
  return result.cases[0]!;
};

const openBench = (simulation: Simulation, seed: number, clock = simulation.clock): Promise<Bench> =>
  openFixtureBench({ binding: simulation.binding, path: simulation.path, clock, simulated: true, unitImage: 'stand-in', seed });

const traceOf = async (testCase: Case, seed: number, change = (clock: Clock) => clock): Promise<Trace> => {
  const simulation = simulate({ seed, occasion: testCase.id, pace: 'virtual' });
  const bench = await openBench(simulation, seed, change(simulation.clock));
  const trace = await bench.runCase(testCase);
  await bench.close();
  simulation.close();
  expect(trace.end, String(trace.reason)).to.equal('complete');
  return trace;
};

const told = ({ edges }: Trace): string[] => edges.map(({ signal, level }) => `${signal} ${level}`);

/** Of an edge after the supply came: both stamps, and the rate between them. */
const uncertainty_us = (trace: Trace, edge: Trace['edges'][number]): number =>
  edge.uncertainty_us + trace.stimuli.find(({ entry }) => entry === 'power')!.uncertainty_us + edge.at_us * trace.clock.bound_ppm * 1e-6;

const RESERVED = 0xde;

const toHex = (bytes: Uint8Array): string => {
  const records: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const data = bytes.subarray(at, at + 16);
    const record = [data.length, at >> 8, at & 0xff, 0, ...data];
    const checksum = -record.reduce((sum, byte) => sum + byte, 0) & 0xff;
    records.push(
      `:${Buffer.from([...record, checksum])
        .toString('hex')
        .toUpperCase()}`,
    );
  }
  return [...records, ':00000001FF', ''].join('\n');
};

/** A host that also waits for a disk, every 200 ms of the case. */
const runWithJournal = async (testCase: Case, change: (clock: Clock) => Clock): Promise<{ hash: string; waits: number }> => {
  let waits = 0;
  const trace = await traceOf(testCase, 11, (clock) => {
    const used = change(clock);
    const journal = async (): Promise<void> => {
      for (; waits < 20; waits += 1) {
        await clock.sleep(200);
        await used.external(Promise.resolve());
      }
    };
    void journal();
    return used;
  });
  return { hash: hashOf(trace), waits };
};

describe('simulated case', () => {
  const testCase = compiled(SHORT);

  it('gives the same trace for the same seed, whatever the outside world takes meanwhile, and another for another seed', async () => {
    const first = await traceOf(testCase, 11);
    expect(hashOf(await traceOf(testCase, 11))).to.equal(hashOf(first));
    expect(hashOf(await traceOf(testCase, 12))).not.to.equal(hashOf(first));
    // Each output has said something: the hashes are not those of empty traces.
    expect(new Set(first.edges.map(({ signal }) => signal))).to.include.keys('load', 'charger', 'ledBlue', 'ledRed');
  });

  it('stands still while the host waits for the outside: 50 ms of real delay in each such wait change nothing', async () => {
    const outside: number[] = [];
    const slow = (clock: Clock): Clock => ({
      now: () => clock.now(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      external: (work) => {
        const start_ms = performance.now();
        return clock.external(
          hostClock.sleep(50).then(async () => {
            outside.push(performance.now() - start_ms);
            return work;
          }),
        );
      },
    });
    const undisturbed = await runWithJournal(testCase, (clock) => clock);
    const delayed = await runWithJournal(testCase, slow);
    expect(delayed).to.deep.equal(undisturbed);
    expect(delayed.waits).to.equal(20);
    expect(outside.length).to.be.at.least(20);
  });

  it('is judged: the stand-in passes its reference, with identity and counters told', async () => {
    const { run, identity, counters } = await runSimulatedCase({ testCase, seed: 11, pace: 'virtual' });
    expect(run.result.verdict, JSON.stringify(run.result, null, 1)).to.equal('pass');
    expect(run.fault).to.equal(null);
    expect(identity).to.include({ simulated: true, unitImage: 'stand-in' });
    expect(counters.virtual_s).to.be.within(5, 20);
  });

  it('ends with the reason when the unit touches what the bench does not emulate', async () => {
    // Starts, and reads an address that the ATmega328P keeps reserved.
    const image = new Assembler('atmega328p').sbi(REG.DDRB, 0).lds(16, RESERVED).halt().image();
    const folder = mkdtempSync(path.join(tmpdir(), 'unit-'));
    try {
      const unit = path.join(folder, 'unit.hex');
      writeFileSync(unit, toHex(image.flash.subarray(0, image.usedBytes)));
      const caught: unknown = await runSimulatedCase({ testCase, seed: 11, pace: 'virtual', unit }).catch((cause: unknown) => cause);
      expect(caught).to.be.instanceOf(RigError);
      expect(caught).to.have.property('code', 'forbiddenRegister');
      expect(String(caught)).to.match(/The unit's image touches/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('keeps to its idle budget over a quiet stretch', async () => {
    const quiet = compiled(
      'scenario: quiet\ncovers: [POWER-UP]\ngiven: { supply: 12.8 V, remote: link, poles: closed }\nsteps: []\nuntil: { wait: 20 s }\n',
    );
    const simulation = simulate({ seed: 3, occasion: 'quiet', pace: 'virtual' });
    const bench = await openBench(simulation, 3);
    const running = bench.runCase(quiet);
    await simulation.clock.sleep(6_000);
    const before = simulation.counters();
    await simulation.clock.sleep(10_000);
    const after = simulation.counters();
    expect((await running).end).to.equal('complete');
    await bench.close();
    simulation.close();
    const perSecond = (count: (counters: typeof after) => number): number =>
      (count(after) - count(before)) / (after.virtual_s - before.virtual_s);
    // Budgets of BENCHMARKS.md; beyond them a case no longer runs hundreds of times faster than real time.
    expect(
      perSecond(({ fixture }) => fixture.executedCycles),
      'fixture, executed cycles a second',
    ).to.be.at.most(30_000);
    expect(
      perSecond(({ unit }) => unit.executedCycles),
      'unit, executed cycles a second',
    ).to.be.within(1, 60_000);
    expect(
      perSecond(({ unit }) => unit.wakes),
      'unit, wakes a second',
    ).to.be.at.most(100);
    expect(
      perSecond(({ handOvers }) => handOvers),
      'hand-overs a second',
    ).to.be.at.most(500);
  });

  it('runs the same behind a pseudo-terminal at real pace as in the process: same edges within their uncertainties', async function () {
    if (process.platform === 'win32') return this.skip(); // Windows has no pseudo-terminals
    const inProcess = await traceOf(testCase, 21);
    const simulation = simulate({ seed: 21, occasion: testCase.id, pace: 'real' });
    const served = await serveFixture(simulation);
    try {
      const bench = await openFixtureBench({ path: served.path, clock: hostClock, simulated: true, unitImage: 'stand-in', seed: 21 });
      const trace = await bench.runCase(testCase);
      await bench.close();
      expect(trace.end, String(trace.reason)).to.equal('complete');
      expect(told(trace)).to.deep.equal(told(inProcess));
      for (const [index, edge] of trace.edges.entries()) {
        const other = inProcess.edges[index]!;
        expect(Math.abs(edge.at_us - other.at_us), `${edge.signal} ${edge.level}`).to.be.at.most(
          uncertainty_us(trace, edge) + uncertainty_us(inProcess, other),
        );
      }
    } finally {
      served.close();
    }
  });
});
