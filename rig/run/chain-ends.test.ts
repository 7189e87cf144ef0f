/** A chain that is taken apart by hand, end to end on the simulated bench: a good unit passes at both ends, one that is deaf at either fails, and no answer passes for a deed that was not done. */

import { expect } from 'chai';
import { PARAMETERS } from '../../firmware-ref/parameters.ts';
import { POLE_SWITCH_MAX_us } from '../../scenarios/signals.ts';
import type { AskOperator, Hands, Question } from '../bench/operator.ts';
import { openFixtureBench } from '../bench/bench.ts';
import { findDefect } from '../sim/defects/catalogue.ts';
import { provenBy } from '../campaign/prove-case.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';
import type { Simulation } from '../sim/simulation.ts';
import { wallTime } from '../calendar.ts';
import { runCase } from './case-run.ts';
import { runSimulatedCase, simulate } from './simulated-case.ts';
import { suiteCases } from './suites.ts';

const SEED = 8;
const testCase = suiteCases('full').find(({ id }) => id === 'full/either-end')!;
const PULLS = ['step-1', 'step-5'] as const;

const run = async (options: { readonly defect?: string; readonly seed?: number } = {}, ask?: AskOperator) =>
  (await runSimulatedCase({ testCase, seed: SEED, pace: 'virtual', ...options }, undefined, ask)).run;

/** The bench as a program finds it behind a port: with nobody's hands on it but those that are given. */
const runByPort = async (ask: AskOperator, handsOf: (simulation: Simulation) => Hands | undefined = () => undefined) => {
  const simulation = simulate({ seed: SEED, occasion: testCase.id, pace: 'virtual', unpluggable: true });
  const calibration = { data: await factoryCalibration(SEED), now: () => wallTime(0) };
  const { binding, path, clock } = simulation;
  const bench = await openFixtureBench({ binding, path, clock, simulated: false, unitImage: null, seed: SEED, calibration });
  try {
    return await runCase(bench, testCase, { ask, hands: handsOf(simulation) });
  } finally {
    await bench.close();
    simulation.close();
  }
};
const saying =
  (from: 'terminal' | 'file'): AskOperator =>
  () =>
    Promise.resolve({ choice: 'done', by: 'Ann', from });

/** Quick hands that then say nothing. */
const pulled =
  ({ clock, plug }: Simulation): Hands =>
  async ({ end, to }) => {
    await clock.sleep(500);
    plug(end, to);
    await clock.sleep(3_000);
  };

describe('a chain taken apart by hand', () => {
  it('takes a good unit out of service at either end, some time between question and answer', async () => {
    for (const seed of [SEED, SEED + 1, SEED + 2]) {
      const { result, trace, prediction } = await run({ seed });
      expect(result.verdict, result.reason).to.equal('pass');
      expect(trace!.operator.map(({ choice, from }) => `${choice} ${from}`)).to.deep.equal(
        Array.from({ length: 4 }, () => 'done simulation'),
      );
      const at = (id: string): number => trace!.stimuli.find(({ entry }) => entry === id)!.done_us!;
      const falls = trace!.edges.filter(({ signal, level }) => signal === 'load' && level === 'notHigh');
      expect(falls).to.have.length(2);
      for (const [index, pull] of PULLS.entries()) {
        expect(falls[index]!.at_us).to.be.above(at(`${pull}.asked`) + 0.3e6);
        expect(falls[index]!.at_us).to.be.below(at(pull) + 2e6);
        const window_us = prediction.edges.find(({ observed }) => observed === falls[index]!.seq)!.window_us;
        expect(window_us[0]).to.equal(at(`${pull}.asked`));
        expect(window_us[1]).to.equal(at(pull) + POLE_SWITCH_MAX_us + PARAMETERS.reaction_us.value);
      }
    }
  });

  for (const [defect, pull] of [
    ['male-end-bridges-itself', 'step-1'],
    ['female-end-bridges-itself', 'step-5'],
    ['female-end-shorts-pole1', 'step-5'],
  ] as const)
    it(`fails a unit with ${defect} at that end and not at the other`, async () => {
      const { result } = await run({ defect });
      expect(result).to.include({ verdict: 'fail', blame: 'unit' });
      expect([...provenBy(findDefect(defect).found!, result)]).to.include('CHAIN-EITHER-END');
      const missing = result.differences.filter(({ kind, signal }) => kind === 'missing' && signal === 'load');
      expect(missing).to.have.length(1);
      expect(missing[0]!.text).to.contain(`the question of ${pull}`);
    });

  it('is signed by a file where there is one, and nobody at the terminal is asked for what is done', async () => {
    const asked: Question[] = [];
    const { result, trace } = await run({}, (question) => {
      asked.push(question);
      return Promise.resolve({ choice: 'done', by: 'Night shift', from: 'file' });
    });
    expect(result.verdict, result.reason).to.equal('pass');
    expect(asked.map(({ deed }) => deed)).to.deep.equal(['done', 'done', 'done', 'done']);
    expect(trace!.operator.map(({ by }) => by)).to.deep.equal(Array.from({ length: 4 }, () => 'Night shift'));
  });

  it('is not believed of anybody who has no hands on the bench: no unit fails by that', async () => {
    for (const from of ['file', 'terminal'] as const) {
      const { result, trace } = await runByPort(saying(from));
      expect(result).to.include({ verdict: 'inconclusive', blame: 'operator' });
      expect(result.differences).to.deep.equal([]);
      expect(trace!.operator).to.have.length(1);
    }
  });

  it('may have been taken apart where no answer came, and the unit may have seen it', async () => {
    const { result, trace } = await runByPort(() => Promise.resolve({ choice: 'perhaps', by: null, from: 'file' }), pulled);
    expect(trace!.edges.some(({ signal, level, at_us }) => signal === 'load' && level === 'notHigh' && at_us > 5.5e6)).to.equal(true);
    expect(result).to.include({ verdict: 'inconclusive', blame: 'operator' });
    expect(result.differences).to.deep.equal([]);
  });

  it('excuses no drop-out of the unit', async () => {
    const { result } = await run({ defect: 'load-dropout-20ms' });
    expect(result).to.include({ verdict: 'fail', blame: 'unit' });
    expect(result.differences[0]).to.include({ signal: 'load', kind: 'dropOut' });
  });
});
