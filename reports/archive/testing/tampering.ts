/** Chains that were tampered with, drawn from a source of chance: what was done, to which run, and what an examination has to say of it. */

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  type ChainEntry,
  entryLine,
  firstPrev,
  hashOfEntry,
  keyId,
  sha256Of,
  signEntry,
  signHead,
  type SigningKey,
} from '../chain/entry.ts';
import type { Evidence } from '../chain/examine.ts';
import type { ChainProblem } from '../../shape/archive.ts';

export const testKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { id: keyId(publicKey), privateKey, publicKey };
};

const ARCHIVE = '22222222-2222-4222-8222-222222222222';
const FILES = ['record.json', 'junit.xml', 'report.html', 'trace.vcd', 'journal.jsonl'];

interface Spoilable {
  lines: string[];
  readonly folders: Map<string, Record<string, string>>;
}

export interface Chain {
  readonly key: SigningKey;
  readonly evidence: Evidence;
}

const runName = (index: number): string => `20260302-1200${String(index).padStart(2, '0')}-000a`;

export const soundChain = (count: number, key: SigningKey): Chain => {
  const entries: ChainEntry[] = [];
  const folders = new Map<string, Record<string, string>>();
  for (let n = 1; n <= count; n += 1) {
    const run = runName(n);
    const files = Object.fromEntries(FILES.map((name) => [name, sha256Of(`${run} ${name}`)]));
    folders.set(run, files);
    const prev = n === 1 ? firstPrev(ARCHIVE) : hashOfEntry(entries.at(-1)!);
    entries.push(signEntry({ n, archive: ARCHIVE, run, files, prev }, key));
  }
  const heads = count === 0 ? [] : [signHead(entries.at(-1)!, key)];
  const lines = entries.map((entry) => entryLine(entry).trimEnd());
  return { key, evidence: { archive: ARCHIVE, lines, keys: new Map<string, KeyObject>([[key.id, key.publicKey]]), heads, folders } };
};

export interface Tampered {
  readonly what: string;
  readonly evidence: Evidence;
  /** Runs (or links) of which at least one has to be named, each with a kind of these. */
  readonly names: readonly string[];
  readonly kinds: readonly ChainProblem['kind'][];
  /** Nobody else may be named. */
  readonly touched: readonly string[];
}

type Draw = (count: number) => number;
type Tampering = (chain: Spoilable, draw: Draw, key: SigningKey) => Omit<Tampered, 'evidence'>;

const entryAt = ({ lines }: Spoilable, index: number): ChainEntry => JSON.parse(lines[index]!) as ChainEntry;
const two = (draw: Draw, count: number): readonly [number, number] => {
  const one = draw(count);
  const other = (one + 1 + draw(count - 1)) % count;
  return one < other ? [one, other] : [other, one];
};
const named = (what: string, runs: readonly string[], ...kinds: ChainProblem['kind'][]) => ({ what, names: runs, touched: runs, kinds });

const changeFile: Tampering = (chain, draw) => {
  const { run } = entryAt(chain, draw(chain.lines.length));
  const file = FILES[draw(FILES.length)]!;
  chain.folders.get(run)![file] = sha256Of('something else');
  return named(`${file} changed`, [run], 'changed');
};
const removeFile: Tampering = (chain, draw) => {
  const { run } = entryAt(chain, draw(chain.lines.length));
  const file = FILES[1 + draw(FILES.length - 1)]!;
  delete chain.folders.get(run)![file];
  return named(`${file} deleted`, [run], 'changed');
};
const changeLink: Tampering = (chain, draw) => {
  const index = draw(chain.lines.length);
  const entry = entryAt(chain, index);
  const { run } = entry;
  const changed = [
    { ...entry, files: { ...entry.files, 'record.json': sha256Of('forged') } },
    { ...entry, sig: Buffer.alloc(64).toString('base64') },
    { ...entry, prev: sha256Of('elsewhere') },
    { ...entry, archive: 'another' },
  ][draw(4)]!;
  chain.lines[index] = JSON.stringify(changed);
  return named('a link rewritten', [run], 'changed');
};
/** Record and link agree, and the link is signed by a key that is not the station's. */
const forgeRecord: Tampering = (chain, draw) => {
  const index = draw(chain.lines.length);
  const entry = entryAt(chain, index);
  const files = { ...entry.files, 'record.json': sha256Of('forged') };
  chain.folders.set(entry.run, files);
  const forged = signEntry({ ...entry, files }, testKey());
  chain.lines[index] = JSON.stringify(draw(2) === 0 ? forged : { ...forged, key: entry.key });
  return named('record and link forged', [entry.run], 'changed');
};
const byteOfLine: Tampering = (chain, draw) => {
  const index = draw(chain.lines.length);
  const { run } = entryAt(chain, index);
  const line = chain.lines[index]!;
  const at = draw(line.length);
  chain.lines[index] = `${line.slice(0, at)}${line[at] === '7' ? '3' : '7'}${line.slice(at + 1)}`;
  // The name of the run itself may be what was hit.
  const claimed = /"run":"([^"]*)"/.exec(chain.lines[index])?.[1];
  const runs = [run, `line ${index + 1}`, ...(claimed === undefined ? [] : [claimed])];
  return named('one byte of the chain', runs, 'changed', 'inserted', 'removed');
};
const deleteAll: Tampering = (chain, draw) => {
  const index = draw(chain.lines.length);
  const { run, n } = entryAt(chain, index);
  const last = index === chain.lines.length - 1;
  chain.lines.splice(index, 1);
  chain.folders.delete(run);
  return named('link and folder deleted', last ? [run] : [`link ${n}`], last ? 'truncated' : 'removed');
};
const deleteFolder: Tampering = (chain, draw) => {
  const { run } = entryAt(chain, draw(chain.lines.length));
  chain.folders.delete(run);
  return named('folder deleted', [run], 'removed');
};
const deleteLink: Tampering = (chain, draw) => {
  const index = draw(chain.lines.length);
  const { run } = entryAt(chain, index);
  const last = index === chain.lines.length - 1;
  chain.lines.splice(index, 1);
  return named('link deleted', [run], last ? 'truncated' : 'removed');
};
const insertFolder: Tampering = (chain, draw) => {
  const run = `${runName(draw(chain.lines.length + 1))}-b`;
  chain.folders.set(run, Object.fromEntries(FILES.map((name) => [name, sha256Of(`new ${name}`)])));
  return named('folder added', [run], 'inserted');
};
const insertLink: Tampering = (chain, draw) => {
  const at = draw(chain.lines.length + 1);
  const run = `${runName(at)}-b`;
  const files = Object.fromEntries(FILES.map((name) => [name, sha256Of(`new ${name}`)]));
  chain.folders.set(run, files);
  const prev = at === 0 ? firstPrev(ARCHIVE) : hashOfEntry(entryAt(chain, at - 1));
  const forged = signEntry({ n: at + 1, archive: ARCHIVE, run, files, prev }, testKey());
  chain.lines.splice(at, 0, JSON.stringify(forged));
  return named('folder and link added', [run], 'inserted', 'changed');
};
const doubleLink: Tampering = (chain, draw) => {
  const index = draw(chain.lines.length);
  const { run } = entryAt(chain, index);
  chain.lines.splice(draw(chain.lines.length + 1), 0, chain.lines[index]!);
  return named('a link doubled', [run], 'inserted', 'swapped');
};
const swapLinks: Tampering = (chain, draw) => {
  const [one, other] = two(draw, chain.lines.length);
  const runs = [entryAt(chain, one).run, entryAt(chain, other).run];
  [chain.lines[one], chain.lines[other]] = [chain.lines[other]!, chain.lines[one]!];
  // Of neighbours either may count as the one that was moved; between others all that lies between may.
  const between = chain.lines.slice(one, other + 1).map((_, index) => entryAt(chain, one + index).run);
  return { what: 'two links swapped', names: runs, touched: between, kinds: ['swapped'] };
};
const swapFolders: Tampering = (chain, draw) => {
  const [one, other] = two(draw, chain.lines.length).map((index) => entryAt(chain, index).run) as [string, string];
  const kept = chain.folders.get(one)!;
  chain.folders.set(one, chain.folders.get(other)!);
  chain.folders.set(other, kept);
  return named('two folders swapped', [one, other], 'swapped');
};
const truncate: Tampering = (chain, draw) => {
  const cut = 1 + draw(chain.lines.length);
  const runs = chain.lines.slice(-cut).map((_, index) => entryAt(chain, chain.lines.length - cut + index).run);
  const folders = draw(3);
  chain.lines = chain.lines.slice(0, -cut);
  if (folders === 0) for (const run of runs) chain.folders.delete(run);
  // Of what left no folder only the last is known by name.
  const names = folders === 0 ? [runs.at(-1)!] : runs;
  return { what: `the last ${cut} links cut off`, names, touched: runs, kinds: ['truncated'] };
};
const cutInLine: Tampering = (chain) => {
  const index = chain.lines.length - 1;
  const { run } = entryAt(chain, index);
  chain.lines[index] = chain.lines[index]!.slice(0, 40);
  return named('the last line cut', [run, `line ${index + 1}`], 'changed', 'truncated', 'inserted');
};

export const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  changeFile,
  removeFile,
  changeLink,
  forgeRecord,
  byteOfLine,
  deleteAll,
  deleteFolder,
  deleteLink,
  insertFolder,
  insertLink,
  doubleLink,
  swapLinks,
  swapFolders,
  truncate,
  cutInLine,
};

/** `draw(count)` gives a whole number below it. */
export const tamper = (kind: keyof typeof TAMPERINGS, { evidence, key }: Chain, draw: Draw): Tampered => {
  const copy: Spoilable = {
    lines: [...evidence.lines],
    folders: new Map([...evidence.folders].map(([run, files]) => [run, { ...files }])),
  };
  const done = TAMPERINGS[kind]!(copy, draw, key);
  return { ...done, evidence: { ...evidence, lines: copy.lines, folders: copy.folders } };
};

/** What an examination missed or accused wrongly; null where it did well. */
export const missed = ({ what, names, kinds, touched }: Tampered, problems: readonly ChainProblem[]): string | null => {
  if (!problems.some(({ run, kind }) => names.includes(run) && kinds.includes(kind)))
    return `${what}: nothing of ${names.join(', ')} in ${JSON.stringify(problems)}`;
  const accused = problems.filter(({ run }) => !touched.includes(run));
  return accused.length === 0 ? null : `${what}: also named ${JSON.stringify(accused)}`;
};
