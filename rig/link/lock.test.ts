import { expect } from 'chai';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RigError } from '../error.ts';
import { acquireLock, holderOf, lockFileOf, type LockSurroundings } from './lock.ts';

describe('port lock', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lock-test-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const processWith = (pid: number, alive: ReadonlySet<number>): LockSurroundings => ({
    folder,
    self: { pid, user: `user${pid}`, command: 'rig run' },
    isAlive: (other) => alive.has(other),
  });

  it('tells a second user who has the port, and since when', () => {
    const alive = new Set([123, 456]);
    const { file } = acquireLock('/dev/ttyFAKE0', processWith(123, alive));
    utimesSync(file, 1_772_352_000, 1_772_352_000);
    expect(() => acquireLock('/dev/ttyFAKE0', processWith(456, alive)))
      .to.throw(RigError, '/dev/ttyFAKE0 is in use by pid 123 (user123, rig run) since 2026-03-01T08:00:00.000Z.')
      .with.property('code', 'portBusy');
    expect(holderOf('/dev/ttyFAKE0', processWith(456, alive))?.pid).to.equal(123);
  });

  it('gives the port free again, and only its own', () => {
    const alive = new Set([123, 456]);
    const lock = acquireLock('/dev/ttyFAKE0', processWith(123, alive));
    lock.release();
    const second = acquireLock('/dev/ttyFAKE0', processWith(456, alive));
    lock.release();
    expect(holderOf('/dev/ttyFAKE0', processWith(123, alive))?.pid).to.equal(456);
    second.release();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('takes over from a process that has died', () => {
    acquireLock('/dev/ttyFAKE0', processWith(123, new Set([123])));
    const survivors = new Set([456]);
    expect(holderOf('/dev/ttyFAKE0', processWith(456, survivors))).to.equal(null);
    acquireLock('/dev/ttyFAKE0', processWith(456, survivors));
    expect(holderOf('/dev/ttyFAKE0', processWith(456, survivors))?.pid).to.equal(456);
    expect(readdirSync(folder)).to.have.length(1);
  });

  it('takes over a file that no lock wrote', () => {
    writeFileSync(lockFileOf('/dev/ttyFAKE0', folder), 'not a lock');
    const lock = acquireLock('/dev/ttyFAKE0', processWith(456, new Set([456])));
    lock.release();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('puts a live lock back that appears while a dead one is being removed', () => {
    const alive = new Set([456, 789]);
    acquireLock('/dev/ttyFAKE0', processWith(123, new Set([123])));
    const late = processWith(456, alive);
    let intruded = false;
    // Between reading the dead holder and removing its file, another process completes its own takeover.
    const slow: LockSurroundings = {
      ...late,
      isAlive: (pid) => {
        if (pid === 123 && !intruded) {
          intruded = true;
          acquireLock('/dev/ttyFAKE0', processWith(789, alive));
        }
        return alive.has(pid);
      },
    };
    expect(() => acquireLock('/dev/ttyFAKE0', slow)).to.throw(RigError, 'pid 789');
    expect(holderOf('/dev/ttyFAKE0', late)?.pid).to.equal(789);
  });

  it('knows a device under two names as one, and two devices as two', () => {
    const device = join(folder, 'device');
    writeFileSync(device, '');
    symlinkSync(device, join(folder, 'by-id'));
    expect(lockFileOf(join(folder, 'by-id'), folder)).to.equal(lockFileOf(device, folder));
    expect(lockFileOf('/dev/ttyFAKE0', folder)).to.not.equal(lockFileOf('/dev/ttyFAKE1', folder));
  });
});
