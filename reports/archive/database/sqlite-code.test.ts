import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { DAMAGED, isSqlite, SQLITE, sqliteCode } from './sqlite-code.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (cause) {
    return cause;
  }
  return expect.fail('nothing was thrown');
};

describe("SQLite's numbers", () => {
  it('are known from what SQLite itself throws', () => {
    const cannotOpen = thrownBy(() => new DatabaseSync('no such folder/at all.db'));
    expect(sqliteCode(cannotOpen)).to.equal(SQLITE.cannotOpen);
    expect(isSqlite(cannotOpen, [SQLITE.readOnly, SQLITE.cannotOpen])).to.equal(true);
    expect(isSqlite(cannotOpen, DAMAGED)).to.equal(false);
  });

  it('are the primary ones, whatever is told more closely', () => {
    // SQLITE_READONLY_DBMOVED and SQLITE_IOERR_WRITE.
    expect(sqliteCode({ errcode: 1032 })).to.equal(SQLITE.readOnly);
    expect(sqliteCode({ errcode: 778 })).to.equal(SQLITE.inputOutput);
  });

  it('are in nothing that others throw', () => {
    for (const cause of [new Error('disk I/O error'), null, undefined, { code: 'EROFS' }]) {
      expect(sqliteCode(cause)).to.equal(null);
      expect(isSqlite(cause, Object.values(SQLITE))).to.equal(false);
    }
  });
});
