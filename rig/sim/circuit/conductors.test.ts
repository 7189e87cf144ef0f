import { expect } from 'chai';
import { DiodeElement } from './conductors.ts';
import { GROUND } from './element.ts';

const settled = (diode: DiodeElement, volts: number): boolean => diode.settle(Float64Array.of(volts));

describe('a clamp of 0.1 Ohm at -1 V', () => {
  it('closes below it, and opens again as soon as its current turns round, be that a nanoampere of leakage', () => {
    const diode = new DiodeElement(GROUND, 0, 1, 0.1);
    expect([settled(diode, -0.9), diode.state]).to.deep.equal([false, 0]);
    expect([settled(diode, -1.5), diode.state]).to.deep.equal([true, 1]);
    expect([settled(diode, -1 - 1e-10), diode.state], '1 nA through it').to.deep.equal([false, 1]);
    expect([settled(diode, -1 + 1e-10), diode.state], '1 nA the other way').to.deep.equal([true, 0]);
  });
});
