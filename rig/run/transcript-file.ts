/** How the transcripts of a run are written down: one JSON value a line, an attempt's head and then its lines as they went over the wire. */

import { createHash } from 'node:crypto';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { CaseTranscript } from '../bench/case-transcript.ts';
import type { TranscriptLine } from '../link/transcript.ts';

export interface KeptTranscript {
  /** As run. JSON of the record says null where an end is open; this keeps it. */
  readonly testCase: Case;
  /** From 1. */
  readonly attempt: number;
  readonly transcript: CaseTranscript;
}

const FORM = 'bms-rig/transcript/1';

const WAYS = { s: 'sent', r: 'received', a: 'aside' } as const satisfies Record<string, TranscriptLine['way']>;
const LETTERS = { sent: 's', received: 'r', aside: 'a' } as const satisfies Record<TranscriptLine['way'], string>;

/** JSON knows no infinity. The value itself where it has none. */
const finite = (value: unknown): unknown => {
  if (value === Infinity || value === -Infinity) return { infinite: value > 0 ? 1 : -1 };
  if (typeof value !== 'object' || value === null) return value;
  let made: Record<string, unknown> | unknown[] | null = null;
  for (const [key, member] of Object.entries(value)) {
    const kept = finite(member);
    if (kept === member) continue;
    made ??= Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    (made as Record<string, unknown>)[key] = kept;
  }
  return made ?? value;
};
const toJson = (value: unknown): string => JSON.stringify(finite(value));
const fromJson = (text: string): unknown =>
  JSON.parse(text, (_, member: unknown) => {
    const sign: unknown = typeof member === 'object' && member !== null ? (member as { infinite?: unknown }).infinite : undefined;
    return typeof sign === 'number' ? sign * Infinity : member;
  });

/** A line on the wire as it is written down. */
export const lineRow = ({ way, at_ms, line }: TranscriptLine): readonly unknown[] => [LETTERS[way], at_ms, line];

const attemptText = ({ testCase, attempt, transcript: { lines, ...rest } }: KeptTranscript): string =>
  [
    toJson({ attempt, count: lines.length, transcript: rest, testCase }),
    // Texts and a time: nothing infinite to look for in each of thousands.
    ...lines.map((line) => JSON.stringify(lineRow(line))),
    '',
  ].join('\n');

/** Asked for twice: when the attempt is over, for the journal, and at the end of its run. */
const known = new WeakMap<CaseTranscript, { readonly of: KeptTranscript; readonly text: string }>();
const knownText = (kept: KeptTranscript): string => {
  const before = known.get(kept.transcript);
  if (before?.of.attempt === kept.attempt && before.of.testCase === kept.testCase) return before.text;
  const text = attemptText(kept);
  known.set(kept.transcript, { of: kept, text });
  return text;
};

export const transcriptText = (kept: readonly KeptTranscript[]): string => [`${toJson({ form: FORM })}\n`, ...kept.map(knownText)].join('');

/** sha256 of the text, as the record keeps it. */
export const transcriptHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What is wrong with a text of transcripts, at which of its lines (from 1). */
export class TranscriptDamaged extends Error {
  readonly line: number;
  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`);
    this.name = 'TranscriptDamaged';
    this.line = line;
  }
}

interface Head {
  readonly attempt: number;
  /** Lines that follow. */
  readonly count: number;
  readonly transcript: Omit<CaseTranscript, 'lines'>;
  readonly testCase: Case;
}

/** Throws TranscriptDamaged. Where the hash was compared first, only a text of another form is refused here. */
export const readTranscripts = (text: string): readonly KeptTranscript[] => {
  const rows = text.split('\n');
  const valueAt = (index: number): unknown => {
    try {
      return fromJson(rows[index] ?? '');
    } catch (cause) {
      throw new TranscriptDamaged(index + 1, (cause as Error).message);
    }
  };
  const { form } = valueAt(0) as { readonly form?: unknown };
  if (form !== FORM) throw new TranscriptDamaged(1, `this rig knows ${FORM}, not ${String(form)}`);
  const kept: KeptTranscript[] = [];
  for (let at = 1; at < rows.length - 1;) {
    const { attempt, count, transcript, testCase } = valueAt(at) as Head;
    if (at + count >= rows.length) throw new TranscriptDamaged(rows.length, `${at + count + 1 - rows.length} lines are missing`);
    const lines = rows.slice(at + 1, at + 1 + count).map((_, index): TranscriptLine => {
      const [letter, at_ms, line] = valueAt(at + 1 + index) as readonly [keyof typeof WAYS, TranscriptLine['at_ms'], string];
      return { way: WAYS[letter], at_ms, line };
    });
    kept.push({ testCase, attempt, transcript: { ...transcript, lines } });
    at += count + 1;
  }
  return kept;
};
