// The transcripts in PROTOCOL.md are real lines, and say what they are said to say.
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeCommand, decodeLine } from '../../rig/wire/codec.ts';
import { PROTOCOL_VERSION } from '../../rig/wire/limits.ts';
import type { FixtureEvent, FixtureMessage, HostMessage } from '../../rig/wire/messages.ts';
import { transcriptsHash, withTranscripts, wordsOf } from './page.ts';
import { TALKS } from './talks.ts';

const PAGE = readFileSync(path.join(import.meta.dirname, '../../rig/wire/PROTOCOL.md'), 'utf8').replaceAll('\r\n', '\n');
const SECTION = PAGE.slice(PAGE.indexOf('## Transcripts'));
const talk = (title: string): string => SECTION.split(`### ${title}\n`)[1]!.split('\n### ')[0]!;

interface Line {
  readonly way: '>' | '<' | 'x';
  readonly line: string;
  readonly words: string;
}
const linesOf = (text: string): readonly Line[] =>
  [...text.matchAll(/^([><x]) (\S+)\n {6}(.+)$/gmu)].map(([, way, line, words]) => ({
    way: way as Line['way'],
    line: line!,
    words: words!,
  }));
const said = (text: string): readonly HostMessage[] =>
  linesOf(text).flatMap(({ way, line }) => {
    const decoded = decodeCommand(line);
    return way === '>' && decoded.ok ? [decoded.message] : [];
  });
const heard = (text: string): readonly FixtureMessage[] =>
  linesOf(text).flatMap(({ way, line }) => {
    const decoded = decodeLine(line);
    return way === '<' && decoded.ok ? [decoded.message] : [];
  });
const eventsOf = (text: string): readonly FixtureEvent[] =>
  heard(text).flatMap((message) => (message.kind === 'events' ? message.events : []));

const edges = (message: FixtureMessage): number =>
  message.kind === 'events' ? message.events.filter(({ kind }) => kind === 'edge').length : 0;
const fail = (): string => {
  throw new Error('made anew');
};

describe('the transcripts of PROTOCOL.md', () => {
  it('are of the images and the wire as they are', () => {
    expect(SECTION).to.contain(`<!-- transcripts of ${transcriptsHash()}: generated`);
  });

  it('hold lines that decode, each to the words beneath it', () => {
    const lines = linesOf(SECTION);
    expect(lines).to.have.length.above(50);
    expect(lines).to.have.length([...SECTION.matchAll(/^[><x] /gmu)].length);
    for (const { way, line, words } of lines) {
      expect((way === '>' ? decodeCommand(line) : decodeLine(line)).ok, line).to.equal(true);
      expect(wordsOf({ way, line })).to.equal(words);
    }
  });

  it('show each talk there is', () => {
    for (const { title } of TALKS) expect(linesOf(talk(title)), title).to.have.length.above(1);
  });

  it('show an upload with an entry after an edge, and several edges on a line', () => {
    const text = talk('A case, with an entry after an edge');
    expect(said(text).some((message) => message.kind === 'set' && message.when.kind === 'edge')).to.equal(true);
    expect(Math.max(...heard(text).map(edges))).to.be.above(1);
    expect(eventsOf(text).at(-1)).to.include({ kind: 'ended', reason: 'planned' });
  });

  it('show a lost line, and every event of it after the re-request', () => {
    const text = talk('A line that got lost');
    const lost = linesOf(text).filter(({ way }) => way === 'x');
    expect(lost).to.have.length(1);
    const decoded = decodeLine(lost[0]!.line);
    if (!decoded.ok || decoded.message.kind !== 'events') throw new Error('the lost line holds no events');
    expect(said(text).filter(({ kind }) => kind === 'resend')).to.deep.equal([{ kind: 'resend', from: decoded.message.number }]);
    for (const event of decoded.message.events) expect(eventsOf(text)).to.deep.include(event);
  });

  it('show an overflow, a stop and the refusal of another version', () => {
    expect(eventsOf(talk('More events than can be kept')).some((event) => event.kind === 'overflow' && event.count > 0)).to.equal(true);
    expect(eventsOf(talk('Stop'))).to.deep.include.members([{ ...eventsOf(talk('Stop')).find(({ kind }) => kind === 'safe') }]);
    expect(eventsOf(talk('Stop')).at(-1)).to.include({ kind: 'ended', reason: 'aborted' });
    const other = talk('Another protocol version');
    expect(said(other).map((message) => (message.kind === 'hello' ? message.version : message.kind))).to.deep.equal([PROTOCOL_VERSION + 1]);
    expect(heard(other).map((message) => (message.kind === 'hello' ? message.version : message.kind))).to.deep.equal([PROTOCOL_VERSION]);
  });

  it('are left as they are while nothing they come from has changed, and made anew when it has', () => {
    expect(withTranscripts(PAGE, fail)).to.equal(PAGE);
    const stale = PAGE.replace(transcriptsHash(), '000000000000');
    expect(withTranscripts(stale, () => 'fresh\n'))
      .to.contain('fresh')
      .and.to.contain(transcriptsHash());
    expect(() => withTranscripts(stale, fail)).to.throw('made anew');
    expect(() => withTranscripts('no markers', fail)).to.throw('the page needs');
  });
});
