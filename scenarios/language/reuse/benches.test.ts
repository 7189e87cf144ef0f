/** Parameters that differ from bench to bench. */

import { expect } from 'chai';
import { HEAD, issuesOf, one } from '../testing/scenarios.ts';

describe('benches', () => {
  const BODY = 'parameters: { volts: 60 V }\nbenches:\n  port: { volts: 24 V }\ngiven: { supply: $volts }\n';
  it('give a parameter another value on one kind of bench', () => {
    expect(one(BODY).parameters).to.deep.equal({ volts: '60 V' });
    expect(one(BODY, { bench: 'port' }).parameters).to.deep.equal({ volts: '24 V' });
    expect(one(BODY, { bench: 'port' }).timeline.entries[1]?.do).to.deep.equal({
      kind: 'set',
      changes: [{ signal: 'supply', value: { mV: 24_000 } }],
    });
  });
  it('refuse a bench or parameter that there is not, and one that is swept', () => {
    expect(issuesOf(`${HEAD}${BODY.replace('port:', 'prot:')}`)).to.deep.equal(['5:3 unknown-key']);
    expect(issuesOf(`${HEAD}${BODY.replace('port: { volts', 'port: { vlots')}`)).to.deep.equal(['5:11 unknown-parameter']);
    expect(issuesOf(`${HEAD}sweep: { volts: [9 V] }\n${BODY}`)).to.deep.equal(['6:11 no-effect']);
  });
});
