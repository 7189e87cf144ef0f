import { expect } from 'chai';
import { RigError } from '../error.ts';
import { signalTableHash } from '../wire/signal-table.ts';
import { Conversation } from './conversation.ts';
import { openPort } from './port.ts';
import { converse, standWith } from './testing/bench-under-test.ts';
import { MemoryCable, type Peer } from './testing/memory-binding.ts';
import { bitwiseCrc, line, upperHex } from './testing/scripted-fixture.ts';
import { VirtualTime } from './testing/virtual-time.ts';

/** How greeting something that is no fixture of this version ends. */
const greetingOf = async (
  makePeer: (say: (text: string) => void, time: VirtualTime) => Peer,
): Promise<{ fault: RigError; took_ms: number }> => {
  const time = new VirtualTime();
  const cable = new MemoryCable(time, (say) => makePeer(say, time));
  const port = await time.run(openPort({ binding: cable.binding, path: 'mem:a', clock: time.clock }));
  const conversation = new Conversation({ port, clock: time.clock, nonce: 1 });
  const began_ms = time.now_ms;
  const fault = await time.run(
    conversation.hello().then(
      () => new Error('greeted'),
      (cause: unknown) => cause,
    ),
  );
  await time.run(conversation.close());
  expect(fault).to.be.instanceOf(RigError);
  return { fault: fault as RigError, took_ms: time.now_ms - began_ms };
};

const spoiled = (text: string, at: number): string => text.slice(0, at) + '~' + text.slice(at + 1);
const noisy = (text: string): string => text.replace('\n', '').replace(/(.{4})/g, '$1\x07');

describe('greeting', () => {
  it('says hello as PROTOCOL.md writes it and understands the answer', async () => {
    const stand = standWith();
    const conversation = await converse(stand);
    // H, version 01, nonce 0011, CRC by the bitwise definition.
    expect(stand.cable.sent[0]).to.equal('H010011*' + upperHex(bitwiseCrc('H010011'), 4));
    expect(conversation.boots).to.deep.equal(['00001235']);
  });

  it('waits out a bootloader that eats the first bytes', async () => {
    for (const deaf_ms of [300, 1_000, 2_000]) {
      const stand = standWith({ deaf_ms });
      await converse(stand);
      expect(stand.cable.sent.filter((sent) => sent.startsWith('H')).length).to.be.within(2, 6);
      expect(stand.time.now_ms).to.be.below(1_000 + deaf_ms + 1_500);
    }
  });

  it('takes only the answer to its last hello, since each hello begins the numbers anew', async () => {
    const late: string[] = [];
    const stand = standWith(
      {},
      { delay_ms: (way) => (way === 'toHost' ? 400 : 0.5), pass: (text, way) => (way === 'toHost' && late.push(text), text) },
    );
    await converse(stand);
    const hellos = stand.cable.sent.filter((sent) => sent.startsWith('H'));
    expect(late.find((text) => text.startsWith(`h01${hellos.at(-1)!.slice(3, 7)}`))).to.be.a('string');
    expect(hellos.length).to.be.greaterThan(1);
  });

  it('gives up on silence after 5 s', async () => {
    const { fault, took_ms } = await greetingOf(() => ({ hear: () => undefined }));
    expect(fault.code).to.equal('fixtureSilent');
    expect(took_ms).to.be.within(4_900, 5_200);
  });

  it('knows a port that echoes', async () => {
    const { fault } = await greetingOf((say) => ({ hear: say }));
    expect(fault.code).to.equal('portForeign');
    expect(fault.message).to.match(/^mem:a answers, but not as a bms-rig fixture: got its own words back/);
  });

  it('knows a modem', async () => {
    const { fault } = await greetingOf((say) => ({ hear: () => say('\r\nERROR\r\n') }));
    expect(fault.code).to.equal('portForeign');
    expect(fault.message).to.include('got "ERROR"').and.to.include('modem');
  });

  it("knows a printer's firmware, though it quotes what it was told", async () => {
    for (const answer of ['echo:Unknown command: "', 'Error:No Checksum with line number, Last Line: 0 "', 'error:20 "']) {
      let said = '';
      const { fault } = await greetingOf((say) => ({ hear: (text) => say(`${answer}${(said = text.trim())}"\nok\n`) }));
      expect(said).to.match(/^H/);
      expect(fault.code).to.equal('portForeign');
      expect(fault.message).to.include('3D printer').and.to.include(answer.slice(0, 8));
    }
  });

  it('knows a fixture of ours whose every word is spoiled on the way: the cable is to blame, not the choice of the port', async () => {
    for (const at of [2, 10, 20, 28, 40, 60]) {
      const stand = standWith({}, { delay_ms: () => 1, pass: (text, way) => (way === 'toHost' ? spoiled(text, at) : text) });
      const fault = await converse(stand).then(
        () => null,
        (cause: unknown) => cause as RigError,
      );
      expect([fault?.code, fault?.blame], `character ${at}`).to.deep.equal(['fixtureGarbled', 'link']);
    }
  });

  it('knows it also where its newline is lost and noise gets in between', async () => {
    const stand = standWith({}, { delay_ms: () => 1, pass: (text, way) => (way === 'toHost' ? noisy(text) : text) });
    const fault = await converse(stand).then(
      () => null,
      (cause: unknown) => cause as RigError,
    );
    expect([fault?.code, fault?.blame]).to.deep.equal(['fixtureGarbled', 'link']);
  });

  it('knows one that lost bytes all over, by how it begins', async () => {
    // One in five bytes is gone, as on a bench whose plug was being pulled.
    for (const rest of ['h01FFF00000E52CECD3E1CA90B01E80020040010', 'h0\x11FFF\x0600000003DE5213CECD43KD0E51B3EDED1']) {
      const { fault } = await greetingOf((say) => ({ hear: () => say(`${rest}\n`) }));
      expect([fault.code, fault.blame], rest).to.deep.equal(['fixtureGarbled', 'link']);
    }
  });

  it('shows what a stranger said, also without a newline and unprintable', async () => {
    const { fault } = await greetingOf((say) => ({ hear: () => say('\x00\xffgarbage') }));
    expect(fault.code).to.equal('portForeign');
    expect(fault.message).to.include('\\x00\\xffgarbage');
  });

  it('names both versions where the fixture is older, whatever else its answer holds', async () => {
    const { fault } = await greetingOf((say) => ({ hear: () => say(line('h00BEEF1234')) }));
    expect(fault.code).to.equal('protocolVersion');
    expect(fault.message).to.equal('The fixture at mem:a speaks protocol version 0, this host version 1.');
    expect(fault.hint).to.include('rig flash');
  });

  it('refuses a fixture with another signal table', async () => {
    const stand = standWith({ table: 0xdeadbeef });
    const fault = await converse(stand).then(
      () => null,
      (cause: unknown) => cause as RigError,
    );
    expect(fault?.code).to.equal('signalTable');
    expect(fault?.message).to.include('DEADBEEF').and.to.include(upperHex(signalTableHash(), 8));
  });

  it('ends at once when the port vanishes meanwhile', async () => {
    const time = new VirtualTime();
    const cable = new MemoryCable(time, () => ({ hear: () => time.at(time.now_ms + 100, () => cable.unplug()) }));
    const port = await time.run(openPort({ binding: cable.binding, path: 'mem:a', clock: time.clock }));
    const conversation = new Conversation({ port, clock: time.clock, nonce: 1 });
    const fault = await time.run(
      conversation.hello().then(
        () => null,
        (cause: unknown) => cause as RigError,
      ),
    );
    expect(fault?.code).to.equal('portClosed');
    expect(time.now_ms).to.be.below(1_200);
  });
});
