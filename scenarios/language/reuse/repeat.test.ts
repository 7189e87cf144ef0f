/** Steps and blocks that are repeated: when each happens and what it is called. */

import { expect } from 'chai';
import { HEAD, asked, issuesOf, one } from '../testing/scenarios.ts';

const every = (text: string): readonly string[] => issuesOf(`${HEAD}steps:\n  - ${text}\n`);

describe('every', () => {
  it('repeats a step, counted from start to start', () => {
    const repeated = one(
      'steps:\n  - { at: 5 s, every: 10 s, times: 3, name: dip, supply: { dip to: 9 V, for: 20 ms } }\n  - { wait: 1 s, remote: off }\n',
    );
    expect(asked(repeated).map(({ id, at_us }) => [id, at_us])).to.deep.equal([
      ['step-1-1', 5_000_000],
      ['step-1-2', 15_000_000],
      ['step-1-3', 25_000_000],
      ['step-2', 26_020_000],
    ]);
  });

  it('repeats a block, inside another and after an edge', () => {
    const blocks = one(`steps:
  - after: load rises
    every: 20 s
    times: 2
    steps:
      - { poles: { 4: open } }
      - { wait: 1 s, every: 2 s, times: 2, name: walk, poles: { 3: open } }
      - { wait: 1 s, poles: closed }
`);
    expect(
      blocks.timeline.entries
        .slice(2)
        .map(({ id, when }) => [id, when.kind === 'afterEntry' ? `${when.entry} + ${when.delay_us}` : when.kind]),
    ).to.deep.equal([
      ['step-1-1', 'afterEdge'],
      ['step-1-2', 'step-1-1 + 1000000'],
      ['step-1-3', 'step-1-2 + 2000000'],
      ['step-1-4', 'step-1-3 + 1000000'],
      ['step-1-5', 'step-1-4 + 16000000'],
      ['step-1-6', 'step-1-5 + 1000000'],
      ['step-1-7', 'step-1-6 + 2000000'],
      ['step-1-8', 'step-1-7 + 1000000'],
    ]);
  });

  it('names the second of a name with its number, so that moments can speak of it', () => {
    const named = one(
      'steps:\n  - { at: 5 s, every: 10 s, times: 2, name: dip, supply: { dip to: 9 V, for: 20 ms } }\nexpect:\n  - { at: dip-2 + 1 s, load: high }\n  - { at: step 1 + 1 s, load: high }\n',
    );
    expect(named.expectations.map((line) => line.kind === 'level' && line.at)).to.deep.equal([
      { kind: 'entry', entry: 'step-1-2', delay_us: 1_000_000 },
      { kind: 'entry', entry: 'step-1-1', delay_us: 1_000_000 },
    ]);
  });

  it('refuses what cannot be repeated', () => {
    expect(every('{ at: 5 s, every: 10 s, poles: open }')).to.deep.equal(['4:16 missing-key']);
    expect(every('{ at: 5 s, times: 3, poles: open }')).to.deep.equal(['4:16 stray-key']);
    expect(every('{ at: 5 s, every: 10, times: 3, poles: open }')).to.deep.equal(['4:23 bare-number']);
    expect(every('{ at: 5 s, every: 10 s, times: 2.5, poles: open }')).to.deep.equal(['4:36 not-a-count']);
    expect(every('{ at: 5 s, every: 10 s, times: 100000, poles: open }')[0]).to.equal('4:5 too-many-steps');
    expect(every('{ at: 5 s, every: 2 s, times: 2, steps: [{ poles: open }, { wait: 3 s, poles: closed }] }')).to.deep.equal([
      '4:23 too-often',
    ]);
    expect(every('{ at: 5 s, every: 9 s, times: 2, steps: [{ at: 5 s, poles: open }] }')).to.deep.equal(['4:48 two-times']);
    expect(every('{ at: 5 s, every: 9 s, times: 2, poles: open, steps: [{ cells: 3 V }] }')).to.deep.equal(['4:38 unknown-key']);
    expect(every('{ at: 5 s, every: 9 s, times: 2, steps: [] }')).to.deep.equal(['4:45 wrong-kind']);
  });
});
