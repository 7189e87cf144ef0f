/** The blue LED between LOAD and remote, which reach it on different ways: what it may show of either, and for how long (R11, R16, R17). */

import { accepts, rejects, START, type Story } from '../stories.ts';

/** The link opens, closes for a moment and opens again: a unit that saw it closed once more has LOAD high until 7.0 s. */
const again: Story = {
  deeds: [
    [4.6, 'unlink'],
    [5, 'link'],
    [5.001, 'unlink'],
  ],
  end_s: 12,
};
const OUT = `${START} load-@4.95 charger-@4.95 blue-@5.3 load+@6.4 load-@6.96`;

describe('the blue LED', () => {
  it('may show a LOAD that the remote of a moment ago has caused', () => accepts(again, `${OUT} blue+@6.5 blue-@6.9`));

  it('has not to show it', () => accepts(again, OUT));

  it('shows nothing once the remote has been off for its whole reaction, however short ago LOAD moved', () => {
    rejects(again, `${OUT} blue+@7.75 blue-@7.8`, 'ledBlue+ extra');
    rejects(again, `${OUT} blue+@6.5 blue-@7.8`, 'ledBlue- late');
  });

  it('may light up with LOAD itself, also where LOAD was off for hardly longer than a reaction', () => {
    for (const off_s of [2.000_2, 2.000_6, 2.001_05]) {
      const back = (5 + off_s).toFixed(6);
      const story: Story = {
        deeds: [
          [4, 'unlink'],
          [6, 'link'],
        ],
        end_s: 12,
      };
      accepts(story, `${START} load-@5 charger-@5 blue-@5 load+@${back} charger+@${back} blue+@${(5 + off_s - 0.000_1).toFixed(6)}`);
    }
  });

  it('may follow LOAD for as long as the remote was not due', () => {
    const off: Story = { deeds: [[5, 'unlink']], end_s: 12 };
    accepts(off, `${START} load-@5.1 charger-@5.1 blue-@6.99`);
    rejects(off, `${START} load-@6.9 charger-@5.1 blue-@8.8`, 'ledBlue- late');
  });
});
