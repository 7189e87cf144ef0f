import { expect } from 'chai';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../run/images.ts';
import { BENCH_NETLIST } from '../sim/circuit/stand-in-board.ts';
import { openSimulation } from '../sim/simulation.ts';
import { COMMAND_WINDOW, QUEUE_ENTRIES } from '../wire/limits.ts';
import type { Command } from './command-window.ts';
import { Conversation } from './conversation.ts';
import { openPort } from './port.ts';

const entry = (id: number, tick: number): Command => ({
  kind: 'pulse',
  id,
  when: { kind: 'at', tick: tick >>> 0 },
  mask: 1,
  value: 1,
  for_ticks: 200,
  codes: [],
});

const nothing = (): void => undefined;

describe("the fixture's receive ring", () => {
  let closed = nothing;
  afterEach(() => closed());
  it('never overflows: a full window of commands, pings between them, and two events of each entry on their way back', async () => {
    const simulation = openSimulation({
      seed: 7,
      occasion: 'ring',
      fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image,
      unitImage: loadImage(UNIT_IMAGE, 'unit').image,
      netlist: BENCH_NETLIST,
      pace: 'virtual',
    });
    closed = () => simulation.close();
    const { binding, path, clock } = simulation;
    const conversation = new Conversation({ port: await openPort({ binding, path, clock }), clock, nonce: 1 });
    const hello = await conversation.hello();
    expect(await conversation.command({ kind: 'begin', case: 1, t0: 0, most_wraps: 1_000 })).to.deep.equal({ accepted: true });
    let most = 0;
    const unanswered: number[] = [];
    let heard = 0;
    const count = (): void => {
      for (const { way, line } of conversation.transcript.lines.slice(heard)) {
        if (way === 'sent' && /^[SUMAVZ]/.test(line)) unanswered.push(line.length + 1);
        if (way === 'received' && /^[an]/.test(line)) unanswered.shift();
        most = Math.max(
          most,
          unanswered.reduce((sum, bytes) => sum + bytes, 0),
        );
      }
      heard = conversation.transcript.lines.length;
    };
    heard = conversation.transcript.lines.length;
    for (let round = 0; round < 4; round += 1) {
      const first = (await conversation.ping())!.tick + 1_000_000;
      const ids = Array.from({ length: QUEUE_ENTRIES }, (_, index) => round * QUEUE_ENTRIES + index + 1);
      const outcomes = Promise.all(ids.map((id, index) => conversation.command(entry(id, first + index * 1_000))));
      await conversation.pingBurst();
      expect((await outcomes).every(({ accepted }) => accepted)).to.equal(true);
      count();
      await clock.sleep(600);
    }
    expect(await conversation.settle(3_000)).to.equal(true);
    const pong = (await conversation.ping())!;
    expect(pong.lineErrors, 'line errors of the fixture').to.equal(0);
    expect(pong.events, 'levels, and two events of each entry').to.equal(1 + 4 * 2 * QUEUE_ENTRIES);
    expect(conversation.counters).to.include({ resent: 0, lost: 0, overflow: 0 });
    expect(hello.rxRing).to.be.greaterThan(COMMAND_WINDOW);
    expect(most, 'bytes under way').to.be.within(COMMAND_WINDOW - 60, COMMAND_WINDOW);
    await conversation.close();
  });
});
