// That a journal has the form it says: one that was recorded is still read, and one that is written now is like it, so that no form changes unnoticed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { abortedRun } from '../../reports/archive/aborted.ts';
import { JOURNAL, JOURNAL_FORM, type JournalEvent, readJournal } from '../../reports/archive/journal.ts';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { settle } from '../../reports/archive/settle.ts';
import { interruptedFolder, written } from '../../reports/archive/testing/interrupted.ts';
import { recordShape } from '../../reports/record.ts';
import { facts, goodAttempt, goodRecord } from '../../reports/testing/runs.ts';
import { runOnPort } from '../run/port-run.ts';
import { simulate } from '../run/simulated-case.ts';
import { STARTS } from '../run/testing/starting-unit.ts';
import { transcriptHash } from '../run/transcript-file.ts';
import { journaled } from './journaled.ts';

const FOLDER = new URL('../../reports/archive/testing/journals/', import.meta.url);
const FORM_NUMBER = Number(JOURNAL_FORM.split('/').at(-1));
const fileOf = (form: number): string => `journal-${form}.jsonl`;
const sample = (form: number): readonly JournalEvent[] => {
  const { events, lost } = readJournal(readFileSync(new URL(fileOf(form), FOLDER)));
  expect(lost).to.equal(0);
  return events;
};

/** What is at a place of a value: keys of an object, or the kinds of a plain value but null; of a list all that is at any of its members. */
type Form = Map<string, Set<string>>;
const addForm = (form: Form, at: string, value: unknown): Form => {
  const note = (what: string): void => void form.set(at, (form.get(at) ?? new Set()).add(what));
  if (value === null || value === undefined) return form;
  if (Array.isArray(value)) for (const member of value) addForm(form, `${at}[]`, member);
  else if (typeof value === 'object') {
    note(`{${Object.keys(value).toSorted().join(' ')}}`);
    for (const [key, member] of Object.entries(value)) addForm(form, `${at}.${key}`, member);
  } else note(typeof value);
  return form;
};
const formOf = (events: readonly JournalEvent[]): Form => {
  const form: Form = new Map();
  for (const event of events) addForm(form, event.kind, event);
  return form;
};

/** Places known from then at which there is something now that was not there then. */
const unlike = (now: Form, then: Form): readonly string[] =>
  [...now].flatMap(([at, kinds]) => {
    const known = then.get(at);
    const fresh = known === undefined ? [] : [...kinds].filter((kind) => !known.has(kind));
    return fresh.map((kind) => `${at}: ${kind}, and then ${[...known!].join(' | ')}`);
  });

/** A case on a simulated fixture's port: its journal holds every kind of event. */
const writtenNow = async (out: string): Promise<Buffer> => {
  const { cases: _, ...begin } = facts([goodAttempt]);
  const cases = STARTS.slice(0, 1);
  const progress = await RunInProgress.begin(out, { runId: begin.runId, facts: begin, cases });
  const simulation = simulate({ seed: 5, occasion: 'journal', pace: 'virtual' });
  const { binding, path: port, clock } = simulation;
  const { listener } = journaled({}, progress);
  await runOnPort({ cases, bail: false, signal: new AbortController().signal, listener, binding, path: port, clock });
  simulation.close();
  await progress.finish(goodRecord, null, path.join(out, 'keys'));
  return readFileSync(path.join(out, begin.runId, JOURNAL));
};

const CHANGED = `a changed form needs a new JOURNAL_FORM, a step that reads ${JOURNAL_FORM} as that, and a journal of it in reports/archive/testing/journals; where no member changed and the bench only did something new, the present journal is recorded anew`;

describe('the form of a journal', () => {
  const folders: string[] = [];
  const folder = (made = mkdtempSync(path.join(tmpdir(), 'bms-rig-journal-form-'))): string => {
    folders.push(made);
    return made;
  };
  after(() => {
    for (const one of folders) rmSync(one, { recursive: true });
  });

  it('has a recorded journal for each there was, with every kind of event', () => {
    expect(readdirSync(FOLDER).toSorted()).to.deep.equal(Array.from({ length: FORM_NUMBER }, (_, index) => fileOf(index + 1)));
    const events = sample(FORM_NUMBER);
    expect(events[0]).to.include({ kind: 'begin', form: JOURNAL_FORM });
    expect(new Set(events.map(({ kind }) => kind))).to.have.keys('begin', 'case', 'lines', 'attempt', 'end');
  });

  it('is what is written now', async () => {
    const { events } = readJournal(await writtenNow(folder()));
    const [now, then] = [formOf(events), formOf(sample(FORM_NUMBER))];
    for (const kind of [
      'begin',
      'begin.facts',
      'begin.cases[]',
      'lines.lines[][]',
      'attempt',
      'attempt.result',
      'attempt.trace',
      'attempt.prediction',
      'end',
    ])
      expect(now.has(kind) && then.has(kind), kind).to.equal(true);
    expect(unlike(now, then), CHANGED).to.deep.equal([]);
  });

  it('would be seen to change: a member more, a member less, another kind of value', () => {
    const [begin, ...rest] = sample(FORM_NUMBER) as [JournalEvent & { readonly facts: object }, ...JournalEvent[]];
    const then = formOf([begin, ...rest]);
    const { seed: _, ...less } = begin.facts as { readonly seed: number };
    for (const changed of [{ ...begin.facts, more: 1 }, less, { ...begin.facts, seed: 'one' }])
      expect(unlike(formOf([{ ...begin, facts: changed } as JournalEvent, ...rest]), then)).to.have.length(1);
  });

  for (let form = 1; form <= FORM_NUMBER; form += 1)
    it(`${form} is read: an interrupted run becomes an aborted one with all that was judged`, () => {
      const events = sample(form);
      const over = events.findLastIndex(({ kind }) => kind === 'attempt');
      const { record, transcript } = abortedRun(events.slice(0, over + 1), transcriptHash)!;
      expect(recordShape.parse(JSON.parse(JSON.stringify(record)))).to.include({ ended: 'aborted', verdict: 'broken' });
      const judged = events.flatMap((one) =>
        one.kind === 'attempt' ? [{ result: one.result, edges: (one.trace as { edges: unknown }).edges }] : [],
      );
      expect(judged).to.have.length.above(0);
      const found = record.cases.flatMap(({ attempts }) => attempts.map(({ result, trace }) => ({ result, edges: trace?.edges })));
      expect(JSON.parse(JSON.stringify(found))).to.deep.equal(judged);
      expect(transcript).to.be.a('string');
    });

  it('of a later rig is not taken for one of ours: the run is left as it is, and says so', async () => {
    const [begin, ...rest] = sample(FORM_NUMBER);
    const later = { ...begin, form: `bms-rig/journal/${FORM_NUMBER + 1}` } as unknown as JournalEvent;
    const out = folder(interruptedFolder(goodRecord, written([later, ...rest.slice(0, 1)]).bytes));
    const { aborted, troubles } = await settle(out, { keys: path.join(out, 'keys'), forLab: false, transcriptHash });
    expect(aborted).to.deep.equal([]);
    expect(troubles.join())
      .to.contain(`bms-rig/journal/${FORM_NUMBER + 1}`)
      .and.to.contain('the version that wrote it');
    expect(readdirSync(path.join(out, goodRecord.runId))).to.not.include('record.json');
  });
});
