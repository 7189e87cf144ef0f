/** Which files a command line means: paths and folders to scenario sources, in a stable order, with every unreadable one named. */

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import type { RuleId } from '../../scenarios/rules.ts';
import { plainBytes } from './plain-file.ts';

/** A scenario has a few kilobytes; anything beyond this is refused unread. */
export const LARGEST_FILE_bytes = 1024 * 1024;

export interface ScenarioSource {
  /** As the user gave it, or below the folder the user gave. */
  readonly file: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface LoadedFiles {
  readonly sources: readonly ScenarioSource[];
  readonly issues: readonly Issue[];
}

const issue = (id: RuleId, file: string, message: string, hint: string): Issue => ({
  id,
  severity: 'error',
  file,
  line: 1,
  col: 1,
  message,
  hint,
});

const isScenario = (name: string): boolean => /\.ya?ml$/.test(name);

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(inside);
      return isScenario(entry.name) ? [inside] : [];
    });

const reason = (cause: unknown): string => {
  const code = (cause as { code?: string }).code;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES') return 'may not be read';
  return `cannot be read: ${(cause as Error).message}`;
};

/** Reads files and, for folders, every .yaml file below them. A problem with one does not hide the others. */
export const loadScenarioFiles = (paths: readonly string[]): LoadedFiles => {
  const sources: ScenarioSource[] = [];
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const given of paths) {
    let files: string[];
    try {
      files = statSync(given).isDirectory() ? filesBelow(given) : [given];
    } catch (cause) {
      issues.push(issue('file-missing', given, `${given} ${reason(cause)}.`, 'give a scenario file (.yaml) or a folder of them'));
      continue;
    }
    if (files.length === 0) issues.push(issue('folder-empty', given, `${given} holds no scenario file.`, 'scenario files end in .yaml'));
    for (const file of files) {
      const key = path.resolve(file);
      if (seen.has(key)) continue;
      seen.add(key);
      try {
        const { size } = statSync(file);
        if (size > LARGEST_FILE_bytes) {
          issues.push(
            issue('file-too-large', file, `${file} has ${size} bytes, more than ${LARGEST_FILE_bytes}.`, 'is this a scenario file?'),
          );
          continue;
        }
        sources.push({ file, path: key, bytes: plainBytes(file) });
      } catch (cause) {
        issues.push(issue('file-unreadable', file, `${file} ${reason(cause)}.`, 'a scenario is a plain file that may be read'));
      }
    }
  }
  return { sources, issues };
};
