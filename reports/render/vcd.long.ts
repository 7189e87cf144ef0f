// Readers of others open the dump: GTKWave's converter and sigrok's command line, both told to say what they found. Where they are missing this fails, and says how to get them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { goodRecord, mixedRecord } from '../testing/runs.ts';
import { renderVcd } from './vcd.ts';

const run = (program: string, ...args: readonly string[]): string => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(`${program} is missing: apt-get install gtkwave sigrok-cli`, { cause });
    throw cause;
  }
};

describe('the value change dump, read by others', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-vcd-'));
  const file = path.join(folder, 'trace.vcd');
  before(() => writeFileSync(file, renderVcd(mixedRecord)));
  after(() => rmSync(folder, { recursive: true }));

  it('GTKWave converts it to its own form and back without losing an edge', () => {
    const [fst, again] = [path.join(folder, 'trace.fst'), path.join(folder, 'again.vcd')];
    run('vcd2fst', file, fst);
    run('fst2vcd', '-f', fst, '-o', again);
    const back = run('cat', again);
    for (const time of ['#900000', '#38000000']) expect(back).to.include(`${time}\n`);
    expect(back.match(/\$var wire\s+1 \S+ load \$end/g)).to.have.length(
      renderVcd(mixedRecord).match(/\$var wire 1 \S+ load \$end/g)!.length,
    );
  });

  it('sigrok sees LOAD rise and fall where the trace has it', () => {
    const short = path.join(folder, 'short.vcd');
    writeFileSync(short, renderVcd(goodRecord));
    // One sample a millisecond.
    const samples = run('sigrok-cli', '-I', 'vcd:downsample=1000', '-i', short, '-O', 'csv:header=false');
    const rows = samples.split('\n').filter((line) => /^[01],/.test(line));
    // Its columns have no names, but the order of the wires.
    const wires = [...renderVcd(goodRecord).matchAll(/\$var wire 1 \S+ (\w+) /g)].map(([, name]) => name);
    const load = rows.map((row) => row.split(',')[wires.indexOf('load')]);
    expect(load.indexOf('1'), 'rises').to.be.within(899, 901);
    expect(load.lastIndexOf('1'), 'falls').to.be.within(37_998, 38_001);
  });
});
