/** The form of a rule of `rig check`: what it finds, what mends it, and an example with the place of the mistake marked. */

export interface Rule {
  /** What is wrong, in one line. */
  readonly finds: string;
  /** What to do about it, in one line; said where a mistake has no nearer hint of its own. */
  readonly fix: string;
  /** A scenario in which `«id»` stands where the mistake is reported; null where what is wrong is not in the text of one file. */
  readonly example: string | null;
}

export const HEAD = 'scenario: A title\ncovers: [REACTION]\n';

export const rule = (finds: string, fix: string, example: string | null = null): Rule => ({ finds, fix, example });

/** The example follows the two lines that every scenario begins with. */
export const body = (finds: string, fix: string, example: string): Rule => rule(finds, fix, `${HEAD}${example}\n`);

/** The example is a list of steps. */
export const steps = (finds: string, fix: string, ...items: readonly string[]): Rule =>
  body(finds, fix, `steps:\n${items.map((item) => `  - ${item}`).join('\n')}`);

const MARK = /«([a-z-]+)»/gu;

export interface Marked {
  /** Without the marks. */
  readonly text: string;
  /** `line:col id` of each mark. */
  readonly expected: readonly string[];
}

export const unmark = (marked: string): Marked => {
  const expected: string[] = [];
  const lines = marked.split('\n').map((line, index) => {
    let plain = '';
    let last = 0;
    for (const match of line.matchAll(MARK)) {
      plain += line.slice(last, match.index);
      last = match.index + match[0].length;
      expected.push(`${index + 1}:${plain.length + 1} ${match[1]}`);
    }
    return plain + line.slice(last);
  });
  return { text: lines.join('\n'), expected };
};
