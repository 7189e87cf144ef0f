/** Reads golden.txt: the lines that host and firmware are both tested against. */

import { readFileSync } from 'node:fs';
import type { FixtureMessage, HostMessage } from './messages.ts';

export type GoldenLine =
  | { readonly towards: 'fixture'; readonly line: string; readonly message: HostMessage }
  | { readonly towards: 'host'; readonly line: string; readonly message: FixtureMessage };

/** Every golden line, newline included, with the fields it stands for. */
export function goldenLines(): readonly GoldenLine[] {
  const text = readFileSync(new URL('golden.txt', import.meta.url), 'latin1');
  return text.split('\n').flatMap((row): GoldenLine[] => {
    const match = /^([<>]) (\S+) +(\{.*\})$/.exec(row);
    if (!match) return [];
    const [, direction, body, json = ''] = match;
    const line = `${body}\n`;
    return direction === '>'
      ? [{ towards: 'fixture', line, message: JSON.parse(json) as HostMessage }]
      : [{ towards: 'host', line, message: JSON.parse(json) as FixtureMessage }];
  });
}
