import { expect } from 'chai';
import { afterEdge, POWERED, set } from './testing/cases.ts';
import { windowBehind } from './window-behind.ts';

describe('a window that the host adds', () => {
  it('hangs on its entry, and may come as early and as late as that, so much behind it', () => {
    const step = afterEdge('step', POWERED[0]!, ['load', 'high'], 10_000, 3_000_000, set({ pole1: 'open' }));
    const { id, when, do: action, bounds_us, place } = windowBehind(step, 4_000, 'confirm-step', 'loadDrop');
    expect({ id, when, action, place }).to.deep.equal({
      id: 'confirm-step',
      when: { kind: 'afterEntry', entry: 'step', delay_us: 4_000 },
      action: { kind: 'sample', analog: 'loadDrop', count: 4 },
      place: step.place,
    });
    expect(bounds_us).to.deep.equal([step.bounds_us[0] + 4_000, step.bounds_us[1] + 4_000]);
  });
});
