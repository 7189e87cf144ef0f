/** Who is believed that something was done to the circuit, and in which order it is done and asked. */

import { expect } from 'chai';
import { hostTime, type Clock } from '../../scenarios/contracts/clocks.ts';
import type { Deed, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import { askAt, type Answer, type Asking, type Question } from './operator.ts';

const DEED: Deed = { end: 'male', to: 'apart' };
const prompt = { text: 'Pull it.', picture: null, image: null, choices: ['done'], right: ['done'], step: 'pull' };
const barrier = (deed: Deed | null): TimelineEntry => ({
  id: 'step-1',
  when: { kind: 'released', entry: 'step-1.asked', delay_us: 0, timeout_us: 20_000_000 },
  do: { kind: 'barrier', prompt, deed },
  bounds_us: [scenarioTime(0), scenarioTime(21_000_000)],
  place: { file: 'a.yaml', line: 1, col: 1 },
});
const clock: Clock = { now: () => hostTime(0), sleep: () => Promise.resolve(), external: (work) => work };

const ask = async (deed: Deed | null, answer: Answer, others: Partial<Asking> = {}) => {
  const order: string[] = [];
  const { hands, ...rest } = others;
  const given = await askAt(barrier(deed), {
    ask: (question: Question) => {
      order.push(`asked ${question.deed}`);
      return Promise.resolve(answer);
    },
    hands: hands == null ? null : (one, within_ms) => (order.push(`did ${one.end} ${one.to} within ${within_ms}`), hands(one, within_ms)),
    outOfReach: false,
    clock,
    caseId: 'a',
    signal: new AbortController().signal,
    ...rest,
  });
  return { order, choice: given.choice, from: given.from, by: given.by };
};
const by = (from: Answer['from'], choice: string | null = 'done'): Answer => ({ choice, by: from === 'file' ? 'Ann' : null, from });
const able = { hands: () => Promise.resolve() };

describe('a deed of an operator', () => {
  it('is believed of a person at the terminal, and of no file', async () => {
    expect(await ask(DEED, by('terminal'))).to.deep.equal({ order: ['asked toDo'], choice: 'done', from: 'terminal', by: null });
    expect(await ask(DEED, by('file'))).to.include({ choice: null, from: 'nobody', by: null });
    expect(await ask(DEED, by('nobody', null))).to.include({ choice: null, from: 'nobody' });
  });
  it('is believed of nobody where the bench is simulated behind a port', async () => {
    expect(await ask(DEED, by('terminal'), { outOfReach: true })).to.include({ choice: null, from: 'nobody' });
  });
  it("is done by the bench's own hands before anybody is asked, who then say so themselves", async () => {
    expect(await ask(DEED, by('nobody', null), able)).to.deep.equal({
      order: ['did male apart within 20000', 'asked done'],
      choice: 'done',
      from: 'simulation',
      by: null,
    });
    expect(await ask(DEED, by('file'), able)).to.include({ choice: 'done', from: 'file', by: 'Ann' });
    expect(await ask(DEED, by('file', 'perhaps'), able)).to.include({ choice: null, from: 'file' });
  });
  it('is none where the question asks for none: hands answer no question', async () => {
    expect(await ask(null, by('nobody', null), able)).to.deep.equal({ order: ['asked null'], choice: null, from: 'nobody', by: null });
    expect(await ask(null, by('file'), { outOfReach: true })).to.include({ choice: 'done', from: 'file' });
  });
});
