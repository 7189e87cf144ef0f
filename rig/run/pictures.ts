/** The pictures that questions show, read from beside the scenario into its cases, so that a record and its report need no other file. */

import { statSync } from 'node:fs';
import path from 'node:path';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { RuleId } from '../../scenarios/rules.ts';
import { plainBytes } from './plain-file.ts';

/** Each case that asks carries its picture, and so does each report. */
export const LARGEST_PICTURE_bytes = 128 * 1024;

/** How each kind of picture begins. */
const KINDS: readonly (readonly [type: string, begins: RegExp])[] = [
  ['png', /^\u0089PNG\r\n/u],
  ['jpeg', /^\u00FF\u00D8\u00FF/u],
  ['gif', /^GIF8[79]a/u],
  ['webp', /^RIFF[^]{4}WEBP/u],
];
const LONGEST_BEGIN = 12;

type Picture = { readonly image: string } | Pick<Issue, 'id' | 'message' | 'hint'>;

const wrong = (id: RuleId, message: string, hint: string): Picture => ({ id, message, hint });

function load(file: string, picture: string): Picture {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_PICTURE_bytes) {
      const message = `the picture ${picture} has ${size} bytes, more than ${LARGEST_PICTURE_bytes}`;
      return wrong('picture-unfit', message, 'make it smaller: it is put into every report');
    }
    const bytes = plainBytes(file);
    const begin = bytes.subarray(0, LONGEST_BEGIN).toString('latin1');
    const type = KINDS.find(([, begins]) => begins.test(begin))?.[0];
    if (type !== undefined) return { image: `data:image/${type};base64,${bytes.toString('base64')}` };
    return wrong('picture-unfit', `${picture} is no picture that a report can show`, 'save it as PNG, JPEG, GIF or WebP');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return wrong('file-missing', `the picture ${picture} does not exist`, 'its path is relative to the scenario');
    return wrong('file-unreadable', `the picture ${picture} cannot be read: ${message}`, 'check its permissions');
  }
}

export interface Pictured {
  readonly cases: readonly Case[];
  /** Of a sweep the first case tells. */
  readonly issues: readonly Issue[];
}

const asks = ({ timeline }: Case): boolean => timeline.entries.some(({ do: { kind } }) => kind === 'barrier');

export function withPictures(cases: readonly Case[]): Pictured {
  const known = new Map<string, Picture>();
  const issues: Issue[] = [];
  const pictured = (entry: TimelineEntry): TimelineEntry => {
    const { do: action, place } = entry;
    if (action.kind !== 'barrier' || action.prompt.picture === null) return entry;
    const { picture } = action.prompt;
    const file = path.join(path.dirname(place.file), picture);
    const before = known.get(file);
    const found = before ?? load(file, picture);
    known.set(file, found);
    if ('image' in found) return { ...entry, do: { ...action, prompt: { ...action.prompt, image: found.image } } };
    if (before === undefined) issues.push({ severity: 'error', ...place, ...found });
    return entry;
  };
  return {
    cases: cases.map((one) => (asks(one) ? { ...one, timeline: { ...one.timeline, entries: one.timeline.entries.map(pictured) } } : one)),
    issues,
  };
}
