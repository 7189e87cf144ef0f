/** Holds a chain against what is on disk, and names each record that was changed, removed, inserted, swapped or cut off. */

import type { KeyObject } from 'node:crypto';
import type { ChainProblem } from '../../shape/archive.ts';
import { type ChainEntry, type EntryBody, entryLine, firstPrev, hashOfEntry, type Head, isSignedBy, parseEntry } from './entry.ts';

export interface Evidence {
  readonly archive: string;
  /** Of the chain's file, without line breaks. */
  readonly lines: readonly string[];
  /** By id: those that the archive holds and those the reader brought along. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Where stations say that the chain ended; each signature was looked at. */
  readonly heads: readonly Head[];
  /** Of each run folder with a record the sha256 of its files. */
  readonly folders: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const RECORD = 'record.json';
/** More links missing in one place are named together. */
const MOST_GAPS = 1_000;
const quoted = (names: readonly string[]): string => names.join(', ');

interface Examined {
  /** By number: links whose signature holds, the first of each number. */
  readonly sound: ReadonlyMap<number, ChainEntry>;
  readonly problems: readonly ChainProblem[];
  /** Runs that some link names, sound or not. */
  readonly named: ReadonlySet<string>;
  /** Links that cannot be read or whose signature does not hold, by the number that they have or should have. */
  readonly spoilt: ReadonlySet<number>;
}

/** Places of the longest ascending choice among the numbers; what is not in it was moved or doubled. In n log n: chains are long. */
const inOrder = (numbers: readonly number[]): ReadonlySet<number> => {
  const from = numbers.map(() => -1);
  /** Place of the smallest end of an ascending choice of each length. */
  const ends: number[] = [];
  for (const [at, n] of numbers.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]!]! < n) low = middle + 1;
      else high = middle;
    }
    from[at] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = at;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = from[at]!) kept.add(at);
  return kept;
};

const examineLines = ({ archive, lines, keys }: Evidence): Examined => {
  const sound = new Map<number, ChainEntry>();
  const problems: ChainProblem[] = [];
  const named = new Set<string>();
  const spoilt = new Set<number>();
  const unsound: { readonly at: number; readonly entry: ChainEntry | null }[] = [];
  const signed: { readonly at: number; readonly entry: ChainEntry }[] = [];
  for (const [index, line] of lines.entries()) {
    const entry = parseEntry(line);
    const key = entry === null ? undefined : keys.get(entry.key);
    if (entry !== null) named.add(entry.run);
    // Byte for byte as it was written: not every byte of a signature's text has a meaning.
    const isWhole = entry !== null && key !== undefined && entry.archive === archive && entryLine(entry) === `${line}\n`;
    if (!isWhole || !isSignedBy(entry, key)) unsound.push({ at: index + 1, entry });
    else {
      sound.set(entry.n, entry);
      signed.push({ at: index + 1, entry });
    }
  }
  const kept = inOrder(signed.map(({ entry }) => entry.n));
  const placed = new Set([...kept].map((place) => signed[place]!.entry.n));
  for (const [place, { at, entry }] of signed.entries()) {
    if (kept.has(place)) continue;
    const doubled = placed.has(entry.n);
    const text = doubled
      ? `line ${at} of the chain is a second copy of link ${entry.n}`
      : `link ${entry.n} of the chain is not at its place`;
    problems.push({ run: entry.run, kind: doubled ? 'inserted' : 'swapped', text });
    placed.add(entry.n);
  }
  for (const { at, entry } of unsound) {
    // Its place counts, and not the number it gives itself, unless that place is taken.
    const n = sound.has(at) ? (entry?.n ?? at) : at;
    // Where the link of this number is there and sound, this one is an addition to it.
    if (sound.has(n) || spoilt.has(n)) {
      problems.push({ run: entry?.run ?? `line ${at}`, kind: 'inserted', text: `line ${at} of the chain is not signed by the station` });
      continue;
    }
    spoilt.add(n);
    const why = entry === null ? 'cannot be read' : 'does not have the signature of the station';
    problems.push({ run: entry?.run ?? `line ${at}`, kind: 'changed', text: `its link, line ${at} of the chain, ${why}` });
  }
  return { sound, problems, named, spoilt };
};

/** A link as it must have been, were it that of this folder. */
const wouldBe = (n: number, run: string, files: Readonly<Record<string, string>>, prev: string, like: EntryBody): string =>
  hashOfEntry({ n, archive: like.archive, run, files, prev, key: like.key });

/** The folder whose link is gone: found by what the link after it says of it. */
const runOfGap = (n: number, { sound }: Examined, { archive, folders }: Evidence, free: ReadonlySet<string>): string | null => {
  const after = sound.get(n + 1);
  const prev = n === 1 ? firstPrev(archive) : sound.get(n - 1) === undefined ? null : hashOfEntry(sound.get(n - 1)!);
  if (after === undefined || prev === null) return null;
  for (const run of free) if (wouldBe(n, run, folders.get(run)!, prev, after) === after.prev) return run;
  return null;
};

const gaps = (
  evidence: Evidence,
  examined: Examined,
): { readonly problems: readonly ChainProblem[]; readonly claimed: ReadonlySet<string> } => {
  const { sound, named, spoilt } = examined;
  const { folders, heads } = evidence;
  const claimed = new Set<string>();
  const free = new Set([...folders.keys()].filter((run) => !named.has(run)));
  const known = [...new Set([0, ...sound.keys(), ...spoilt])].toSorted((a, b) => a - b);
  const last = known.at(-1)!;
  const problems: ChainProblem[] = [];
  for (const [index, after] of known.entries()) {
    const first = (known[index - 1] ?? after) + 1;
    const ends = [
      sound.get(first - 1)?.run ?? (first === 1 ? 'its beginning' : `link ${first - 1}`),
      sound.get(after)?.run ?? `link ${after}`,
    ];
    const between = `between ${ends[0]} and ${ends[1]}`;
    // Whoever forges a number could make it any.
    if (after - first > MOST_GAPS)
      problems.push({ run: `link ${first}`, kind: 'removed', text: `links ${first} to ${after - 1} of the chain are missing, ${between}` });
    else
      for (let n = first; n < after; n += 1) {
        const run = runOfGap(n, examined, evidence, free);
        if (run !== null) claimed.add(run);
        problems.push({ run: run ?? `link ${n}`, kind: 'removed', text: `link ${n} of the chain is missing, ${between}` });
      }
  }
  const furthest = heads.toSorted((a, b) => b.n - a.n)[0];
  if (furthest !== undefined && furthest.n > last) {
    const lost = furthest.n - last;
    const left = [...free].filter((run) => !claimed.has(run)).toSorted();
    // Runs are named by their time: those that were cut off are the last ones, and the folder of the very last is known.
    const cut = folders.has(furthest.run) ? left.slice(-lost) : [...left.slice(-(lost - 1) || left.length), furthest.run];
    for (const run of cut) claimed.add(run);
    const runs = cut.length === 0 ? [furthest.run] : cut;
    for (const run of runs)
      problems.push({
        run,
        kind: 'truncated',
        text: `the chain ends at link ${last}, and the station signed ${furthest.n}: ${lost} ${lost === 1 ? 'is' : 'are'} cut off`,
      });
  }
  for (const head of heads) {
    const entry = sound.get(head.n);
    if (entry !== undefined && hashOfEntry(entry) !== head.hash)
      problems.push({
        run: entry.run,
        kind: 'changed',
        text: `link ${head.n} of the chain is not the one that the station signed last (${head.run})`,
      });
  }
  return { problems, claimed };
};

const links = ({ archive }: Evidence, { sound }: Examined): readonly ChainProblem[] =>
  [...sound.values()].flatMap((entry): readonly ChainProblem[] => {
    const before = sound.get(entry.n - 1);
    const wanted = entry.n === 1 ? firstPrev(archive) : before === undefined ? null : hashOfEntry(before);
    return wanted === null || wanted === entry.prev
      ? []
      : [
          {
            run: before?.run ?? entry.run,
            kind: 'changed',
            text: `link ${entry.n - 1} of the chain is not the one that link ${entry.n} follows`,
          },
        ];
  });

const contents = ({ folders }: Evidence, { sound }: Examined): readonly ChainProblem[] => {
  const byRecord = new Map([...sound.values()].map((entry) => [entry.files[RECORD], entry.run]));
  return [...sound.values()].flatMap(({ run, files }): readonly ChainProblem[] => {
    const found = folders.get(run);
    if (found === undefined) return [{ run, kind: 'removed', text: 'the folder of the run has no record any more' }];
    const other = byRecord.get(found[RECORD]);
    if (found[RECORD] !== files[RECORD] && other !== undefined)
      return [{ run, kind: 'swapped', text: `${RECORD} is that of run ${other}` }];
    const changed = Object.keys(files).filter((name) => found[name] !== undefined && found[name] !== files[name]);
    const missing = Object.keys(files).filter((name) => found[name] === undefined);
    const added = Object.keys(found).filter((name) => files[name] === undefined);
    const parts = [
      ...(changed.length > 0 ? [`${quoted(changed)} changed since the run ended`] : []),
      ...(missing.length > 0 ? [`${quoted(missing)} missing`] : []),
      ...(added.length > 0 ? [`${quoted(added)} added`] : []),
    ];
    return parts.length === 0 ? [] : [{ run, kind: 'changed', text: parts.join('; ') }];
  });
};

/** Every problem, in the order of the runs' names. */
export const examine = (evidence: Evidence): readonly ChainProblem[] => {
  const examined = examineLines(evidence);
  const open = gaps(evidence, examined);
  const strangers = [...evidence.folders.keys()]
    .filter((run) => !examined.named.has(run) && !open.claimed.has(run))
    .map((run): ChainProblem => ({ run, kind: 'inserted', text: 'no link of the chain knows this record' }));
  const all = [...examined.problems, ...open.problems, ...links(evidence, examined), ...contents(evidence, examined), ...strangers];
  return all.toSorted((a, b) => (a.run < b.run ? -1 : a.run > b.run ? 1 : 0));
};
