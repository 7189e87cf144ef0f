/** One hostile scenario file by its seed: bytes at random, words of the language in any order, or a file of the suites with something done to it. */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { predict, type PlannedPrediction } from '../../firmware-ref/predict.ts';
import { fragmentLoader } from '../../rig/run/fragment-files.ts';
import { checkCases } from '../../rig/check/check-cases.ts';
import { randomStream, type Random } from '../../rig/sim/random.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { visible } from '../../scenarios/contracts/issue.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';

const SCENARIOS = path.join(import.meta.dirname, '..', '..', 'scenarios');
/** Where the files pretend to lie: what they include is looked for from there. */
const PLACE = path.join(SCENARIOS, 'regression', 'hostile.yaml');

/** Every word of the language is in one of the page's examples. */
const examples = [...readFileSync(path.join(SCENARIOS, 'LANGUAGE.md'), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text = '']) =>
  Buffer.from(text),
);
const suites = [
  ...globSync(['eol', 'regression', 'endurance'].map((suite) => path.join(SCENARIOS, suite, '**', '*.yaml')))
    .toSorted()
    .map((file) => readFileSync(file)),
  ...examples,
];

/** A list of texts that hold commas, quotes and line breaks themselves. */
const texts = (...rows: readonly string[]): readonly string[] => rows.flatMap((row) => row.split('¦'));

/** What authors do not write, and what breaks readers. */
const HOSTILE = texts(
  '&a [*a, *a]¦*a¦<<: *a¦!!js/function "x"¦!<tag:x>¦%YAML 1.1\n---\n¦---\n¦...\n¦? ¦- - - ¦|¦>-',
  '.nan¦-.inf¦.inf¦1e400¦-0¦0x7fffffffffffffff¦999999999999999999999 s¦1e9 s¦-5 s¦0.0000001 us¦١٢ V',
  '\0¦\u001B[2J¦\u007F¦\uFEFF¦\u202E¦\uD800¦\t¦\r¦\u2028',
  '../../../../etc/passwd¦include: /etc/passwd#x¦include: ..#x¦include: hostile.yaml#a¦__proto__: { at: 1 s }¦constructor: 1¦toString',
  '$¦$$¦$(¦$()¦$a¦$(a)$(a)¦{¦}¦[¦]¦"¦\'¦: ¦# ¦,¦[[[[[[[[¦{a: {a: {a: {a: ',
);

/** The language's own words, and what stands between them. */
const WORDS = texts(
  'scenario:¦covers:¦[LOAD-UV]¦tags:¦given:¦steps:¦until:¦expect:¦measure:¦parameters:¦sweep:¦benches:¦fragments:',
  'at:¦after:¦wait:¦delay:¦timeout:¦every:¦times:¦for:¦name:¦from:¦to:¦edge:¦within:¦not before:¦include:¦with:',
  'supply:¦remote:¦cells:¦temperature:¦cable:¦poles:¦sink:¦short:¦attached:¦bank:¦battery:¦what:¦low:¦high:¦load:',
  'never:¦eventually:¦by:¦in this order:¦[load falls, load rises]¦along:¦switching point¦ask:¦text:¦choices:¦right:¦picture:¦{ text: a, choices: [b] }',
  '5 s¦0 s¦1 us¦500 s¦24 h¦12.8 V¦2.7 V¦3.1 V¦70 V¦5 °C¦1 A¦10 mA¦link¦off¦open¦closed¦broken¦connected',
  'load falls¦preAlarm rises¦step 1¦end¦charger¦high¦floating¦supplyCurrent¦{ ramp to: 2.7 V, over: 1 s }¦20000¦3¦true¦null',
  '\n¦\n  ¦\n  - ¦\n    ¦ ¦ ¦ ¦{ ¦ }¦[¦]¦, ',
);

const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)]!;

const atRandom = (random: Random): Buffer => Buffer.from(Array.from({ length: random.below(400) }, () => random.below(256)));

const fromWords = (random: Random): Buffer => {
  const words = Array.from({ length: random.below(120) }, () => pick(random, random.below(12) === 0 ? HOSTILE : WORDS));
  return Buffer.from(`${random.below(2) === 0 ? 'scenario: x\ncovers: [REACTION]\n' : ''}${words.join('')}`);
};

const spliced = (text: Buffer, at: number, remove: number, insert: string | Buffer): Buffer =>
  Buffer.concat([text.subarray(0, at), Buffer.from(insert), text.subarray(at + remove)]);

const DEPTH = 20_000;

/** The ways in which a good file goes wrong. */
const DAMAGES: readonly ((random: Random, text: Buffer) => Buffer)[] = [
  (random, text) => spliced(text, random.below(text.length + 1), 1, Buffer.of(random.below(256))),
  (random, text) => spliced(text, random.below(text.length + 1), random.below(40), ''),
  (random, text) => text.subarray(0, random.below(text.length + 1)),
  (random, text) => spliced(text, random.below(text.length + 1), random.below(8), pick(random, HOSTILE)),
  (random, text) => spliced(text, random.below(text.length + 1), random.below(8), pick(random, WORDS)),
  (random, text) => {
    const lines = text.toString('latin1').split('\n');
    const [from, to] = [random.below(lines.length), random.below(lines.length)];
    lines.splice(to, 0, ...lines.splice(from, 1 + random.below(3)));
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  (random, text) => {
    const values = [...text.toString('utf8').matchAll(/(?<=: )[^,}\n]+/gu)];
    if (values.length === 0) return text;
    const one = pick(random, values);
    const whole = text.toString('utf8');
    return Buffer.from(
      `${whole.slice(0, one.index)}${pick(random, random.below(2) === 0 ? HOSTILE : WORDS)}${whole.slice(one.index + one[0].length)}`,
    );
  },
  (random, text) => spliced(text, random.below(text.length + 1), 0, pick(random, suites)),
  (random, text) => spliced(text, random.below(text.length + 1), 0, pick(random, ['[', '{a: ', '- ']).repeat(random.below(DEPTH))),
];

/** The file of a seed. */
export const hostileFile = (seed: number): Buffer => {
  const random = randomStream(seed, 'hostile file');
  const kind = random.below(10);
  if (kind === 0) return atRandom(random);
  if (kind <= 3) return fromWords(random);
  let text: Buffer = pick(random, suites);
  for (let times = 1 + random.below(4); times > 0; times -= 1) text = pick(random, DAMAGES)(random, text);
  return text;
};

export interface Outcome {
  readonly seed: number;
  /** What was thrown, or what is wrong with an issue; null where all is well. */
  readonly wrong: string | null;
  readonly issues: number;
  readonly cases: number;
  /** Of the thread's own processor time: what others do meanwhile is not the file's doing. */
  readonly busy_ms: number;
}

/** Told at a place that is there, with words that a terminal shows as they are. */
const mislaid = (text: Buffer, { file, line, col, message, hint }: Issue): string | null => {
  if (!Number.isInteger(line) || !Number.isInteger(col) || line < 1 || col < 1) return `at ${line}:${col}`;
  if (file === PLACE && line > text.toString('utf8').split(/\r\n|[\r\n\u0085\u2028\u2029]/u).length)
    return `at line ${line}, behind the end`;
  const said = `${message}${hint}`;
  if (visible(said) !== said) return `control characters in ${JSON.stringify(said)}`;
  return message === '' ? 'without a word' : null;
};

/** Reads, compiles, checks and predicts it as `rig check` and `rig predict` do. Never rejects. */
export const tryFile = (seed: number): Outcome => {
  const text = hostileFile(seed);
  const began = process.threadCpuUsage();
  const outcome = (rest: Pick<Outcome, 'wrong' | 'issues' | 'cases'>): Outcome => {
    const { user, system } = process.threadCpuUsage(began);
    return { seed, ...rest, busy_ms: (user + system) / 1e3 };
  };
  try {
    const result = readAndCompile({ file: PLACE, bytes: text }, { load: fragmentLoader(PLACE) });
    const cases = result.ok ? result.cases : [];
    if (!result.ok && result.issues.length === 0) return outcome({ wrong: 'refused without an issue', issues: 0, cases: 0 });
    const known = new Map<Case, PlannedPrediction>();
    const predictionOf = (one: Case): PlannedPrediction => {
      const prediction = known.get(one) ?? predict(one);
      known.set(one, prediction);
      return prediction;
    };
    const issues = [...result.issues, ...checkCases(cases, predictionOf)];
    cases.slice(0, 4).forEach(predictionOf);
    const wrong = issues.map((issue) => mislaid(text, issue)).find((found) => found !== null) ?? null;
    return outcome({ wrong, issues: issues.length, cases: cases.length });
  } catch (cause) {
    return outcome({ wrong: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), issues: 0, cases: 0 });
  }
};
