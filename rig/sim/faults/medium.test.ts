import { expect } from 'chai';
import { randomStream } from '../random.ts';
import type { Spoiling } from './fault.ts';
import { Medium, type SpoiledTransfer } from './medium.ts';

const LINES = Array.from({ length: 400 }, (_, index) => `line ${String(index).padStart(4, '0')}\n`);
const LINE_BYTES = LINES[0]!.length;

/** What one spoiling makes of 400 lines, a line a transfer. */
const through = (spoiling: Spoiling, seed = 1): readonly SpoiledTransfer[] => {
  const medium = new Medium(randomStream(seed, 'medium'));
  medium.begin(spoiling);
  return LINES.map((line) => medium.pass(Buffer.from(line)));
};
const bytesOf = (transfers: readonly SpoiledTransfer[]): Buffer =>
  Buffer.concat(transfers.flatMap(({ deliveries }) => deliveries.map(({ bytes }) => bytes)));
const textOf = (transfers: readonly SpoiledTransfer[]): string => bytesOf(transfers).toString('latin1');
const ALL = LINES.join('');

const sorted = (some: string): Uint8Array => Uint8Array.from(Buffer.from(some)).toSorted();

/** Far from impossible for `share` of `count`. */
const about = (share: number, count: number): readonly [number, number] => [share * count * 0.6, share * count * 1.4];

describe('faulty cable, one direction', () => {
  it('carries everything at once and as it is while nothing spoils it', () => {
    const medium = new Medium(randomStream(1, 'medium'));
    const bytes = Buffer.from('as it is\n');
    expect(medium.pass(bytes)).to.deep.equal({ deliveries: [{ bytes, late_ms: 0, inOrder: true }], echo: null });
  });

  it('drops its share of the bytes, and the rest stays in order', () => {
    const text = textOf(through({ how: 'drop', share: 0.05 }));
    expect(ALL.length - text.length).to.be.within(...about(0.05, ALL.length));
    let at = 0;
    for (const character of text) {
      at = ALL.indexOf(character, at) + 1;
      expect(at).to.be.greaterThan(0);
    }
  });

  it('doubles its share of the bytes, each beside itself', () => {
    const text = textOf(through({ how: 'duplicate', share: 0.05 }));
    expect(text.length - ALL.length).to.be.within(...about(0.05, ALL.length));
    let at = 0;
    for (const character of text) if (ALL[at] === character) at += 1;
    expect(at).to.equal(ALL.length);
  });

  it('turns one bit in its share of the bytes', () => {
    const bytes = bytesOf(through({ how: 'flip', share: 0.05 }));
    expect(bytes.length).to.equal(ALL.length);
    const turned = [...bytes].map((byte, index) => byte ^ ALL.charCodeAt(index)).filter((difference) => difference !== 0);
    expect(turned.length).to.be.within(...about(0.05, ALL.length));
    expect(turned.every((difference) => (difference & (difference - 1)) === 0)).to.equal(true);
  });

  it('exchanges neighbours, also over the end of a transfer, and loses none', () => {
    const text = textOf(through({ how: 'swap', share: 0.05 }));
    expect(ALL.length - text.length).to.be.within(0, 1);
    const moved = Array.from(text, (character, index) => character !== ALL[index]).filter(Boolean).length;
    expect(moved).to.be.greaterThan(0.05 * ALL.length);
    expect(sorted(text)).to.deep.equal(sorted(ALL).slice(-text.length));
  });

  it('puts bytes between, newlines among them', () => {
    const text = textOf(through({ how: 'noise', share: 0.05 }));
    expect(text.length).to.be.greaterThan(ALL.length * 1.05);
    expect(text.split('\n').length).to.be.greaterThan(LINES.length + 10);
  });

  it('loses whole lines, their newlines too', () => {
    const left = textOf(through({ how: 'dropLine', share: 0.1 }))
      .split('\n')
      .slice(0, -1);
    expect(LINES.length - left.length).to.be.within(...about(0.1, LINES.length));
    expect(left.every((line) => LINES.includes(`${line}\n`))).to.equal(true);
  });

  it('repeats whole lines, each behind itself', () => {
    const lines = textOf(through({ how: 'doubleLine', share: 0.1 }))
      .split('\n')
      .slice(0, -1);
    expect(lines.length - LINES.length).to.be.within(...about(0.1, LINES.length));
    expect(lines.filter((one, index) => one !== lines[index - 1])).to.deep.equal(LINES.map((one) => one.trimEnd()));
  });

  it('hands whole lines to whoever rewrites them, also those that came in pieces', () => {
    const medium = new Medium(randomStream(1, 'medium'));
    medium.rewrite((line) => line.toUpperCase());
    const passed = ['ab', 'c\nde', 'f\n'].map((piece) => medium.pass(Buffer.from(piece)));
    expect(passed.map((one) => textOf([one]))).to.deep.equal(['', 'ABC\n', 'DEF\n']);
  });

  it('delays its share of the transfers, and says whether what follows waits', () => {
    for (const how of ['hold', 'overtaken'] as const) {
      const late = through({ how, share: 0.2, late_ms: [5, 10] })
        .flatMap(({ deliveries }) => deliveries)
        .filter(({ late_ms }) => late_ms > 0);
      expect(late.length).to.be.within(...about(0.2, LINES.length));
      expect(late.every(({ late_ms, inOrder }) => late_ms >= 5 && late_ms <= 10 && inOrder === (how === 'hold'))).to.equal(true);
    }
  });

  it('sends back what it carries where it echoes', () => {
    const [first] = through({ how: 'echo' });
    expect(Buffer.from(first!.echo!).toString()).to.equal(LINES[0]);
    expect(textOf([first!])).to.equal(LINES[0]);
  });

  it('is itself again when the spoiling ends, and owes no byte', () => {
    const medium = new Medium(randomStream(1, 'medium'));
    const spoiling: Spoiling = { how: 'swap', share: 1 };
    medium.begin(spoiling);
    const before = medium.pass(Buffer.from('abc'));
    medium.end(spoiling);
    const after = medium.pass(Buffer.from('def'));
    expect(textOf([before, after])).to.equal('bacdef');
  });

  it('spoils the same bytes for the same seed, others for another', () => {
    const spoiling: Spoiling = { how: 'flip', share: 0.01 };
    expect(textOf(through(spoiling, 7))).to.equal(textOf(through(spoiling, 7)));
    expect(textOf(through(spoiling, 7))).not.to.equal(textOf(through(spoiling, 8)));
    expect(LINE_BYTES).to.equal(10);
  });
});
