import { expect } from 'chai';
import { decodeCommand, decodeLine, encodeCommand, encodeLine } from './codec.ts';
import { goldenLines } from './golden.ts';
import { frame } from './lines.ts';
import { EVENTS, FIXTURE_MESSAGES, HOST_MESSAGES } from './messages.ts';

describe('golden lines', () => {
  for (const golden of goldenLines()) {
    const name = golden.line.trimEnd();
    it(`${name} is decoded and encoded`, () => {
      if (golden.towards === 'fixture') {
        expect(decodeCommand(golden.line)).to.deep.equal({ ok: true, message: golden.message });
        expect(encodeCommand(golden.message)).to.equal(golden.line);
      } else {
        expect(decodeLine(golden.line)).to.deep.equal({ ok: true, message: golden.message });
        expect(encodeLine(golden.message)).to.equal(golden.line);
      }
    });
  }

  it('show every message and every event', () => {
    const kinds = { fixture: new Set<string>(), host: new Set<string>() };
    const events = new Set<string>();
    for (const { towards, message } of goldenLines()) {
      kinds[towards].add(message.kind);
      if (message.kind === 'events') for (const { kind } of message.events) events.add(kind);
    }
    expect([...kinds.fixture]).to.have.members(Object.keys(HOST_MESSAGES));
    expect([...kinds.host]).to.have.members([...Object.keys(FIXTURE_MESSAGES), 'events']);
    expect([...events]).to.have.members(Object.keys(EVENTS));
  });
});

describe('lines that are refused', () => {
  const refused: ReadonlyArray<readonly [string, string, string]> = [
    ['one digit of the CRC changed', 'a013F*0000\n', 'badCrc'],
    ['no CRC', 'a013F\n', 'noCrc'],
    ['an empty line', '\n', 'noCrc'],
    ['a control character', frame('a01\x073F'), 'notPrintable'],
    ['a letter nobody sends', frame('q01'), 'unknownType'],
    ['an empty body', frame(''), 'malformed'],
    ['a missing digit', frame('a013'), 'malformed'],
    ['a digit too many', frame('a013F0'), 'malformed'],
    ['lower-case hex', frame('a013f'), 'malformed'],
    ['an unknown event', frame('e0000Q0001'), 'malformed'],
    ['a line without an event', frame('e0000'), 'malformed'],
    ['a code without a meaning', frame('n013FF0001'), 'malformed'],
    ['more than 200 characters', frame(`e0000${'D000100000000'.repeat(15)}`), 'tooLong'],
  ];
  for (const [name, line, reason] of refused) {
    it(`${name}: ${reason}`, () => {
      expect(decodeLine(line)).to.deep.equal({ ok: false, reason });
    });
  }

  it('carriage return before the newline is ignored', () => {
    expect(decodeLine(frame('a013F').replace('\n', '\r\n'))).to.deep.equal({ ok: true, message: { kind: 'ack', seq: 1, free: 63 } });
  });

  it('a value wider than its field is never sent', () => {
    expect(() => encodeCommand({ kind: 'ping', id: 0x10000, events: 0 })).to.throw(RangeError, '65536 is not an integer of 4 hex digits');
    expect(() => encodeCommand({ kind: 'ping', id: -1, events: 0 })).to.throw(RangeError);
    expect(() => encodeCommand({ kind: 'ping', id: 0.5, events: 0 })).to.throw(RangeError);
  });
});
