/** Faults of LOAD that show on PRE-ALARM and the blue LED as well: LOAD's difference stays the first. */

import { expect } from 'chai';
import { rejects, run, START, type Story } from './stories.ts';

const low: Story = { deeds: [[5, 'oco']], end_s: 60 };
const warned: Story = { deeds: [[5, 'cco']], end_s: 60 };

describe('one fault, one first difference', () => {
  it('names LOAD where it stays high and the LED shows the trip', () =>
    rejects(low, `${START} pre+@5.1 pre-@36 blue-@36`, 'load- missing'));
  it('names LOAD where the low cell came late, so that PRE-ALARM may go late as well', () =>
    rejects(
      {
        deeds: [
          [5, 'cco'],
          [43, 'oco'],
        ],
        end_s: 60,
      },
      `${START} pre+@5.1 pre-@43.1 blue-@43.1`,
      'load- missing',
    ));
  it('names LOAD where a warning alone lets both fall, PRE-ALARM first', () =>
    rejects(warned, `${START} pre+@5.1 pre-@36 load-@36.00002 blue-@36.0001`, 'load- extra'));
  it('names LOAD where it drops and the LED does not', () => rejects(warned, `${START} pre+@5.1 load-@36`, 'load- extra'));
  it('names LOAD where both rise in a broken chain', () =>
    rejects(
      {
        deeds: [
          [5, 'ooo'],
          [10, 'occ'],
        ],
        end_s: 20,
      },
      `load+@0.4 charger+@0.41 blue+@0.42 load-@5.1 charger-@5.1 blue-@5.1 red+@5.1 pre+@8 load+@8.00002 blue+@8.1 charger+@10.1 red-@10.1`,
      'load+ extra',
    ));
  it('gives a trip that comes too early a usable window, however soon PRE-ALARM goes with it', () => {
    const again: Story = {
      deeds: [
        [5, 'oco'],
        [20, 'ccc'],
        [25, 'oco'],
        [26, 'ccc'],
      ],
      end_s: 40,
    };
    const { prediction, differences } = run(
      again,
      `${START} pre+@5.1 pre-@20.1 pre+@25.1 pre-@25.16 load-@25.16002 blue-@25.2 load+@26.1 blue+@26.1`,
    );
    expect(differences).to.deep.equal(['load- early']);
    for (const { window_us } of prediction.edges) expect(window_us[0]).to.be.at.most(window_us[1]);
  });
});
