// Whoever waits for a busy database is told so once, and the patience is no longer than was said.
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { patiently, silent_ms, tellingWaits } from './patience.ts';
import { SQLITE } from './sqlite-code.ts';

const failing = (errcode: number): Error => Object.assign(new Error('in the way'), { errcode });

/** What one who waits is told, what the patience of SQLite was at each attempt and afterwards, and what came of it. */
const waited = (patience_ms: number, fails: readonly Error[]) => {
  const patience = { holder: 'Somebody', patience_ms };
  const database = new DatabaseSync(':memory:', { timeout: silent_ms(patience) });
  const timeout = (): number => Number(Object.values(database.prepare('pragma busy_timeout').get()!)[0]);
  const left = [...fails];
  const attempts: number[] = [];
  const said: string[] = [];
  const attempt = (): string => {
    attempts.push(timeout());
    const cause = left.shift();
    if (cause !== undefined) throw cause;
    return 'done';
  };
  let end: unknown;
  try {
    end = tellingWaits(
      (text) => said.push(text),
      () => patiently(database, patience, attempt),
    );
  } catch (cause) {
    end = cause;
  }
  const after = timeout();
  database.close();
  return { said, attempts, after, end };
};

describe('waiting for a database', () => {
  const [busy, other] = [failing(SQLITE.busy), failing(SQLITE.full)];
  const said = ['Somebody: waiting for at most 30 s.'];

  it('is silent where nobody is in the way', () => {
    expect(waited(30_000, [])).to.deep.equal({ said: [], attempts: [1_000], after: 1_000, end: 'done' });
  });

  it('is told after a second, and ends when the patience does', () => {
    expect(waited(30_000, [busy])).to.deep.equal({ said, attempts: [1_000, 29_000], after: 1_000, end: 'done' });
    expect(waited(30_000, [busy, busy])).to.deep.equal({ said, attempts: [1_000, 29_000], after: 1_000, end: busy });
  });

  it('is not told where it is over before, or where something else is in the way', () => {
    expect(waited(20, [busy])).to.deep.equal({ said: [], attempts: [20], after: 20, end: busy });
    expect(waited(30_000, [other])).to.deep.equal({ said: [], attempts: [1_000], after: 1_000, end: other });
  });

  it('needs nobody who listens', () => {
    const database = new DatabaseSync(':memory:');
    const fails = [busy];
    const attempt = (): string => {
      const cause = fails.shift();
      if (cause !== undefined) throw cause;
      return 'done';
    };
    expect(patiently(database, { holder: 'Somebody', patience_ms: 2_000 }, attempt)).to.equal('done');
    database.close();
  });
});
