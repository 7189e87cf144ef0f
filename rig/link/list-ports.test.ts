import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signalTableHash } from '../wire/signal-table.ts';
import type { BindingInterface } from './bindings.ts';
import { listPorts } from './list-ports.ts';
import { acquireLock, type LockSurroundings } from './lock.ts';
import { MemoryCable, type Peer } from './testing/memory-binding.ts';
import { ScriptedFixture } from './testing/scripted-fixture.ts';
import { VirtualTime } from './testing/virtual-time.ts';

describe('list of ports', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ports-test-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('tells of each port what is there, in the time of the slowest', async () => {
    const time = new VirtualTime();
    const peers: Record<string, (say: (text: string) => void) => Peer> = {
      'mem:echo': (say) => ({ hear: say }),
      'mem:fixture': (say) => new ScriptedFixture(time, say, { table: signalTableHash(), deaf_ms: 1_200 }),
      'mem:silent': () => ({ hear: () => undefined }),
      'mem:taken': () => ({ opened: () => expect.fail('a port in use must not be opened'), hear: () => undefined }),
    };
    const cables = new Map(Object.entries(peers).map(([path, peer]) => [path, new MemoryCable(time, peer)]));
    const binding: BindingInterface = {
      list: async () =>
        [...cables.keys()].map((path) => ({
          path,
          vendorId: '2341',
          manufacturer: undefined,
          serialNumber: undefined,
          pnpId: undefined,
          locationId: undefined,
          productId: undefined,
        })),
      open: (options) => cables.get(options.path)!.binding.open(options),
    };
    const locks: LockSurroundings = { folder, self: { pid: 1, user: 'me', command: 'rig ports' }, isAlive: () => true };
    acquireLock('mem:taken', { ...locks, self: { pid: 77, user: 'other', command: 'rig run' } });

    const reports = await time.run(listPorts({ binding, clock: time.clock, locks }));
    expect(reports.map(({ path, fixture, fault }) => [path, fixture?.board ?? fault?.code])).to.deep.equal([
      ['mem:echo', 'portForeign'],
      ['mem:fixture', '000000B1'],
      ['mem:silent', 'fixtureSilent'],
      ['mem:taken', 'portBusy'],
    ]);
    expect(reports[3]!.fault!.message).to.include('pid 77 (other, rig run)');
    expect(time.now_ms - 1_000).to.be.below(4_000);
  });

  it('is empty, and does not fail, where the system cannot list and nothing is plugged in', async () => {
    const time = new VirtualTime();
    const binding: BindingInterface = {
      list: () => Promise.reject(new Error('spawn udevadm ENOENT')),
      open: () => Promise.reject(new Error('No such file or directory')),
    };
    const reports = await time.run(listPorts({ binding, clock: { ...time.clock, external: async () => [] as never } }));
    expect(reports).to.deep.equal([]);
  });
});
