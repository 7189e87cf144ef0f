/** What hangs on the outputs, in the case and against the ratings. */

import { expect } from 'chai';
import { drawsCurrent } from '../contracts/case.ts';
import { one } from '../language/testing/scenarios.ts';
import { attachedCurrent_uA } from './attached.ts';

const attached = (words: string, steps = '') => one(`given: { attached: ${words} }\n${steps}`).attached;

describe('attached', () => {
  it('comes into the case in base units, and nothing leaves nothing', () => {
    expect(attached('{ load: { coil: 48 Ohm }, preAlarm: { resistor: 24.5 Ω }, charger: remote input }')).to.deep.equal({
      load: { kind: 'coil', resistance_mOhm: 48_000, inductance_uH: 300_000 },
      preAlarm: { kind: 'resistor', resistance_mOhm: 24_500 },
      charger: { kind: 'remoteInput' },
    });
    expect(attached('{ load: nothing }')).to.deep.equal({});
    expect(one('').attached).to.deep.equal({});
  });

  it('may carry the rating exactly, at the highest supply there is', () => {
    expect(attachedCurrent_uA({ kind: 'resistor', resistance_mOhm: 12_800 }, 12_800)).to.equal(1_000_000);
    expect(attached('{ load: { resistor: 12.8 Ohm } }')).to.have.property('load');
    expect(() => attached('{ load: { resistor: 12.799 Ohm } }')).to.throw('load is rated 1000 mA');
    expect(attached('{ charger: { resistor: 7 kOhm } }', 'steps:\n  - { at: 5 s, supply: 70 V }\n')).to.have.property('charger');
    expect(() => attached('{ charger: { resistor: 6.99 kOhm } }', 'steps:\n  - { at: 5 s, supply: 70 V }\n')).to.throw('rated 10 mA');
  });

  it('draws current unless it is a remote input', () => {
    expect([attached('{ load: remote input }'), attached('{ load: { resistor: 1 kOhm } }')].map(drawsCurrent)).to.deep.equal([false, true]);
  });
});
