import { expect } from 'chai';
import { bySignal } from './by-signal.ts';

describe('what of a list is of one signal', () => {
  it('comes in its order, of each list its own, and is sorted once', () => {
    const of = bySignal<{ readonly signal: string; readonly at: number }>();
    const list = [3, 1, 2, 4].map((at) => ({ signal: at % 2 === 0 ? 'load' : 'charger', at }));
    const at = (signal: string, all = list): readonly number[] => of(all, signal).map((one) => one.at);
    expect([at('load'), at('charger'), at('preAlarm')]).to.deep.equal([[2, 4], [3, 1], []]);
    expect(at('load', list.slice(0, 3))).to.deep.equal([2]);
    expect(of(list, 'load')).to.equal(of(list, 'load'));
  });
});
