// Every way to stop a run: it ends with safe pins, its record is written, and the shell is told 130.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { recordShape, type RunRecord } from '../../reports/record.ts';
import { simulate } from '../run/simulated-case.ts';
import { openPty } from '../sim/pty.ts';
import { listenForStop, Stopped } from './stop.ts';
import { scratchFolder } from './testing/command.ts';
import { LAUNCHER, MAIN, olderNode, start } from './testing/process.ts';

const MINUTE = `scenario: A minute in real time
covers: [LOAD-HEALTHY]
steps: []
until: 1 min
`;

/** The one record below a folder of runs. */
const recordIn = (out: string): RunRecord => {
  const [only, ...more] = readdirSync(out).filter((name) => name !== 'archive');
  expect(more).to.deep.equal([]);
  return recordShape.parse(JSON.parse(readFileSync(path.join(out, only!, 'record.json'), 'utf8')));
};

describe('requests to stop', () => {
  it('are one when they come together, and the second one insists when it comes later', () => {
    let now_ms = 1_000;
    let insisted = 0;
    const before = process.listenerCount('SIGHUP');
    const { signal, release } = listenForStop(
      () => (insisted += 1),
      () => now_ms,
    );
    expect(signal.aborted).to.equal(false);
    process.emit('SIGHUP');
    expect(signal.reason).to.be.instanceOf(Stopped).and.have.property('message', 'Stopped by SIGHUP.');
    now_ms += 500;
    process.emit('SIGHUP');
    expect(insisted).to.equal(0);
    now_ms += 1;
    process.emit('SIGHUP');
    expect(insisted).to.equal(1);
    release();
    expect(process.listenerCount('SIGHUP')).to.equal(before);
  });
});

describe('a stop', () => {
  const scratch = scratchFolder();
  const minute = scratch.file('minute.yaml', MINUTE);
  let outs = 0;
  after(() => scratch.remove());
  if (process.platform === 'win32') return; // no such signals there

  const newOut = (): string => path.join(scratch.path, `out-${(outs += 1)}`);
  const simulatedRun = (out: string): readonly string[] => ['run', minute, '--pace', 'real', '--out', out];

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`by ${signal} ends a simulated run and its workers`, async () => {
      const out = newOut();
      const { child, says, ended } = start(process.execPath, [MAIN, ...simulatedRun(out)]);
      await says('Running 1 case');
      child.kill(signal);
      expect((await ended).exit).to.equal(130);
      const { cases, counts } = recordIn(out);
      expect(counts.notRun).to.equal(1);
      expect(cases[0]?.attempts[0]?.result.reason).to.contain('stopped');
    });
  }

  it('by a SIGTERM that reaches the launcher alone', async () => {
    const out = newOut();
    const { child, says, ended } = start(olderNode() ?? process.execPath, [LAUNCHER, ...simulatedRun(out)]);
    await says('Running 1 case');
    child.kill('SIGTERM');
    expect((await ended).exit).to.equal(130);
    expect(recordIn(out).counts.notRun).to.equal(1);
  });

  it('by the end of the process that started it', async () => {
    const out = newOut();
    const parent = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([MAIN, ...simulatedRun(out)])}, { stdio: 'inherit' }); setInterval(() => {}, 1e6);`;
    const { child, says, ended } = start(process.execPath, ['-e', parent]);
    await says('Running 1 case');
    child.kill('SIGKILL');
    expect((await ended).signal).to.equal('SIGKILL');
    expect(recordIn(out).counts.notRun).to.equal(1);
  });

  it('on a port makes the pins safe at once: the fixture is told X, and the case is recorded as broken off', async () => {
    const out = newOut();
    const simulation = simulate({ seed: 1, occasion: 'stop', pace: 'real' });
    const pty = await openPty();
    const began = Promise.withResolvers<void>();
    let heard = '';
    simulation.cable.onData = (bytes) => pty.write(bytes);
    simulation.cable.plug(500_000);
    pty.onData = (bytes) => {
      heard += Buffer.from(bytes).toString('latin1');
      if (/^B/m.test(heard)) began.resolve();
      simulation.cable.send(bytes);
    };
    try {
      const { child, ended } = start(process.execPath, [MAIN, 'run', minute, minute, '--bench', pty.path, '--out', out]);
      await Promise.race([began.promise, ended.then(({ err }) => Promise.reject(new Error(err)))]);
      expect(heard).not.to.match(/^X/m);
      child.kill('SIGINT');
      expect((await ended).exit).to.equal(130);
      expect(heard).to.match(/^X/m);
      const { cases, verdict } = recordIn(out);
      expect(verdict).to.equal('broken');
      expect(cases[0]?.attempts[0]?.trace?.end).to.equal('aborted');
    } finally {
      pty.close();
      simulation.cable.unplug();
      simulation.close();
    }
  });

  it('while the port is still being greeted does not wait for its patience', async () => {
    const pty = await openPty();
    const greeted = Promise.withResolvers<void>();
    pty.onData = () => greeted.resolve();
    try {
      const { child, ended } = start(process.execPath, [MAIN, 'run', minute, '--bench', pty.path, '--out', newOut(), '--json']);
      await Promise.race([greeted.promise, ended]);
      child.kill('SIGINT');
      const { exit, out } = await ended;
      expect(exit).to.equal(130);
      expect((JSON.parse(out) as { error: { code: string } }).error.code).to.equal('stopped');
    } finally {
      pty.close();
    }
  });
});
