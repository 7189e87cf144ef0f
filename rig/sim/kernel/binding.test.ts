import { setImmediate as settled } from 'node:timers/promises';
import { SerialPortStream } from '@serialport/stream';
import { expect } from 'chai';
import type { ChipUart } from '../avr/chip.ts';
import { randomStream } from '../random.ts';
import { createBinding, SIMULATED_PATH } from './binding.ts';
import { Kernel } from './kernel.ts';
import { createOscillator } from './oscillator.ts';
import { UsbCable } from './usb-cable.ts';

const OPEN = { path: SIMULATED_PATH, baudRate: 500_000 };

const said = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (cause: unknown) => String(cause),
  );

const silent = (_byte: number, _endCycle: number): void => undefined;

/** A binding on a board that only writes down; `say` = the board transmits. */
const bindingUnderTest = () => {
  const kernel = new Kernel({ world: { advance: (until) => until() }, wall: null, hostOscillator_ppm: 0 });
  const heard: number[] = [];
  let transmit = silent;
  const uart: ChipUart = {
    receive: (byte) => heard.push(byte),
    onTransmit: (listener) => (transmit = listener),
    cyclesPerFrame: 320,
    bitsPerFrame: 10,
    overruns: 0,
  };
  const oscillator = createOscillator(16_000_000, 0);
  const cable = new UsbCable({ kernel, uart, oscillator, random: randomStream(1, 'cable') });
  let resets = 0;
  const binding = createBinding({ kernel, cable, resetBoard: () => (resets += 1) });
  kernel.start(() => undefined);
  return {
    binding,
    kernel,
    cable,
    heard,
    resets: () => resets,
    say: (...bytes: readonly number[]) => {
      for (const byte of bytes) transmit(byte, oscillator.cycleAt(kernel.now_ns));
    },
  };
};

describe('binding', () => {
  it('lists the simulated port, opens it with a reset of the board, and refuses any other', async () => {
    const { binding, resets } = bindingUnderTest();
    expect((await binding.list()).map(({ path }) => path)).to.deep.equal([SIMULATED_PATH]);
    expect(await said(binding.open({ ...OPEN, path: '/dev/ttyACM7' }))).to.match(/No such file or directory, cannot open \/dev\/ttyACM7/);
    expect(resets()).to.equal(0);
    const port = await binding.open(OPEN);
    expect(resets()).to.equal(1);
    expect(port.isOpen).to.equal(true);
    expect(port.openOptions).to.include({ path: SIMULATED_PATH, baudRate: 500_000, dataBits: 8, stopBits: 1, parity: 'none' });
  });

  it('refuses a second open in the words of the system until the first is closed', async () => {
    const { binding } = bindingUnderTest();
    const port = await binding.open(OPEN);
    expect(await said(binding.open(OPEN))).to.match(/Cannot lock port/);
    await port.close();
    expect(await said(binding.open(OPEN))).to.equal('nothing');
  });

  it('reads what came, in pieces as large as asked for, and waits where nothing has', async () => {
    const { binding, kernel, say } = bindingUnderTest();
    const port = await binding.open(OPEN);
    const buffer = Buffer.alloc(8);
    const reading = port.read(buffer, 2, 3);
    kernel.at(1e6, () => say(1, 2, 3, 4, 5));
    await kernel.clock.sleep(100);
    expect((await reading).bytesRead).to.equal(3);
    expect([...buffer]).to.deep.equal([0, 0, 1, 2, 3, 0, 0, 0]);
    expect((await port.read(buffer, 0, 8)).bytesRead).to.equal(2);
    expect([...buffer.subarray(0, 2)]).to.deep.equal([4, 5]);
  });

  it('writes to the board and drains when the last byte has left', async () => {
    const { binding, kernel, cable, heard } = bindingUnderTest();
    const port = await binding.open(OPEN);
    await port.write(Buffer.from('hello'));
    await port.drain();
    expect(String.fromCharCode(...heard)).to.equal('hello');
    expect(kernel.now_ns).to.be.closeTo(cable.drained_ns, 1);
    expect(kernel.now_ns).to.be.at.least(100_000);
  });

  it('drops what has come at flush, and takes a new baud rate', async () => {
    const { binding, kernel, cable, say } = bindingUnderTest();
    const port = await binding.open(OPEN);
    say(1, 2, 3);
    await kernel.clock.sleep(100);
    await port.flush();
    say(4);
    await kernel.clock.sleep(100);
    const buffer = Buffer.alloc(8);
    expect((await port.read(buffer, 0, 8)).bytesRead).to.equal(1);
    expect(buffer[0]).to.equal(4);
    await port.update({ baudRate: 115_200 });
    expect(cable.baudRate).to.equal(115_200);
    expect(await port.getBaudRate()).to.deep.equal({ baudRate: 115_200 });
  });

  it('ends a waiting read as canceled at close, and everything after it', async () => {
    const { binding } = bindingUnderTest();
    const port = await binding.open(OPEN);
    const reading = port.read(Buffer.alloc(1), 0, 1).catch((cause: unknown) => cause);
    await port.close();
    expect(await reading).to.have.property('canceled', true);
    expect(port.isOpen).to.equal(false);
    for (const work of [port.read(Buffer.alloc(1), 0, 1), port.write(Buffer.from('x'))]) expect(await said(work)).to.match(/closed/);
  });

  it('fails as with a plug pulled when the simulated world ends', async () => {
    const { binding } = bindingUnderTest();
    const port = await binding.open(OPEN);
    const reading = said(port.read(Buffer.alloc(1), 0, 1));
    binding.vanish(new Error('forbidden register'));
    expect(await reading).to.match(/forbidden register/);
    expect(await said(port.read(Buffer.alloc(1), 0, 1))).to.match(/forbidden register/);
    expect(await said(port.write(Buffer.from('x')))).to.match(/forbidden register/);
    expect(await said(port.drain())).to.match(/forbidden register/);
    await port.close();
  });

  it('carries both ways under the stream that the host uses, and closes it when the world ends', async () => {
    const { binding, kernel, heard, say } = bindingUnderTest();
    const stream = new SerialPortStream({ binding, path: SIMULATED_PATH, baudRate: 500_000, autoOpen: false });
    expect(await new Promise((resolve) => stream.open(resolve))).to.equal(null);
    const received: Buffer[] = [];
    stream.on('data', (bytes: Buffer) => received.push(bytes));
    stream.write('ping');
    await kernel.clock.sleep(5);
    say(...Buffer.from('pong'));
    await kernel.clock.sleep(100);
    expect(String.fromCharCode(...heard)).to.equal('ping');
    expect(Buffer.concat(received).toString()).to.equal('pong');
    const closed = new Promise<unknown>((resolve) => stream.once('close', resolve));
    binding.vanish(new Error('the world ended'));
    expect(String(await closed)).to.match(/the world ended/);
    await settled();
    expect(await said(binding.open(OPEN))).to.equal('nothing');
  });
});
