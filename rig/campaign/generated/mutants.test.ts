import { expect } from 'chai';
import { codeOnly, mutantsOf, mutated } from './mutants.ts';

const SOURCE = `/* 31 s, && */
#include "a1.h"
#define WAIT (31UL * 2)
static bool on; // 7
void step(int in) {
  if (in >= WAIT && !on) on = true;
  else forget();
  return;
}
`;
const mutants = mutantsOf('a.c', SOURCE);
const of = (kind: string) => mutants.filter((one) => one.kind === kind).map(({ text, instead }) => `${text} -> ${instead}`);

describe('mechanical mutants', () => {
  it('change constants, conditions and statements, each in one place', () => {
    expect(of('constant')).to.deep.equal(['31 -> 32', '31 -> 30', '31 -> 62', '31 -> 0', '2 -> 3', '2 -> 1', '2 -> 4', '2 -> 0']);
    expect(of('condition')).to.have.members(['>= -> >', '>= -> <', '&& -> ||', '! -> ', '(in >= WAIT && !on) -> (!(in >= WAIT && !on))']);
    expect(of('statement')).to.have.members(['on = true; -> ;', 'forget(); -> ;']);
    const negated = mutants.find(({ instead }) => instead === '||')!;
    expect(mutated(SOURCE, negated)).to.equal(SOURCE.replace('WAIT && !on', 'WAIT || !on'));
  });

  it('are named by place and change, each differently, and leave comments, strings and included files alone', () => {
    expect(mutants[0]!.id).to.equal('a.c:3:15 `31` is `32`');
    expect(new Set(mutants.map(({ id }) => id)).size).to.equal(mutants.length);
    expect(codeOnly(SOURCE)).to.have.length(SOURCE.length);
    expect(codeOnly(SOURCE)).to.not.match(/31 s|a1|7/);
  });
});
