/** Pictures of questions: what is taken into a case, and what is a mistake of the scenario. */

import { expect } from 'chai';
import { scratchFolder } from '../cli/testing/command.ts';
import { compileFiles } from './compile-files.ts';
import { LARGEST_PICTURE_bytes } from './pictures.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const told = ({ issues }: ReturnType<typeof compileFiles>): readonly string[] =>
  issues.map(({ id, line, message }) => `${line} ${id}: ${message}`);

const imageIn = ({ cases: [first] }: ReturnType<typeof compileFiles>): string | null =>
  first!.timeline.entries.flatMap(({ do: action }) => (action.kind === 'barrier' ? [action.prompt.image] : []))[0] ?? null;

describe('the picture of a question', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  const asking = (picture: string, more = '') => {
    const ask = `ask: { text: Is it lit?, choices: ["yes", "no"], right: "yes", picture: ${picture} }`;
    const file = scratch.file(
      'ask.yaml',
      `scenario: A lamp\ncovers: [LED-BLUE]\n${more}steps:\n  - { at: 4 s, ${ask} }\nuntil: { wait: 3 s }\n`,
    );
    return compileFiles([file]);
  };

  it('is in the case, whatever its name says it is', () => {
    scratch.file('lamp.png', PNG);
    scratch.file('photo.bin', Buffer.from('ffd8ffe000104a464946', 'hex'));
    expect([imageIn(asking('lamp.png')), told(asking('lamp.png'))]).to.deep.equal([`data:image/png;base64,${PNG.toString('base64')}`, []]);
    expect(imageIn(asking('photo.bin'))).to.match(/^data:image\/jpeg;base64,/u);
  });

  it('is a mistake where it is missing, too large, or no picture; of a sweep it is told once', () => {
    scratch.file('drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    scratch.file('large.png', Buffer.concat([PNG, Buffer.alloc(LARGEST_PICTURE_bytes)]));
    expect(told(asking('none.png'))).to.deep.equal(['4 file-missing: the picture none.png does not exist']);
    expect(told(asking('drawing.svg'))).to.deep.equal(['4 picture-unfit: drawing.svg is no picture that a report can show']);
    expect(told(asking('large.png'))).to.deep.equal(['4 picture-unfit: the picture large.png has 131088 bytes, more than 131072']);
    expect(
      told(asking('none.png', 'parameters: { volts: 12.8 V }\nsweep: { volts: [12.8 V, 25.6 V] }\ngiven: { supply: $volts }\n')),
    ).to.deep.equal(['7 file-missing: the picture none.png does not exist']);
  });
});
