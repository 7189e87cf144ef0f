import { expect } from 'chai';
import type { ContactReading } from '../../scenarios/contracts/trace.ts';
import { worstContacts } from './worst-contacts.ts';

const reading = (terminal: ContactReading['terminal'], value_mOhm: number): ContactReading => ({
  terminal,
  value_mOhm,
  uncertainty_mOhm: 400,
});

describe('the worst contacts of a run', () => {
  it('are the highest of each terminal, open above all', () => {
    const runs = [
      { contacts: [reading('load', 100), reading('male1', 300)] },
      { contacts: [] },
      { contacts: [reading('male1', Infinity), reading('load', 200)] },
      { contacts: [reading('load', 150), reading('male1', 50)] },
    ];
    expect(worstContacts(runs)).to.deep.equal([reading('load', 200), reading('male1', Infinity)]);
    expect(worstContacts([])).to.deep.equal([]);
  });
});
