/** The transcripts of PROTOCOL.md as text: each line as it was on the wire, with what it says beneath. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FIXTURE_IMAGE, UNIT_IMAGE } from '../../rig/run/images.ts';
import { BENCH_NETLIST } from '../../rig/sim/circuit/stand-in-board.ts';
import { decodeCommand, decodeLine } from '../../rig/wire/codec.ts';
import { type Row, talkOf } from './talk.ts';
import { TALKS } from './talks.ts';

type Values = Readonly<Record<string, unknown>>;

const word = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(word).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const { kind, ...rest } = value as Values;
  return `(${[...(typeof kind === 'string' ? [kind] : []), ...pairs(rest)].join(' ')})`;
};
const pairs = (values: Values): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => (Array.isArray(value) && value.length === 0 ? [] : [`${name} ${word(value)}`]));

/** `set seq 1 id 1 when (at tick 5012) mask 15 value 15`. */
export const wordsOf = ({ way, line }: Pick<Row, 'way' | 'line'>): string => {
  const decoded = way === '>' ? decodeCommand(line) : decodeLine(line);
  if (!decoded.ok) throw new Error(`${line}: ${decoded.reason}`);
  const { kind, ...rest } = decoded.message as Values & { readonly kind: string };
  return [kind, ...pairs(rest)].join(' ');
};

const rowText = (row: Row): string => {
  if (row.way === '') return `  -- ${row.note}`;
  const lines = [`${row.way} ${row.line}`, `      ${wordsOf(row)}`];
  if (row.note !== '') lines.push(`      -- ${row.note}`);
  return lines.join('\n');
};

const HERE = ['talk.ts', 'talks.ts', 'page.ts', '../../rig/wire/messages.ts', '../../rig/wire/codec.ts'];

/** Of all that the transcripts come from, but for the emulator: images, circuit, wire, what is said. */
export const transcriptsHash = (): string => {
  const hash = createHash('sha256').update(JSON.stringify(BENCH_NETLIST));
  for (const file of [FIXTURE_IMAGE, UNIT_IMAGE, ...HERE.map((name) => new URL(name, import.meta.url))])
    hash.update(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
  return hash.digest('hex').slice(0, 12);
};

export const transcriptsText = async (): Promise<string> => {
  const parts: string[] = [];
  for (const { title, about, hold } of TALKS) {
    const rows = await talkOf(hold);
    parts.push(`### ${title}\n\n${about}\n\n\`\`\`text\n${rows.map(rowText).join('\n')}\n\`\`\`\n`);
  }
  return parts.join('\n');
};

const BEGIN = /<!-- transcripts of ([0-9a-f]*): generated, do not edit -->\n/u;
const END = '<!-- end of the transcripts -->';

/** The page as it is where nothing that its transcripts come from has changed, else with new ones. `make` gives them. */
export const withTranscripts = (page: string, make: () => string): string => {
  const found = BEGIN.exec(page);
  const end = page.indexOf(END);
  if (found === null || end < found.index)
    throw new Error(`the page needs "<!-- transcripts of : generated, do not edit -->" and "${END}"`);
  const hash = transcriptsHash();
  if (found[1] === hash) return page;
  return `${page.slice(0, found.index)}<!-- transcripts of ${hash}: generated, do not edit -->\n\n${make()}\n${page.slice(end)}`;
};
