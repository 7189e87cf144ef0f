import { expect } from 'chai';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../run/images.ts';
import { BENCH_NETLIST } from '../sim/circuit/stand-in-board.ts';
import { openSimulation } from '../sim/simulation.ts';
import { openFixtureBench } from './bench.ts';
import { afterEdge, at, caseOf, POWERED, set, timeline } from './testing/cases.ts';

/** Poles 1 and 4 as the stand-in unit's pin contract has them: 4 open = pre-alarm. */
const low = at('low', 4_000_000, set({ pole4: 'open' }));
const testCase = caseOf(
  timeline(7_000_000, [
    ...POWERED,
    at('volts', 3_500_000, { kind: 'sample', analog: 'supplyVoltage', count: 16 }),
    at('amps', 3_600_000, { kind: 'sample', analog: 'supplyCurrent', count: 16 }),
    at('look', 3_700_000, { kind: 'probe', output: 'preAlarm' }),
    low,
    afterEdge('mend', low, ['preAlarm', 'high'], 500_000, 3_000_000, set({ pole4: 'closed' })),
  ]),
);

const runOnEmulatedBoards = async (seed: number): Promise<{ trace: Trace; rate_ppm: number }> => {
  const simulation = openSimulation({
    seed,
    occasion: 'emulated',
    fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image,
    unitImage: loadImage(UNIT_IMAGE, 'unit').image,
    netlist: BENCH_NETLIST,
    pace: 'virtual',
  });
  const bench = await openFixtureBench({
    binding: simulation.binding,
    path: simulation.path,
    clock: simulation.clock,
    simulated: true,
    unitImage: 'stand-in',
    seed,
  });
  const trace = await bench.runCase(testCase);
  await bench.close();
  simulation.close();
  return { trace, rate_ppm: simulation.boards.fixture.oscillator.error_ppm };
};

describe("bench on the fixture's own firmware", () => {
  it('runs a case on the emulated boards: levels, edges, trigger, samples and probes', async () => {
    const { trace, rate_ppm } = await runOnEmulatedBoards(1);
    expect(trace.end, String(trace.reason)).to.equal('complete');
    expect(trace.stimuli.map(({ entry, outcome }) => `${entry} ${outcome}`)).to.deep.equal(
      ['given', 'power', 'volts', 'amps', 'look', 'low', 'mend'].map((entry) => `${entry} done`),
    );
    expect(trace.link).to.include({ lost: 0, overflow: 0 });
    expect(trace.clock.rate_ppm).to.be.closeTo(rate_ppm, trace.clock.bound_ppm);

    const preAlarm = trace.edges.filter(({ signal }) => signal === 'preAlarm');
    expect(preAlarm.map(({ level }) => level)).to.deep.equal(['high', 'notHigh']);
    const mend = trace.stimuli.at(-1)!;
    expect(mend.done_us! - preAlarm[0]!.at_us).to.be.closeTo(500_000, 300);

    const [volts, amps] = trace.samples;
    expect(volts!.value).to.be.closeTo(26_000, volts!.uncertainty + 26_000 * 0.004);
    // 1.2 mA and 1.0 mA for the driven LOAD, the burdens taken out; the unit's parts have a spread of their own.
    expect(amps!.value).to.be.closeTo(2_200, 150);
    expect(trace.probes.map(({ entry, result }) => [entry, result])).to.deep.equal([
      ['look', 'floating'],
      [null, 'floating'],
    ]);
  });

  it('gives the same trace for the same seed, and another for another', async () => {
    const [one, again, other] = [await runOnEmulatedBoards(2), await runOnEmulatedBoards(2), await runOnEmulatedBoards(3)];
    expect(again.trace).to.deep.equal(one.trace);
    expect(other.trace).to.not.deep.equal(one.trace);
  });
});
