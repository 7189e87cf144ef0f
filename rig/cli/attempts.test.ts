// How often a unit was tried: in this folder and in the lab, each attempt once, and said where the lab could not be asked.
import { expect } from 'chai';
import { openLocal } from '../../reports/archive/open-archive.ts';
import { addRuns } from '../../reports/archive/database/store.ts';
import { archivedRunOf } from '../../reports/archive/testing/archived.ts';
import { attemptOf, bothOf } from './attempts.ts';
import type { AskedIdentity } from './identity-options.ts';
import { scratchFolder } from './testing/command.ts';

const SERIAL = 'HQ-1230';
const ASKED: AskedIdentity = {
  identity: { serial: SERIAL, operator: null, workOrder: null, unitFirmwareVersion: null, note: null },
  station: null,
};
const AWAY = { RIG_ARCHIVE_URL: 'postgres://rig:secret@127.0.0.1:1/lab' };

describe('which attempt at a unit this is', () => {
  const scratch = scratchFolder();
  const kind = { out: scratch.path, simulated: false, reference: false };
  before(async () => {
    const engine = await openLocal(scratch.path);
    await addRuns(
      engine,
      [1, 2].map((seq) => archivedRunOf(seq, { serial: SERIAL })),
    );
    await engine.close();
  });
  after(() => scratch.remove());

  it('comes after those that count', async () => {
    expect(await attemptOf(ASKED, kind, {})).to.deep.equal({ attempt: 3, notes: [] });
    expect(await attemptOf(ASKED, { ...kind, simulated: true }, {}), 'a simulated unit is another one').to.include({ attempt: 1 });
    expect(await attemptOf(ASKED, { ...kind, reference: true }, {})).to.include({ attempt: null });
  });

  it('is counted here alone where the lab is away, and that is said', async () => {
    const { attempt, notes } = await attemptOf(ASKED, kind, AWAY);
    expect(attempt).to.equal(3);
    expect(notes).to.have.length(1);
    expect(notes[0]).to.contain('was not counted').and.to.not.contain('secret');
  });

  it('counts what waits here and what only the lab knows, and what both know once', () => {
    const here = { attempts: new Set(['a/1', 'a/2']), passed: false };
    const lab = { attempts: new Set(['a/1', 'b/1']), passed: true };
    expect(bothOf(here, lab)).to.deep.equal({ attempts: new Set(['a/1', 'a/2', 'b/1']), passed: true });
  });
});
