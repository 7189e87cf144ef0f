// The transcripts are what the emulated fixture says today, also where only the emulator has changed.
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transcriptsText } from './page.ts';

describe('the transcripts of PROTOCOL.md, held again', () => {
  it('come out the same, to the tick', async () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../rig/wire/PROTOCOL.md'), 'utf8').replaceAll('\r\n', '\n');
    expect(page).to.contain(await transcriptsText());
  });
});
