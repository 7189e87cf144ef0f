import { expect } from 'chai';
import type { RigError } from '../error.ts';
import { openPort } from './port.ts';
import { MemoryCable, type Peer } from './testing/memory-binding.ts';
import { VirtualTime } from './testing/virtual-time.ts';

const stand = (peer: (say: (text: string) => void) => Peer = () => ({ hear: () => undefined })) => {
  const time = new VirtualTime();
  const cable = new MemoryCable(time, peer);
  return { time, cable, open: () => time.run(openPort({ binding: cable.binding, path: 'mem:a', clock: time.clock })) };
};
const faultOf = (work: Promise<unknown>): Promise<RigError> =>
  work.then(
    () => Promise.reject(new Error('opened')),
    (cause: unknown) => cause as RigError,
  );

describe('port', () => {
  it('gives whole lines, without \\r, and carries text to the other end', async () => {
    const { time, open } = stand((say) => ({ hear: (text) => say(`<${text.trim()}>\r\n`) }));
    const port = await open();
    const lines: string[] = [];
    port.listen({ onLine: (line) => lines.push(line), onLost: () => undefined });
    port.write('a\n');
    await time.pass(5);
    port.write('b\n');
    await time.pass(5);
    expect(lines).to.deep.equal(['<a>', '<b>']);
  });

  it('opens where modem lines cannot be set, as on a pty', async () => {
    const { cable, open } = stand();
    cable.modemLines = false;
    const port = await open();
    await port.close();
  });

  it('says which ports there are when the one asked for is missing', async () => {
    const { cable, open } = stand();
    cable.refusal = 'Error: No such file or directory, cannot open mem:a';
    const fault = await faultOf(open());
    expect(fault.code).to.equal('portMissing');
    expect(fault.hint).to.include('mem:a, mem:b');
  });

  it('tells a busy port, a forbidden one and any other trouble apart', async () => {
    const cases: [string, string, RegExp][] = [
      ['Error Resource temporarily unavailable Cannot lock port', 'portBusy', /in use by another program/],
      ['Error: Device or resource busy, cannot open mem:a', 'portBusy', /in use by another program/],
      ['Error: Permission denied, cannot open mem:a', 'portMissing', /may not be opened by this user/],
      ['Error: Inappropriate ioctl for device, cannot open mem:a', 'portForeign', /is not a serial port/],
      ['Error: Bad descriptor', 'portClosed', /Bad descriptor/],
    ];
    for (const [said, code, message] of cases) {
      const { cable, open } = stand();
      cable.refusal = said;
      const fault = await faultOf(open());
      expect([fault.code, fault.message], said).to.satisfy(([c, m]: [string, string]) => c === code && message.test(m));
    }
  });

  it('tells once that the device is gone, and is quiet about its own closing', async () => {
    const { time, cable, open } = stand();
    const port = await open();
    const lost: RigError[] = [];
    port.listen({ onLine: () => undefined, onLost: (fault) => lost.push(fault) });
    await time.pass(1);
    cable.unplug();
    await time.pass(1);
    expect(lost.map(({ code }) => code)).to.deep.equal(['portClosed']);
    port.write('into the void\n');
    await time.run(port.close());

    const other = stand();
    const closed = await other.open();
    closed.listen({ onLine: () => undefined, onLost: () => expect.fail('closing is no loss') });
    await other.time.run(closed.close());
    await other.time.pass(1);
  });
});
