import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scratchFolder } from '../cli/testing/command.ts';
import { RigError } from '../error.ts';
import { storeProofs } from './prove.ts';
import { ProofShelf, readProofs } from './proofs.ts';

const proved = (defect: string) => ({ caught: { 'LOAD-UV': defect }, open: [], runs: 1 });

const store = (cases: readonly Case[], all: boolean, ...results: (ReturnType<typeof proved> | undefined)[]) =>
  storeProofs(
    cases.map((testCase) => ({ testCase, requirements: [] })),
    results,
    { seed: 3, all },
  );

describe('the table of proofs', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const file = scratch.file('proofs.json', '{}');
  const of = (id: string, scenarioHash: string) =>
    ({ id, scenarioHash, place: { file: `${scratch.path}/${id}.yaml`, line: 1, col: 1 } }) as Case;
  const [one, two] = [of('a', 'h1'), of('b', 'h2')];

  it('refuses a file that is none, and says what to do', () => {
    for (const text of ['{}', 'no json', '{"schema":"bms-rig/proofs/1","seed":1,"cases":{"a":{"hash":1}}}']) {
      scratch.file('proofs.json', text);
      expect(() => new ProofShelf().of(one)).to.throw(RigError, 'is no table of proofs');
    }
  });

  it('is written a line a case, in order, and read back', () => {
    scratch.file('proofs.json', '{"schema":"bms-rig/proofs/1","seed":1,"cases":{}}');
    expect(store([two, one], false, proved('y'), proved('x'))).to.deep.equal([file]);
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.filter((line) => line.includes('hash')).map((line) => line.trim().slice(0, 4))).to.deep.equal(['"a":', '"b":']);
    expect(readProofs(file)).to.deep.include({ seed: 3 });
    expect(new ProofShelf().of(one)).to.deep.equal({ 'LOAD-UV': 'x' });
  });

  it('keeps the rows of cases that were not asked, unless all were', () => {
    store([one], false, proved('z'));
    expect(Object.keys(readProofs(file)!.cases)).to.deep.equal(['a', 'b']);
    store([one], true, proved('z'));
    expect(Object.keys(readProofs(file)!.cases)).to.deep.equal(['a']);
    store([one, two], false, undefined, proved('w'));
    expect(readProofs(file)!.cases['a']?.caught, 'not run').to.deep.equal({ 'LOAD-UV': 'z' });
  });

  it('knows nothing of a file that has changed since', () => {
    const shelf = new ProofShelf();
    expect(shelf.of(of('a', 'h9'))).to.equal('stale');
    expect(shelf.of(of('c', 'h1'))).to.equal(null);
  });
});
