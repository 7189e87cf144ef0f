import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Question } from '../bench/operator.ts';
import { hurriedClock, runCommand, scratchFolder } from './testing/command.ts';
import { askTerminal, operatorOf, questionText, type Keys } from './ask-operator.ts';

const QUESTION: Question = {
  case: 'a/led',
  file: 's/led.yaml',
  text: 'Lit?',
  picture: 'lamp.png',
  choices: ['yes', 'no'],
  step: 'led',
  deed: null,
  within_ms: 60_000,
};
const NEVER = new AbortController().signal;

/** A keyboard on which these keys are pressed. */
const keyboard = (...pressed: readonly string[]): Keys & { readonly listening: () => boolean } => {
  let listens = false;
  return {
    listening: () => listens,
    listen: (onKey) => {
      listens = true;
      queueMicrotask(() => {
        for (const key of pressed) if (listens) onKey(key);
      });
      return () => (listens = false);
    },
  };
};
const terminal = (keys: Keys, factor = 1) => {
  let shown = '';
  const err = { write: (text: string) => void (shown += text), isTerminal: true, columns: 100, rows: 24 };
  return { ask: askTerminal(keys, { err, clock: hurriedClock(factor) }), shown: () => shown };
};

describe('a question at the terminal', () => {
  it('shows what is asked, the picture beside the scenario, the keys and the time', () => {
    expect(questionText(QUESTION)).to.equal(
      `\na/led, led: Lit?\n  Picture: ${path.join('s', 'lamp.png')}\n    1  yes\n    2  no\n  Press 1 to 2 (60 s): `,
    );
  });
  it('takes the first key that stands for a choice, and lets go of the keyboard', async () => {
    const keys = keyboard('x', '3', '0', '2', '1');
    const { ask, shown } = terminal(keys);
    expect(await ask(QUESTION, NEVER)).to.deep.equal({ choice: 'no', by: null, from: 'terminal' });
    expect(shown()).to.match(/no\n$/);
    expect(keys.listening()).to.equal(false);
  });
  it('ends without an answer when the time is up, or the run is stopped', async () => {
    expect((await terminal(keyboard(), 1e6).ask(QUESTION, NEVER)).choice).to.equal(null);
    const stop = new AbortController();
    const waiting = terminal(keyboard()).ask(QUESTION, stop.signal);
    stop.abort();
    expect((await waiting).choice).to.equal(null);
  });
  it('asks one question at a time', async () => {
    let open = 0;
    const ask = operatorOf(null, async () => {
      open += 1;
      expect(open).to.equal(1);
      await Promise.resolve();
      open -= 1;
      return { choice: 'yes', by: null, from: 'terminal' };
    });
    await Promise.all([ask(QUESTION, NEVER), ask(QUESTION, NEVER), ask(QUESTION, NEVER)]);
  });
  it('asks nobody for what the bench has done by itself, and somebody for what is still to be done', async () => {
    const asked: (Question['deed'] | undefined)[] = [];
    const ask = operatorOf(null, ({ deed }) => {
      asked.push(deed);
      return Promise.resolve({ choice: 'yes', by: null, from: 'terminal' });
    });
    expect(await ask({ ...QUESTION, deed: 'done' }, NEVER)).to.include({ choice: null, from: 'nobody' });
    expect(await ask({ ...QUESTION, deed: 'toDo' }, NEVER)).to.include({ choice: 'yes', from: 'terminal' });
    expect(asked).to.deep.equal(['toDo']);
  });
  it('is answered by a file first, and by nobody where there is none', async () => {
    const answers = { by: 'Ann', answers: [{ case: null, step: 'led', choice: 'yes', place: 'a:1:1' }] };
    expect(await operatorOf(answers, null)(QUESTION, NEVER)).to.deep.equal({ choice: 'yes', by: 'Ann', from: 'file' });
    expect(await operatorOf(answers, null)({ ...QUESTION, step: 'x' }, NEVER)).to.include({ choice: null, from: 'nobody' });
  });
});

const deedStep = (name: string, does: string) => `  - { name: ${name}, wait: 4 s, ask: { text: Do it., does: ${does} } }\n`;

describe('rig run --answers', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const text = `scenario: A\ncovers: [LED-BLUE]\nsteps:\n  - { name: led, at: 4 s, ask: { text: Lit?, choices: [lit, dark], right: lit } }\n`;
  it('takes the answers from the file, and keeps who gave them', async () => {
    const { path: folder } = scratch;
    const [scenario, answers] = [path.join(folder, 'led.yaml'), path.join(folder, 'answers.yaml')];
    writeFileSync(scenario, text);
    writeFileSync(answers, 'by: Ann\nanswers:\n  - { step: led, choice: lit }\n');
    const run = (...more: readonly string[]) => runCommand(['run', scenario, '--out', path.join(folder, 'runs'), ...more]);
    expect((await run('--answers', answers)).exit).to.equal(0);
    const nobody = await run();
    expect(nobody.exit).to.equal(3);
    expect(nobody.out).to.contain('INCONCLUSIVE (operator)');
  });
  it('refuses answers that nothing asks for, that are not offered, or that cannot be read, before anything runs', async () => {
    const { path: folder } = scratch;
    const [scenario, answers] = [path.join(folder, 'led.yaml'), path.join(folder, 'answers.yaml')];
    writeFileSync(scenario, text);
    const refused = async (content: string): Promise<string> => {
      writeFileSync(answers, content);
      const { exit, err, out } = await runCommand(['run', scenario, '--answers', answers]);
      expect({ exit, out }).to.deep.equal({ exit: 2, out: '' });
      return err;
    };
    expect(await refused('answers:\n  - { step: lde, choice: lit }\n')).to.contain('answers lde, which nothing here asks');
    expect(await refused('answers:\n  - { step: led, choice: bright }\n')).to.contain('it offers "lit", "dark"');
    expect(await refused('answers:\n  - { step: led }\n')).to.contain('answers.yaml:2:5');
    const { exit } = await runCommand(['run', scenario, '--answers', path.join(folder, 'none.yaml')]);
    expect(exit).to.equal(2);
  });
  it('takes a deed from a file only where the bench has hands of its own', async () => {
    const { path: folder } = scratch;
    const [scenario, answers] = [path.join(folder, 'pull.yaml'), path.join(folder, 'answers.yaml')];
    writeFileSync(
      scenario,
      `scenario: A\ncovers: [CHAIN-BREAK]\nsteps:\n${deedStep('pull', 'male end apart')}${deedStep('push', 'male end together')}`,
    );
    writeFileSync(answers, 'by: Ann\nanswers:\n  - { step: pull, choice: done }\n');
    const run = (...more: readonly string[]) => runCommand(['run', scenario, '--out', path.join(folder, 'runs'), ...more]);
    expect((await run('--answers', answers)).exit).to.equal(0);
    expect((await run()).exit).to.equal(0);
    const refused = await run('--answers', answers, '--bench', '/dev/no-such-port');
    expect(refused).to.include({ exit: 2, out: '' });
    expect(refused.err).to.contain('answers pull, where something is to be done to the circuit').and.contain('a file has no hands');
  });
});
