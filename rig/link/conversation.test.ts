import { expect } from 'chai';
import type { RigError } from '../error.ts';
import type { FixtureEvent } from '../wire/messages.ts';
import type { Conversation } from './conversation.ts';
import type { Command } from './command-window.ts';
import { converse, faultyCable, standWith } from './testing/bench-under-test.ts';
import { upperHex } from './testing/scripted-fixture.ts';

const listenTo = (conversation: Conversation): { events: FixtureEvent[]; faults: RigError[] } => {
  const heard = { events: [] as FixtureEvent[], faults: [] as RigError[] };
  conversation.listen({ onEvent: (event) => heard.events.push(event), onFault: (fault) => heard.faults.push(fault) });
  return heard;
};

const begin: Command = { kind: 'begin', case: 1, t0: 0, most_wraps: 1_000 };
const set = (id: number, tick: number): Command => ({ kind: 'set', id, when: { kind: 'at', tick }, mask: 1, value: 1, codes: [] });

describe('conversation', () => {
  it('carries numbered commands in order and resolves each', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    const later = stand.fixture.tick + 10_000_000;
    const outcomes = await stand.time.run(
      Promise.all([begin, set(1, later), set(2, later + 500)].map((command) => conversation.command(command))),
    );
    expect(outcomes).to.deep.equal([{ accepted: true }, { accepted: true }, { accepted: true }]);
    expect(stand.fixture.executed).to.deep.equal([
      'B000001000000000003E8',
      `S010001T${upperHex(later, 8)}000100010`,
      `S020002T${upperHex(later + 500, 8)}000100010`,
    ]);
    expect(conversation.counters).to.include({ resent: 0, crcErrors: 0, lost: 0 });
  });

  it('tells why a command was refused, and only that one', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    const later = stand.fixture.tick + 10_000_000;
    const outcomes = await stand.time.run(
      Promise.all([begin, set(1, stand.fixture.tick), set(2, later)].map((command) => conversation.command(command))),
    );
    expect(outcomes).to.deep.equal([{ accepted: true }, { accepted: false, refused: 'late' }, { accepted: true }]);
  });

  it('counts its numbers on over 256', async () => {
    const stand = standWith({ queue: 255 });
    const conversation = await converse(stand);
    const after = (): number => stand.fixture.tick + 4_000;
    await stand.time.run(conversation.command(begin));
    for (let id = 1; id <= 600; id += 1) await stand.time.run(conversation.command(set(id, after())));
    expect(stand.fixture.executed).to.have.length(601);
    expect(stand.fixture.executed[256]).to.match(/^S00/);
  });

  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8])
    it(`delivers every command once and in order, and every event, over a cable that loses and spoils lines (seed ${seed})`, async () => {
      const stand = standWith({}, faultyCable(seed, 0.06));
      const conversation = await converse(stand);
      const { events, faults } = listenTo(conversation);
      const later = stand.fixture.tick + 40_000_000;
      const outcomes = await stand.time.run(
        Promise.all(
          [begin, ...Array.from({ length: 60 }, (_, index) => set(index + 1, later + index))].map((command) =>
            conversation.command(command),
          ),
        ),
      );
      expect(outcomes.every(({ accepted }) => accepted)).to.equal(true);
      expect(stand.fixture.executed.map((body) => body.slice(3, 7))).to.deep.equal([
        '0001',
        ...Array.from({ length: 60 }, (_, index) => upperHex(index + 1, 4)),
      ]);
      for (let edge = 0; edge < 100; edge += 1) {
        stand.fixture.edge(0, edge % 2);
        await stand.time.pass(7);
      }
      expect(await stand.time.run(conversation.settle(5_000))).to.equal(true);
      expect(faults).to.deep.equal([]);
      expect(events.filter(({ kind }) => kind === 'edge').map((event) => event.kind === 'edge' && event.level)).to.deep.equal(
        Array.from({ length: 100 }, (_, edge) => edge % 2),
      );
      expect(conversation.counters.resent + conversation.counters.crcErrors).to.be.greaterThan(0);
      expect(conversation.counters.lost).to.equal(0);
    });

  it('keeps the fixture from thinking that its host is gone', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    const longestSilence = async (ms: number): Promise<number> => {
      const from = conversation.transcript.lines.length;
      await stand.time.pass(ms);
      const sent = conversation.transcript.lines.slice(from).filter(({ way }) => way === 'sent');
      return Math.max(...sent.slice(1).map(({ at_ms }, index) => at_ms - sent[index]!.at_ms));
    };
    expect(await longestSilence(10_000)).to.be.at.most(300);
    conversation.keepAliveEvery(80);
    expect(await longestSilence(2_000)).to.be.at.most(80);
  });

  it('asks for an event that is missing before a later one comes', async () => {
    let lose = false;
    const stand = standWith(
      {},
      { delay_ms: () => 0.5, pass: (line, way) => (lose && way === 'toHost' && line.startsWith('e') ? '' : line) },
    );
    const conversation = await converse(stand);
    const { events } = listenTo(conversation);
    lose = true;
    stand.fixture.event('Z000000001');
    lose = false;
    await stand.time.pass(1_200); // the next ping says that there is one
    expect(events).to.deep.equal([{ kind: 'ended', reason: 'planned', tick: 1 }]);
  });

  it('counts events that cannot be had any more as lost', async () => {
    const stand = standWith({}, { delay_ms: () => 0.5, pass: (line, way) => (way === 'toHost' && line.startsWith('e') ? '' : line) });
    const conversation = await converse(stand);
    const { faults } = listenTo(conversation);
    stand.fixture.event('Z000000001');
    stand.fixture.event('Z000000002');
    await stand.time.pass(20_000);
    expect(faults.map(({ code }) => code)).to.deep.equal(['eventsLost']);
    expect(conversation.counters.lost).to.equal(2);
  });

  it('notices a reset of the fixture by its boot id', async () => {
    const stand = standWith({ deaf_ms: 700 });
    const conversation = await converse(stand);
    const { faults } = listenTo(conversation);
    const waiting = conversation.command(begin).catch((cause: RigError) => cause.code);
    stand.fixture.reset();
    await stand.time.pass(9_000);
    expect(faults.map(({ code }) => code)).to.deep.equal(['fixtureReset']);
    expect(conversation.boots).to.deep.equal(['00001235', '00001236']);
    expect(await waiting).to.equal('fixtureReset');
    await stand.time.run(conversation.hello()); // and a new hello mends it
    expect(conversation.boots).to.deep.equal(['00001236']);
  });

  it('notices a fixture that falls silent, and one whose cable was pulled', async () => {
    for (const [mishap, code] of [
      ['silent', 'fixtureSilent'],
      ['unplugged', 'portClosed'],
    ] as const) {
      const stand = standWith();
      const conversation = await converse(stand);
      const { faults } = listenTo(conversation);
      await stand.time.pass(500);
      if (mishap === 'silent') stand.fixture.silent = true;
      else stand.cable.unplug();
      await stand.time.pass(9_000);
      expect(
        faults.map((fault) => fault.code),
        mishap,
      ).to.deep.equal([code]);
    }
  });

  it('stops the fixture within a round trip, also when the first X is lost', async () => {
    let lose = 0;
    const stand = standWith(
      {},
      { delay_ms: () => 2, pass: (line, way) => (way === 'toPeer' && line.startsWith('X') && lose-- > 0 ? '' : line) },
    );
    const conversation = await converse(stand);
    const took = async (): Promise<number> => {
      const began_ms = stand.time.now_ms;
      expect(await stand.time.run(conversation.stop())).to.be.a('number');
      return stand.time.now_ms - began_ms;
    };
    expect(await took()).to.be.below(5);
    lose = 1;
    expect(await took()).to.be.below(100);
  });

  it('says of a command that is sent while a reset is being looked into what was found, and not that the fixture is silent', async () => {
    const stand = standWith({ deaf_ms: 2_600 });
    const conversation = await converse(stand);
    listenTo(conversation);
    await stand.time.pass(300);
    stand.fixture.reset();
    await stand.time.pass(2_300); // silent for longer than the host waits, and not yet back
    const told = conversation.command(begin).catch((cause: RigError) => cause.code);
    await stand.time.pass(9_000);
    expect(await told).to.equal('fixtureReset');
  });

  it('counts by how much the host came late to a sign of life, and takes its own stall for nobody else’s silence', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    const { faults } = listenTo(conversation);
    await stand.time.pass(1_000);
    expect(conversation.counters.stalled_ms).to.equal(0);
    stand.time.stall(4_000);
    await stand.time.pass(3_000);
    expect(conversation.counters.stalled_ms).to.be.within(3_600, 4_000);
    expect(faults).to.deep.equal([]);
  });
});
