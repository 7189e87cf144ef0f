/** What the fixture itself does to an output is not the unit's: a good unit under a charger short and under sinks, on the simulated bench. */

import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { DriveChange, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import { runSimulatedCase } from './simulated-case.ts';

describe('an output held by the fixture', () => {
  const compiled = readAndCompile({
    file: 'held.yaml',
    bytes: Buffer.from('scenario: A healthy unit\ncovers: [LOAD-HEALTHY]\nuntil: { wait: 6 s }\n'),
  });
  const run = async (change: DriveChange, for_us: number, defect?: string) => {
    const asked = compiled.ok ? compiled.cases[0] : undefined;
    if (asked === undefined) throw new Error(JSON.stringify(compiled));
    const at_us = scenarioTime(4_200_000);
    const held: TimelineEntry = {
      id: 'held',
      when: { kind: 'at', at_us },
      do: { kind: 'pulse', changes: [change], for_us },
      bounds_us: [at_us, at_us],
      place: asked.place,
    };
    const entries = [...asked.timeline.entries, held].toSorted((a, b) => a.bounds_us[0] - b.bounds_us[0]);
    const testCase: Case = { ...asked, timeline: { ...asked.timeline, entries } };
    return (await runSimulatedCase({ testCase, seed: 3, pace: 'virtual', defect })).run;
  };

  it('passes a good unit whose CHARGER is shorted for 60 ms', async () => {
    const { result, trace } = await run({ signal: 'chargerShort', value: 'on' }, 60_000);
    const near = (trace?.edges ?? []).filter(({ signal, at_us }) => signal === 'charger' && at_us > 4.1e6 && at_us < 4.4e6);
    expect(near.map(({ level }) => level)).to.deep.equal(['notHigh', 'high']);
    expect(result.verdict, result.reason).to.equal('pass');
  });

  it('passes a good unit whose LOAD carries 1 A', async () => {
    const { result } = await run({ signal: 'loadSink', value: '1A' }, 16_000);
    expect(result.verdict, result.reason).to.equal('pass');
  });
});
