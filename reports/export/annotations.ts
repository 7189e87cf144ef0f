/** What a run found, at the lines of the scenarios it was found by, as GitHub and GitLab show it beside the code. */

import { createHash } from 'node:crypto';
import { finalAttempts, type RunRecord } from '../record.ts';
import { folded } from '../render/grouping.ts';

export interface Annotation {
  /** An error only where the unit is to blame; what says nothing of the unit is a warning. */
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly title: string;
  readonly text: string;
}

/** Servers show some ten of a step; the worst first. */
export function annotationsOf(record: RunRecord): readonly Annotation[] {
  const found = finalAttempts(record).flatMap(({ last: { result } }): readonly Annotation[] => {
    const { file, line, id, verdict } = result;
    if (verdict === 'pass' || verdict === 'notRun') return [];
    const level = verdict === 'fail' ? 'error' : 'warning';
    const broken = result.expectations
      .filter(({ outcome }) => outcome === 'broken')
      .map((one): Annotation => ({ level, file: one.file, line: one.line, title: `${id}: expectation broken`, text: one.text }));
    const measured = result.measurements
      .filter(({ outcome }) => outcome === 'fail')
      .map((one): Annotation => ({ level, file, line: one.line, title: `${id}: ${one.name} out of its limits`, text: one.text }));
    const own = folded(result.differences)
      .own.filter(({ kind }) => kind !== 'outOfLimit')
      .map((one): Annotation => ({
        level: one.blame === 'unit' ? level : 'warning',
        file,
        line,
        title: `${id}: ${one.kind}`,
        text: one.text,
      }));
    const list = [...own, ...broken, ...measured];
    return list.length > 0 ? list : [{ level, file, line, title: `${id}: ${verdict}`, text: result.reason }];
  });
  return found.toSorted((a, b) => a.level.localeCompare(b.level));
}

/** In a message only line breaks and the sign of the escape itself mean something; in a property also what ends it. Source: GitHub, "Workflow commands". */
const inMessage = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Lines for standard error of a job on GitHub. */
export const renderGithub = (annotations: readonly Annotation[]): string =>
  annotations
    .map(
      ({ level, file, line, title, text }) =>
        `::${level} file=${inProperty(file)},line=${line},title=${inProperty(title)}::${inMessage(text)}\n`,
    )
    .join('');

/** GitLab's code quality report (the artifact `codequality`), which it shows in a merge request. */
export const renderGitlab = (annotations: readonly Annotation[]): string => {
  const seen = new Map<string, number>();
  const issues = annotations.map(({ level, file, line, title, text }) => {
    const key = `${file}\n${title}\n${text.replaceAll(/\d+(\.\d+)?/g, '#')}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return {
      description: `${title}: ${text}`,
      check_name: title.split(': ').at(-1) ?? title,
      // The same finding of the next run has the same, whatever its numbers.
      fingerprint: createHash('sha256').update(`${key}\n${count}`).digest('hex'),
      severity: level === 'error' ? 'major' : 'minor',
      location: { path: file, lines: { begin: line } },
    };
  });
  return `${JSON.stringify(issues, null, 1)}\n`;
};
