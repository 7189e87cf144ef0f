import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { REQUIREMENT_IDS, REQUIREMENTS, shownBy } from './requirements.ts';

const FACTS = readFileSync(new URL('../firmware-ref/FACTS.md', import.meta.url), 'utf8');
const rows = (pattern: RegExp): readonly string[] => [...FACTS.matchAll(pattern)].map(([, id]) => id ?? '');
const facts = rows(/^\| (F-[A-Z0-9-]+) \|/gmu);
const known = new Set([...facts, ...rows(/^\| (A-[A-Z0-9-]+|R\d+) \|/gmu)]);

/** Rows that say that nothing is published. */
const NOT_STATED = ['F-CHAIN-ROLES', 'F-CHAIN-LEVEL', 'F-CELL-FILTER'];

describe('the requirements', () => {
  it('rest on facts, assumptions and rulings that FACTS.md holds', () => {
    for (const id of REQUIREMENT_IDS) {
      const { source, rulings } = REQUIREMENTS[id];
      expect(source, id).to.not.be.empty;
      for (const one of [...source, ...rulings]) expect(known, `${id}: ${one}`).to.include(one);
    }
  });

  it('state every fact of FACTS.md', () => {
    const stated = new Set(REQUIREMENT_IDS.flatMap((id) => REQUIREMENTS[id].source));
    expect(facts.filter((fact) => !stated.has(fact)).toSorted()).to.deep.equal(NOT_STATED.toSorted());
  });

  it('say why where no test shows them, and only there', () => {
    for (const id of REQUIREMENT_IDS) {
      const { shownBy: by, why } = REQUIREMENTS[id];
      expect(why !== '', id).to.equal(by === 'none');
    }
  });

  it('keep what the battery decides apart from what a unit shows', () => {
    const battery = REQUIREMENT_IDS.filter((id) => /^(BAT|BANK)-/u.test(id));
    expect(shownBy('unit').filter((id) => battery.includes(id))).to.deep.equal([]);
    expect(shownBy('rig').filter((id) => !battery.includes(id))).to.deep.equal([]);
    expect(shownBy('rig').flatMap((id) => REQUIREMENTS[id].rulings)).to.deep.equal([]);
  });

  it('are single sentences that end', () => {
    for (const id of REQUIREMENT_IDS) {
      expect(REQUIREMENTS[id].text, id).to.match(/^[A-Z0-9].*\.$/u);
      expect(id).to.match(/^[A-Z0-9]+(-[A-Z0-9]+)*$/u);
    }
    expect(new Set(REQUIREMENT_IDS.map((id) => REQUIREMENTS[id].text)).size).to.equal(REQUIREMENT_IDS.length);
  });
});
