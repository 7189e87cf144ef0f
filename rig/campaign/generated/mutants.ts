/** Mechanical mutants of C sources: every constant, condition and statement changed in the ways a slip of the hand changes it. */

/** One place of the sources, and what stands there instead. */
export interface Mutant {
  /** `file:line:col what`, of the original. */
  readonly id: string;
  readonly kind: 'constant' | 'condition' | 'statement';
  readonly file: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly instead: string;
}

/** Comments, strings and the names of included files, as blanks: nothing in them is code. */
export const codeOnly = (source: string): string =>
  source.replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|^[ \t]*#\s*(?:include|ifndef|endif)[^\n]*/gmu, (part) =>
    part.replaceAll(/[^\n]/gu, ' '),
  );

interface Found {
  readonly kind: Mutant['kind'];
  readonly at: number;
  readonly text: string;
  readonly instead: string;
}

const NUMBER = /(?<![\w.])(?:0x[0-9a-f]+|\d+)(?=(?:UL)?\b)/giu;

const constants = (code: string): readonly Found[] =>
  [...code.matchAll(NUMBER)].flatMap(({ 0: text, index }) => {
    const value = Number(text);
    const other = [value + 1, ...(value > 1 ? [value - 1, value * 2] : []), ...(value > 0 ? [0] : [])];
    return [...new Set(other)].map((one): Found => ({ kind: 'constant', at: index, text, instead: String(one) }));
  });

/** What each operator is taken for. */
const OPERATORS: readonly (readonly [pattern: RegExp, instead: readonly string[]])[] = [
  [/&&/gu, ['||']],
  [/\|\|/gu, ['&&']],
  [/==/gu, ['!=']],
  [/!=/gu, ['==']],
  [/>=/gu, ['>', '<']],
  [/<=/gu, ['<', '>']],
  [/(?<=\s)<(?=\s)/gu, ['<=', '>=']],
  [/(?<=[\s\w)])>(?=\s)(?<!-)/gu, ['>=', '<=']],
  [/!(?=[\w(])/gu, ['']],
  [/(?<=\s)&(?=\s)/gu, ['|']],
  [/(?<=\s)\|(?=\s)/gu, ['&']],
  [/(?<=\s)\^(?=\s)/gu, ['|']],
  [/\|=/gu, ['&=']],
  [/(?<=\s)\+(?=\s)/gu, ['-']],
  [/(?<=\s)-(?=\s)/gu, ['+']],
];

const CONDITION = /\b(?:if|while) (\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))/gu;

const conditions = (code: string): readonly Found[] => [
  ...OPERATORS.flatMap(([pattern, instead]) =>
    [...code.matchAll(pattern)].flatMap(({ 0: text, index }) =>
      instead.map((one): Found => ({ kind: 'condition', at: index, text, instead: one })),
    ),
  ),
  ...[...code.matchAll(CONDITION)].map(({ 1: text = '', 0: whole, index }): Found => ({
    kind: 'condition',
    at: index + whole.length - text.length,
    text,
    instead: `(!${text})`,
  })),
];

/** A statement that does something and declares nothing: an assignment or a call. */
const STATEMENT =
  /(?<=^[ \t]+(?:(?:if|else if|for) \([^\n]*\) |else )?)(?:\+\+)?[a-z_A-Z][\w.[\]>-]*(?: [|&^+-]?= [^\n;]*|\([^\n;]*\));(?=\s*$)/gmu;
const NO_STATEMENT = /^(?:return|break|continue)\b/u;

const statements = (code: string): readonly Found[] =>
  [...code.matchAll(STATEMENT)]
    .filter(({ 0: text }) => !NO_STATEMENT.test(text))
    .map(({ 0: text, index }): Found => ({ kind: 'statement', at: index, text, instead: ';' }));

/** In the order of the source. */
export const mutantsOf = (file: string, source: string): readonly Mutant[] => {
  const code = codeOnly(source);
  const found = [...constants(code), ...conditions(code), ...statements(code)].toSorted((a, b) => a.at - b.at);
  return found.map(({ kind, at, text, instead }) => {
    const before = source.slice(0, at);
    const line = before.split('\n').length;
    const what = instead === ';' ? `without \`${text}\`` : `\`${text}\` is \`${instead}\``;
    const col = at - before.lastIndexOf('\n');
    return { id: `${file}:${line}:${col} ${what}`, kind, file, line, from: at, to: at + text.length, text, instead };
  });
};

export const mutated = (source: string, { from, to, instead }: Mutant): string => source.slice(0, from) + instead + source.slice(to);
