import { expect } from 'chai';
import { Bootloader } from './bootloader.ts';
import type { BootloaderFault } from './bootloader-fault.ts';
import { framed } from './messages.ts';

/** A board whose memories are arrays; each command is answered at once. */
const board = (fault: BootloaderFault | null = null) => {
  const flash = new Uint8Array(0x40000).fill(0xff);
  const eeprom = new Uint8Array(4096).fill(0xff);
  const said: Uint8Array[] = [];
  const log: string[] = [];
  const bootloader = new Bootloader(
    {
      memories: { flash, eeprom, program: (address, page) => flash.set(page, address) },
      say: (bytes) => said.push(bytes),
      after: (ms, action) => {
        log.push(`${ms} ms`);
        action();
      },
      stay: () => log.push('stay'),
      leave: () => log.push('leave'),
    },
    fault,
  );
  bootloader.begin();
  let sequence = 0;
  const send = (message: Uint8Array): readonly number[] | null => {
    const before = said.length;
    for (const byte of message) bootloader.hear(byte);
    return said.length === before ? null : [...said.at(-1)!];
  };
  return {
    flash,
    eeprom,
    log,
    send,
    bootloader,
    ask: (...body: readonly number[]) => send(framed((sequence = (sequence + 1) & 0xff), body))?.slice(5, -1),
  };
};
type Stand = ReturnType<typeof board>;

const address = ({ ask }: Stand, words: number) =>
  ask(0x06, 0x80 | (words >>> 24), (words >> 16) & 0xff, (words >> 8) & 0xff, words & 0xff);
const write = ({ ask }: Stand, page: readonly number[]) =>
  ask(0x13, page.length >> 8, page.length & 0xff, 0xc1, 10, 0x40, 0x4c, 0x20, 0, 0, ...page);
const read = ({ ask }: Stand, size: number) => ask(0x14, size >> 8, size & 0xff, 0x20);
const PAGE = Array.from({ length: 256 }, (_, index) => (index * 7) & 0xff);

describe('the bootloader of an emulated Mega', () => {
  it('signs on, and keeps the application from starting from then on', () => {
    const stand = board();
    expect(stand.ask(0x01)).to.deep.equal([0x01, 0x00, 8, ...Buffer.from('AVRISP_2')]);
    expect(stand.log).to.deep.equal(['stay']);
    expect(stand.ask(0x11, 1, 1)).to.deep.equal([0x11, 0]);
    expect(stand.log).to.deep.equal(['stay', 'leave']);
  });

  it('writes pages one after the other from an address above 64 K words, takes its time for each, and reads them back', () => {
    const stand = board();
    expect(address(stand, 0x18000)).to.deep.equal([0x06, 0]);
    expect(write(stand, PAGE)).to.deep.equal([0x13, 0]);
    expect(write(stand, PAGE.toReversed())).to.deep.equal([0x13, 0]);
    expect([...stand.flash.subarray(0x30000, 0x30200)]).to.deep.equal([...PAGE, ...PAGE.toReversed()]);
    expect(stand.log).to.deep.equal(['9 ms', '9 ms']);
    address(stand, 0x18000);
    expect(read(stand, 256)).to.deep.equal([0x14, 0, ...PAGE, 0]);
    expect(read(stand, 16)).to.deep.equal([0x14, 0, ...PAGE.toReversed().slice(0, 16), 0]);
  });

  it('does not write over itself, nor half of a page', () => {
    const stand = board();
    address(stand, 0x3e000 / 2);
    expect(write(stand, PAGE)).to.deep.equal([0x13, 0xc0]);
    address(stand, 0x40);
    expect(write(stand, PAGE)).to.deep.equal([0x13, 0xc0]);
    expect(stand.flash.every((byte) => byte === 0xff)).to.equal(true);
    expect(stand.ask(0x12, 0, 0, 0xac, 0x80, 0, 0), 'it cannot erase the chip').to.deep.equal([0x12, 0xc0]);
  });

  it('tells signature and fuses as the chip would, by either command', () => {
    const stand = board();
    expect([0, 1, 2].map((index) => stand.ask(0x1d, 4, 4, 0, 0x30, 0, index, 0))).to.deep.equal([
      [0x1d, 0, 0, 0x30, 0, 0x1e, 0],
      [0x1d, 0, 0, 0x30, 0, 0x98, 0],
      [0x1d, 0, 0, 0x30, 0, 0x01, 0],
    ]);
    expect(stand.ask(0x1b, 4, 0x30, 0, 1, 0)).to.deep.equal([0x1b, 0, 0x98, 0]);
    expect(stand.ask(0x1d, 4, 1, 3, 0x58, 0x08, 0, 0)).to.deep.equal([0x1d, 0, 0xd8, 0]);
  });

  it('keeps EEPROM by byte addresses', () => {
    const stand = board();
    address(stand, 3);
    expect(stand.ask(0x15, 0, 2, 0xc1, 10, 0xc1, 0xc2, 0xa0, 0, 0, 0xab, 0xcd)).to.deep.equal([0x15, 0]);
    expect([...stand.eeprom.subarray(2, 6)]).to.deep.equal([0xff, 0xab, 0xcd, 0xff]);
    address(stand, 3);
    expect(stand.ask(0x16, 0, 2, 0xa0)).to.deep.equal([0x16, 0, 0xab, 0xcd, 0]);
  });

  it('says so of a wrong checksum and of a command it does not know', () => {
    const stand = board();
    const spoilt = framed(9, [0x01]);
    spoilt[spoilt.length - 1]! ^= 1;
    expect(stand.send(spoilt)?.slice(1, -1)).to.deep.equal([9, 0, 2, 0x0e, 0xb0, 0xc1]);
    expect(stand.ask(0x77)).to.deep.equal([0x77, 0xc9]);
  });

  it('can be silent, foreign, garbled, worn, or die on the way', () => {
    expect(board('silent').ask(0x01)).to.equal(undefined);
    expect(board('wrong-signature').ask(0x1d, 4, 1, 3, 0x30, 0, 1, 0)).to.deep.equal([0x1d, 0, 0x95, 0]);
    const garbled = board('bad-checksum').send(framed(1, [0x01]))!;
    expect(garbled.reduce((sum, byte) => sum ^ byte, 0)).to.equal(0x55);
    const [worn, dying] = [board('worn-page'), board('dies-midway')];
    for (let page = 0; page < 20; page += 1)
      expect([write(worn, PAGE), write(dying, PAGE)]).to.deep.equal([
        [0x13, 0],
        [0x13, 0],
      ]);
    expect(worn.flash.subarray(0, 20 * 256).reduce((wrong, byte, at) => wrong + Number(byte !== PAGE[at & 0xff]), 0)).to.equal(1);
    expect(write(dying, PAGE)).to.equal(undefined);
    expect(dying.ask(0x01)).to.equal(undefined);
    dying.bootloader.begin(); // a reset brings it back
    expect(dying.ask(0x01)?.slice(0, 2)).to.deep.equal([0x01, 0]);
  });
});
