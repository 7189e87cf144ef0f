import { expect } from 'chai';
import type { BindingInterface } from '../link/bindings.ts';
import { MemoryCable, type Peer } from '../link/testing/memory-binding.ts';
import { ScriptedFixture } from '../link/testing/scripted-fixture.ts';
import { VirtualTime } from '../link/testing/virtual-time.ts';
import type { RigError } from '../error.ts';
import { signalTableHash } from '../wire/signal-table.ts';
import { findPort } from './find-port.ts';

/** Ports by name: `true` has the scripted fixture, whose board is 000000B1. */
const find = async (ports: Readonly<Record<string, boolean>>, board = '000000B1'): Promise<string> => {
  const time = new VirtualTime();
  const peer =
    (fixture: boolean) =>
    (say: (text: string) => void): Peer =>
      fixture ? new ScriptedFixture(time, say, { table: signalTableHash() }) : { hear: say };
  const cables = new Map(Object.entries(ports).map(([path, fixture]) => [path, new MemoryCable(time, peer(fixture))]));
  const info = { manufacturer: undefined, serialNumber: undefined, pnpId: undefined, locationId: undefined, productId: undefined };
  const binding: BindingInterface = {
    list: async () => [...cables.keys()].map((path) => ({ path, vendorId: '2341', ...info })),
    open: (options) => cables.get(options.path)!.binding.open(options),
  };
  return time.run(findPort(board, { binding, clock: time.clock }));
};
const fault = async (work: Promise<string>): Promise<RigError> =>
  work.then(
    (path) => expect.fail(`found ${path}`),
    (cause: unknown) => cause as RigError,
  );

describe('the port of a board', () => {
  it('is the one whose fixture has its id', async () => {
    expect(await find({ 'mem:other': false, 'mem:mine': true })).to.equal('mem:mine');
  });

  it('is missing where no fixture has it, and those found are named', async () => {
    const missing = await fault(find({ 'mem:a': false, 'mem:b': true }, '11111111'));
    expect(missing).to.include({ code: 'portMissing' });
    expect(missing.message).to.equal('No port has a fixture with the id 11111111; fixtures found: 000000B1 on mem:b.');
    expect((await fault(find({}))).message).to.contain('fixtures found: none');
  });

  it('is not chosen between two fixtures with one id', async () => {
    const twice = await fault(find({ 'mem:a': true, 'mem:b': true }));
    expect(twice).to.include({ code: 'boardTwice' });
    expect(twice.message).to.equal('Two fixtures have the id 000000B1: mem:a, mem:b.');
  });
});
