// The runner of real ports, on a simulated fixture's binding in virtual time.
import { expect } from 'chai';
import { RigError } from '../error.ts';
import { hashOf } from '../../reports/shape/plain.ts';
import { runOnPort } from './port-run.ts';
import { runSimulated } from './run.ts';
import { simulate } from './simulated-case.ts';
import { STARTS } from './testing/starting-unit.ts';

const options = (count: number, signal = new AbortController().signal) => {
  const spoilt: string[] = [];
  const onDone = (_index: number, { verdict }: { verdict: string }, before: readonly { blame: string | null }[] = []): void =>
    void spoilt.push(`${verdict} after ${before.map(({ blame }) => blame).join()}`);
  return { cases: STARTS.slice(0, count), bail: false, signal, listener: { onDone }, spoilt };
};

describe('a case that the bench spoilt', () => {
  it('passes when it is tried again, on the port opened anew, and the spoilt attempt stays to be seen', async () => {
    const simulation = simulate({ seed: 5, occasion: 'port', pace: 'virtual', faults: ['fixture-reset'] });
    const { binding, path, clock } = simulation;
    const asked = options(2);
    const outcome = await runOnPort({ ...asked, retries: 1, binding, path, clock });
    simulation.close();
    const [first = [], second = []] = outcome.attempts.map((runs) => runs.map(({ result }) => `${result.verdict} ${result.blame}`));
    expect(first[0]).to.equal('broken rig');
    // Without a calibration nothing passes on a port; what counts here is that the bench is whole again.
    expect(first[1]).to.match(/^inconclusive/);
    expect(second).to.have.length(1);
    expect(outcome.runs.map(({ result }) => result.verdict)).to.deep.equal(['inconclusive', 'inconclusive']);
    expect(asked.spoilt[0]).to.equal('inconclusive after rig');
    expect(outcome.benchFaults.map(({ code }) => code)).not.to.include('fixtureReset');
  });

  it('ends the run where no attempt is left, as without --retry-broken', async () => {
    const simulation = simulate({ seed: 5, occasion: 'port', pace: 'virtual', faults: ['unplugged'] });
    const { binding, path, clock } = simulation;
    const outcome = await runOnPort({ ...options(2), retries: 1, binding, path, clock });
    simulation.close();
    expect(outcome.attempts.map((runs) => runs.map(({ result }) => result.verdict))).to.deep.equal([['broken', 'broken'], ['notRun']]);
    expect(outcome.benchFaults.map(({ code }) => code)).to.include('portMissing');
  });

  it('on the simulated bench is tried on another occasion of the same bench, the same ones for the same seed', async () => {
    const asked = { ...options(1), retries: 2, seed: 5, pace: 'virtual', faults: ['fixture-reset'] } as const;
    const [first, again] = [await runSimulated(asked), await runSimulated(asked)];
    const attempts = first.attempts[0]!;
    expect(attempts.map(({ result }) => result.verdict)).to.deep.equal(['broken', 'broken', 'broken']);
    const traces = attempts.map(({ trace }) => hashOf(trace));
    expect(new Set(traces).size).to.equal(3);
    expect(again.attempts[0]!.map(({ trace }) => hashOf(trace))).to.deep.equal(traces);
    expect(new Set(attempts.map(({ trace }) => trace?.bench.board)).size).to.equal(1);
  });
});

describe('a run whose time is up', () => {
  it('is broken as a whole, with safe pins, what was under way broken off and the rest not run', async () => {
    const simulation = simulate({ seed: 5, occasion: 'port', pace: 'virtual' });
    const { binding, path, clock, boards } = simulation;
    const over = new AbortController();
    const asked = options(3, over.signal);
    const reason = new RigError('runTimeout', 'The run was not finished within 6 s.');
    void clock.sleep(6_000).then(() => over.abort(reason));
    const outcome = await runOnPort({ ...asked, retries: 5, binding, path, clock });
    simulation.close();
    expect(outcome.attempts.map((runs) => runs.map(({ result }) => result.verdict))).to.deep.equal([['broken'], ['notRun'], ['notRun']]);
    expect(outcome.runs[1]!.result.reason).to.equal('Not run: The run was not finished within 6 s.');
    expect(outcome.benchFaults[0]).to.deep.equal({ code: 'runTimeout', blame: 'rig', text: 'The run was not finished within 6 s.' });
    // Pole 1's switch and the supply's converter, as the fixture drives them.
    expect(boards.fixture.chip.pinState('PA0')).to.equal('low');
  });
});

describe('a case with something attached', () => {
  it('is broken on a port, where nobody has attached it, and the cases after it are run', async () => {
    const simulation = simulate({ seed: 5, occasion: 'port', pace: 'virtual' });
    const { binding, path, clock } = simulation;
    const asked = options(2);
    const [first, ...others] = asked.cases;
    const cases = [{ ...first!, attached: { load: { kind: 'resistor', resistance_mOhm: 24_000 } } } as const, ...others];
    const outcome = await runOnPort({ ...asked, cases, binding, path, clock });
    simulation.close();
    expect(outcome.runs.map(({ result }) => result.verdict)).to.deep.equal(['broken', 'inconclusive']);
    expect(outcome.runs[0]!.result).to.include({ blame: 'operator' });
    expect(outcome.runs[0]!.result.reason).to.contain('attaches to load is not there');
  });
});
