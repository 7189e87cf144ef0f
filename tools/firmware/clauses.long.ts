// Each clause of the fixture's safety is needed: with it taken out of the sources and the firmware built anew, its check fails at the pins.
import { join } from 'node:path';
import { AssertionError, expect } from 'chai';
import { CLAUSES } from '../../rig/fixture/firmware/testing/clauses.ts';
import { imageOf, Workbench } from '../../rig/fixture/firmware/workbench.ts';
import { ChangedBuilds } from './compile.ts';
import { TARGETS } from './targets.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURE = TARGETS.find(({ name }) => name === 'fixture')!;

describe('without its line of the firmware it is seen that', () => {
  const builds = new ChangedBuilds(ROOT, FIXTURE);
  after(() => builds.remove());
  for (const { rule, without, kept } of CLAUSES) {
    it(`not: ${rule}`, () => {
      const image = imageOf(builds.with(without));
      const make = { fresh: () => new Workbench({ image }), greeted: () => Workbench.greeted({ image }) };
      expect(() => kept(make), `${without.file}: ${without.text}`).to.throw(AssertionError);
    });
  }
});
