// Images and defects that the simulated unit cannot have: exit 2 with the line of the image, or 3 with the register it touched.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { UNIT_IMAGE } from '../run/images.ts';
import { Assembler } from '../sim/avr/assembler.ts';
import type { HexImage } from '../sim/avr/hex.ts';
import { runDocument } from '../../reports/shape/documents.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

/** One data record of Intel HEX. */
const record = (address: number, data: Uint8Array): string => {
  const bytes = Buffer.from([data.length, address >> 8, address & 0xff, 0, ...data]);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${Buffer.from([...bytes, -sum & 0xff])
    .toString('hex')
    .toUpperCase()}\n`;
};
const END = ':00000001FF\n';
const intelHex = ({ flash, usedBytes }: HexImage): string => {
  let text = '';
  for (let at = 0; at < usedBytes; at += 16) text += record(at, flash.subarray(at, Math.min(at + 16, usedBytes)));
  return text + END;
};

/** Asynchronous clock of timer 2: no watch crystal is fitted. */
const ASSR = { address: 0xb6, AS2: 0x20 } as const;

describe('units that the simulated bench cannot have', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  after(() => scratch.remove());
  const good = readFileSync(UNIT_IMAGE, 'utf8').replaceAll('\r', '').trimEnd().split('\n');

  it('an image that is missing, cut, altered, no image, or for a larger chip', async () => {
    const image = async (name: string, contents: string | Uint8Array): Promise<string> => {
      const { code, message } = await refused(['run', quiet, '--unit', scratch.file(name, contents)], 2);
      return `${code}: ${message.slice(message.indexOf(name))}`;
    };
    const { code, message, hint } = await refused(['run', quiet, '--unit', `${scratch.path}/none.hex`], 2);
    expect(`${code}: ${message}`).to.match(/^fileUnreadable: The image .*none\.hex cannot be read/);
    expect(hint).to.equal('check the path given to --unit');
    const [first = '', ...rest] = good;
    expect(await image('sum.hex', [first.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')), ...rest].join('\n'))).to.match(
      /^imageBad: sum\.hex:1:1 .*checksum/,
    );
    expect(await image('cut.hex', good.slice(0, 20).join('\n'))).to.match(/^imageBad: cut\.hex:20:1 .*end-of-file/);
    expect(await image('half.hex', good.slice(0, 20).join('\n').slice(0, -5))).to.match(/^imageBad: half\.hex:20:1 .*ends before/);
    expect(await image('text.hex', 'int main(void) { return 0; }\n')).to.match(/^imageBad: text\.hex:1:1 .*not an Intel HEX record/);
    expect(await image('elf.hex', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0))).to.match(
      /^imageBad: elf\.hex:1:1 .*not an Intel HEX record/,
    );
    expect(await image('none-in-it.hex', '')).to.match(/^imageBad: none-in-it\.hex:1:1 .*empty/);
    expect(await image('large.hex', `${record(0x8000, Uint8Array.of(1, 2))}${END}`)).to.match(
      /^imageTooLarge: large\.hex:1:1 .*0x8000, beyond the 32768 bytes/,
    );
  });

  it('a defect that does not exist, or cannot be combined', async () => {
    const { code, message, hint } = await refused(['run', quiet, '--defect', 'wait-24s'], 2);
    expect([code, message]).to.deep.equal(['optionBad', 'There is no defect called "wait-24s".']);
    expect(hint).to.contain('wait-25s');
    expect((await refused(['run', quiet, '--defect', 'xyzzy'], 2)).hint).to.contain('--defect list');
    expect((await refused(['run', quiet, '--defect', 'wait-25s', '--unit', UNIT_IMAGE], 2)).message).to.match(
      /cannot be combined with --unit\.$/,
    );
  });

  it('an image that touches what is not emulated ends the run as broken and is told the register', async () => {
    const image = new Assembler('atmega328p').ldi(17, ASSR.AS2).sts(ASSR.address, 17).label('end').rjmp('end').image();
    const argv = ['run', quiet, '--unit', scratch.file('foreign.hex', intelHex(image)), '--out', scratch.path];
    const plain = await runCommand(argv);
    expect(plain.exit).to.equal(3);
    expect(plain.out.replaceAll(/\s+/g, ' ')).to.match(
      /The unit's image touches ASSR at word 0x[0-9a-f]+, which this bench does not emulate/,
    );
    const { exit, out } = await runCommand([...argv, '--json']);
    const document = runDocument.parse(JSON.parse(out));
    expect([exit, document.exit, document.verdict]).to.deep.equal([3, 3, 'broken']);
    expect(document.reason).to.contain('ASSR');
  });
});
