/** The port that a board is on: every port is greeted, and the one whose fixture has the id is taken. */

import { RigError } from '../error.ts';
import { listPorts, type ListOptions } from '../link/list-ports.ts';

const list = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));

/** Throws RigError `portMissing` where no fixture has this id, `boardTwice` where two have. */
export const findPort = async (board: string, options: ListOptions): Promise<string> => {
  const reports = await listPorts(options);
  const mine = reports.filter(({ fixture }) => fixture?.board === board);
  const [first, ...more] = mine;
  if (first !== undefined && more.length === 0) return first.path;
  if (first !== undefined)
    throw new RigError('boardTwice', `Two fixtures have the id ${board}: ${list(mine.map(({ path }) => path))}.`, {
      hint: 'unplug one; `rig flash` gives a board an id of its own',
    });
  const found = reports.flatMap(({ path, fixture }) => (fixture === null ? [] : [`${fixture.board} on ${path}`]));
  const busy = reports.filter(({ fault }) => fault?.code === 'portBusy').map(({ path }) => path);
  throw new RigError('portMissing', `No port has a fixture with the id ${board}; fixtures found: ${list(found)}.`, {
    hint:
      busy.length > 0
        ? `in use and not asked: ${list(busy)}`
        : 'plug it in, or correct `board:` in the bench file; `rig ports` shows what is there',
  });
};
