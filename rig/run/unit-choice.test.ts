import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { RigError } from '../error.ts';
import { BENCH_NETLIST } from '../sim/circuit/stand-in-board.ts';
import { DEFECTS } from '../sim/defects/catalogue.ts';
import { UNIT_IMAGE } from './images.ts';
import { chooseUnit, type UnitOptions } from './unit-choice.ts';

const refusal = (options: UnitOptions): RigError => {
  try {
    chooseUnit(options);
  } catch (cause) {
    expect(cause).to.be.instanceOf(RigError);
    return cause as RigError;
  }
  throw new Error('The choice was accepted.');
};

describe('unit choice', () => {
  it('is the stand-in, or the image given on the same board', () => {
    expect(chooseUnit({})).to.deep.equal({ image: UNIT_IMAGE, netlist: BENCH_NETLIST, name: 'stand-in' });
    expect(chooseUnit({ unit: 'mine.hex' })).to.deep.equal({ image: 'mine.hex', netlist: BENCH_NETLIST, name: 'mine.hex' });
  });

  it('is a good unit by its name', () => {
    const { image, netlist, name } = chooseUnit({ unit: 'wait-34s7' });
    expect([image.endsWith('good-units/firmware/wait-34s7.hex'), existsSync(image)]).to.deep.equal([true, true]);
    expect([netlist === BENCH_NETLIST, name]).to.deep.equal([true, 'wait-34s7']);
  });

  for (const { name, kind } of DEFECTS) {
    it(`knows the ${kind} defect ${name}`, () => {
      const choice = chooseUnit({ defect: name });
      expect(choice.name).to.equal(`stand-in with ${name}`);
      expect(existsSync(choice.image), choice.image).to.equal(true);
      // Either the image or the board is another, and never both.
      expect([choice.image === UNIT_IMAGE, choice.netlist === BENCH_NETLIST]).to.deep.equal(
        kind === 'electrical' ? [true, false] : [false, true],
      );
    });
  }

  it('puts an electrical defect on the board of an image given, and refuses a firmware defect beside one', () => {
    const electrical = DEFECTS.find(({ kind }) => kind === 'electrical')!.name;
    expect(chooseUnit({ unit: 'mine.hex', defect: electrical })).to.include({ image: 'mine.hex', name: `mine.hex with ${electrical}` });
    const firmware = DEFECTS.find(({ kind }) => kind === 'firmware')!.name;
    const { code, message, hint } = refusal({ unit: 'mine.hex', defect: firmware });
    expect(code).to.equal('optionBad');
    expect(message).to.include(firmware).and.include('--unit');
    expect(hint).not.to.equal('');
  });

  it('names the nearest defect for one that does not exist, or how to see them all', () => {
    const { name } = DEFECTS[0]!;
    const near = refusal({ defect: `${name.slice(0, -1)}_` });
    expect(near.code).to.equal('optionBad');
    expect(near.hint).to.match(new RegExp(`^did you mean ${name}\\?`));
    const far = refusal({ defect: '0123456789012345' });
    expect(far.hint).to.include('--defect list').and.not.include('did you mean');
    expect([near.blame, far.blame]).to.deep.equal(['operator', 'operator']);
  });
});
