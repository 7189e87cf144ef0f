import { expect } from 'chai';
import { Conductances } from './element.ts';
import { eliminationOf, Factors, placesOf } from './elimination.ts';

/** A chain of dividers from a stiff source: node 0 is the source, each other node hangs on the one before it and on minus. */
const chain = (size: number): Conductances => {
  const matrix = new Conductances(size);
  matrix.add(0, 0, 1000);
  for (let node = 1; node < size; node += 1) {
    matrix.between(node - 1, node, 1 / (node * 100));
    matrix.add(node, node, 1e-5 * node);
  }
  return matrix;
};

/** Currents into the nodes that go with voltages: what the solution has to be undone by. */
const currentsOf = ({ rows, size }: Conductances, volts: Float64Array): Float64Array =>
  Float64Array.from({ length: size }, (_, node) => volts.reduce((sum, value, other) => sum + rows[node * size + other]! * value, 0));

const factored = ({ rows, size }: Conductances, plan = eliminationOf(placesOf(rows), size)): Factors => new Factors(rows.slice(), plan);

const expectClose = (found: Float64Array, wanted: Float64Array, relative: number): void => {
  for (const [node, value] of wanted.entries()) expect(found[node], `node ${node}`).to.be.closeTo(value, relative * Math.abs(value));
};

describe('elimination', () => {
  it('finds the voltages that drive given currents', () => {
    const matrix = chain(40);
    const volts = Float64Array.from({ length: 40 }, (_, node) => 60 / (1 + node));
    const currents = currentsOf(matrix, volts);
    expectClose(factored(matrix).solve(currents), volts, 1e-9);
  });

  it('takes a row that is not the mirror of its column, as that of a regulator below its drop-out is', () => {
    const matrix = chain(12);
    matrix.add(11, 11, 0.5);
    matrix.add(11, 0, -0.5);
    const volts = Float64Array.from({ length: 12 }, (_, node) => 5 - node / 4);
    expectClose(factored(matrix).solve(currentsOf(matrix, volts)), volts, 1e-9);
  });

  it('gives a node on open switches only the voltage that its leakages divide', () => {
    const matrix = new Conductances(2);
    matrix.add(0, 0, 10);
    matrix.add(1, 1, 1e-12);
    matrix.between(0, 1, 1e-9);
    const [source, floating] = factored(matrix).solve(Float64Array.of(600, 0));
    expect(source).to.be.closeTo(60, 1e-6);
    expect(floating).to.be.closeTo(60 / 1.001, 1e-6);
  });

  it('tells from a node to each what an ampere into it lifts, the same both ways', () => {
    const matrix = chain(10);
    const factors = factored(matrix);
    const there = factors.impedances_Ohm(3)[7]!;
    expect(there).to.be.greaterThan(0);
    expect(factors.impedances_Ohm(7)[3]).to.be.closeTo(there, 1e-9 * there);
  });

  it('takes the ends of a star before its middle', () => {
    const star = new Conductances(6);
    for (let end = 1; end < 6; end += 1) star.between(0, end, 1);
    const { order, partners } = eliminationOf(placesOf(star.rows), 6);
    // The middle has one partner left, as that one has, once four ends are gone.
    expect(order.indexOf(0)).to.be.at.least(4);
    expect(partners).to.have.length(5);
  });

  it('says which matrices a plan does not serve, and extends it so that it serves all', () => {
    const matrix = chain(12);
    const plan = eliminationOf(placesOf(matrix.rows), 12);
    const joined = chain(12);
    joined.between(2, 9, 10);
    expect([plan.covers(matrix.rows), plan.covers(joined.rows)]).to.deep.equal([true, false]);
    const both = eliminationOf(placesOf(joined.rows, plan), 12);
    const volts = Float64Array.from({ length: 12 }, (_, node) => node + 1);
    for (const one of [matrix, joined]) {
      expect(both.covers(one.rows)).to.equal(true);
      expectClose(factored(one, both).solve(currentsOf(one, volts)), volts, 1e-9);
    }
  });
});
