import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { usbVerdict } from '../flash/usb-boards.ts';
import type { PortInfo } from './bindings.ts';
import { MemoryCable } from './testing/memory-binding.ts';
import { VirtualTime } from './testing/virtual-time.ts';
import { identityOf, listIdentities } from './usb-identity.ts';

const port = (at: string, vendorId?: string, productId?: string): PortInfo => ({
  path: at,
  manufacturer: undefined,
  serialNumber: undefined,
  pnpId: undefined,
  locationId: undefined,
  vendorId,
  productId,
});

const kind = (vendorId?: string, productId?: string) => usbVerdict({ vendorId, productId }).kind;

describe('the USB identity of a port', () => {
  it('is that of the device, whichever of its names is asked for', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-usb-'));
    const [device, link] = [path.join(folder, 'ttyACM0'), path.join(folder, 'by-id')];
    writeFileSync(device, '');
    symlinkSync(device, link);
    const ports = [port('/dev/ttyNONE'), port(device, '2341', '0042')];
    expect(identityOf(link, ports)?.productId).to.equal('0042');
    expect(identityOf('/dev/pts/99', ports)).to.equal(null);
    rmSync(folder, { recursive: true });
  });

  it('is not known where the system cannot list its ports', async () => {
    const time = new VirtualTime();
    const { binding } = new MemoryCable(time, () => ({ hear: () => undefined }));
    expect(await time.run(listIdentities(binding, time.clock))).to.have.length(2);
    expect(await time.run(listIdentities({ ...binding, list: () => Promise.reject(new Error('no udevadm')) }, time.clock))).to.deep.equal(
      [],
    );
  });

  it('decides for a Mega, against other boards, and nothing where a bridge may carry any board', () => {
    expect([
      kind('2341', '0042'),
      kind('2A03', '0010'),
      kind('1a86', '7523'),
      kind('2341', '0043'),
      kind('1234', '5678'),
      kind(),
    ]).to.deep.equal(['mega', 'mega', 'bridge', 'other', 'unknown', 'unknown']);
  });
});
