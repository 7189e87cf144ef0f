import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { suiteCases } from '../../rig/run/suites.ts';
import { endOfLine } from './end-of-line.ts';
import { timeCase } from './speed.ts';

const edge = (signal: Edge['signal'], level: Edge['level'], at_s: number): Edge =>
  ({ seq: 0, signal, level, at_us: scenarioTime(at_s * 1e6), uncertainty_us: 1, via: 'capture', ticks: 0 }) as unknown as Edge;
const trace = (...edges: readonly Edge[]): Trace => ({ edges, ended_us: scenarioTime(34e6) }) as unknown as Trace;

describe('the end-of-line figure', () => {
  it('takes start-up and wait from the unit, and leaves the rest', () => {
    const found = endOfLine(
      trace(
        edge('load', 'high', 0.5),
        edge('preAlarm', 'high', 0.6),
        edge('load', 'notHigh', 3),
        edge('load', 'high', 4),
        edge('load', 'notHigh', 32),
      ),
    );
    expect(found.startUp_s).to.equal(0.5);
    expect(found.wait_s).to.be.closeTo(31.4, 1e-9);
    expect(found.beyond_s).to.be.closeTo(34 - 0.5 - 31.4, 1e-9);
  });
  it('is at most 2 s for a good unit, and one that does not trip ends 37 s after the supply', async () => {
    const [testCase] = suiteCases('eol');
    expect(endOfLine((await timeCase(testCase!, 3)).trace).beyond_s).to.be.at.most(2);
    expect((await timeCase(testCase!, 3, 'wait-40s')).trace.ended_us).to.be.within(35e6, 37e6);
  }).timeout(20_000);
  it('is none of a unit that does not trip', () => {
    expect(() => endOfLine(trace(edge('load', 'high', 0.5), edge('preAlarm', 'high', 0.6)))).to.throw('no edge of load');
  });
});
