import { expect } from 'chai';
import { ReadlineParser } from '@serialport/parser-readline';
import { LengthLimiter, MAX_LINE_BYTES } from './length-limiter.ts';

const throughParser = async (chunks: readonly (string | Buffer)[]): Promise<{ lines: string[]; limiter: LengthLimiter }> => {
  const limiter = new LengthLimiter();
  const lines: string[] = [];
  const parser = limiter.pipe(new ReadlineParser({ delimiter: '\n', encoding: 'latin1' }));
  parser.on('data', (line: string) => lines.push(line));
  for (const chunk of chunks) limiter.write(chunk, 'latin1');
  await new Promise<void>((resolve) => {
    parser.on('end', resolve);
    limiter.end();
  });
  return { lines, limiter };
};

describe('length limiter', () => {
  it('passes lines on as they are, however they are divided into chunks', async () => {
    for (const chunks of [['one\ntwo\n\nthree\n'], 'one\ntwo\n\nthree\n'.split(''), ['on', 'e\ntw', 'o\n\nthree\n']]) {
      const { lines, limiter } = await throughParser(chunks);
      expect(lines).to.deep.equal(['one', 'two', 'three']);
      expect(limiter.cutLines).to.equal(0);
    }
  });

  it('lets a line of exactly the limit pass and cuts one of one more, once', async () => {
    const longest = 'x'.repeat(MAX_LINE_BYTES - 1);
    const { lines, limiter } = await throughParser([`${longest}\n`, `${longest}y\n`, 'after\n']);
    expect(lines).to.deep.equal([longest, longest, 'after']);
    expect(limiter.cutLines).to.equal(1);
  });

  it('cuts a line that comes in many chunks at the same place', async () => {
    const { lines, limiter } = await throughParser(['z'.repeat(150), 'z'.repeat(49), ...'z'.repeat(301).split(''), '\n', 'after\n']);
    expect(lines).to.deep.equal(['z'.repeat(MAX_LINE_BYTES - 1), 'after']);
    expect(limiter.cutLines).to.equal(1);
  });

  it('keeps all 256 byte values', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value).filter((value) => value !== 10));
    const { lines } = await throughParser([bytes.subarray(0, 150), '\n', bytes.subarray(150), '\n']);
    expect(lines.map((line) => [...Buffer.from(line, 'latin1')]).flat()).to.deep.equal([...bytes]);
  });

  it('passes at most one line on of 15 MB without a newline', async () => {
    const { lines, limiter } = await throughParser(Array.from({ length: 240 }, () => Buffer.alloc(65_536, 0x55)));
    expect(lines.join('').length).to.equal(MAX_LINE_BYTES - 1);
    expect(limiter.receivedBytes).to.equal(240 * 65_536);
    expect(limiter.cutLines).to.equal(1);
    expect(limiter.glimpse).to.equal('U'.repeat(48));
  });
});
