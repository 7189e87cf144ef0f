/** What the shipped suites reach, measured on their compiled timelines: every ruling, every state of the poles and every way between them. */

import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { readAndCompile } from './compile.ts';
import type { Case } from './contracts/case.ts';
import type { DriveState } from './contracts/timeline.ts';
import { shownBy } from './requirements.ts';
import { statesOf } from './states.ts';
import type { StateAfter } from './states.ts';

/** Of the whole suite, and of what `npm start` runs of it. */
const BUDGET_s = 1_500;
const QUICK_BUDGET_s = 620;
/** Requirements of the unit that wait for a scenario: goes down only. */
const NOT_COVERED = 9;
const RULINGS = Array.from({ length: 19 }, (_, index) => `R${index + 1}`);
const COMBINATIONS = ['---', '--4', '-3-', '-34', '1--', '1-4', '13-', '134'] as const;

const load = (folder: string): readonly Case[] =>
  readdirSync(new URL(`${folder}/`, import.meta.url))
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => {
      const result = readAndCompile({
        file: `scenarios/${folder}/${name}`,
        bytes: readFileSync(new URL(`${folder}/${name}`, import.meta.url)),
      });
      expect(result.issues, name).to.deep.equal([]);
      if (!result.ok) throw new Error(`${name} gave no case`);
      return result.cases;
    });

const regression = load('regression');
const eol = load('eol');
const all = [...eol, ...regression];
const quick = regression.filter(({ tags }) => tags.includes('quick'));

const worst_s = ({ timeline }: Case): number => timeline.endBounds_us[1] / 1e6;
/** `13-`: the open poles. */
const poles = ({ pole1, pole3, pole4 }: DriveState): string =>
  `${pole1 === 'open' ? '1' : '-'}${pole3 === 'open' ? '3' : '-'}${pole4 === 'open' ? '4' : '-'}`;
const supply_mV = ({ supply }: DriveState): number => (typeof supply === 'object' ? supply.mV : 0);
const remoteOn = ({ remoteLink, remoteH, remoteL }: DriveState): boolean =>
  remoteLink === 'closed' ||
  remoteH === 'battery' ||
  remoteL === 'minus' ||
  (typeof remoteH === 'object' && remoteH.mV > 2_900) ||
  (typeof remoteL === 'object' && remoteL.mV < 3_500);
const inService = (drives: DriveState): boolean => supply_mV(drives) >= 8_000 && remoteOn(drives);
const low = (drives: DriveState): boolean => drives.pole1 === 'open' && poles(drives) !== '134';

/** Consecutive states of every regression case. `tripped`: a step of the case has waited for LOAD to fall and pole 1 has been open since. */
interface Move {
  readonly id: string;
  readonly from: StateAfter;
  readonly to: StateAfter;
  readonly tripped: boolean;
}
const moves: readonly Move[] = regression.flatMap(({ id, timeline }) => {
  const states = statesOf(timeline);
  let tripped = false;
  return states.slice(1).map((to, index) => {
    const from = states[index] ?? to;
    tripped = tripped && from.drives.pole1 === 'open';
    const move = { id, from, to, tripped };
    const { when } = to.entry;
    if (when.kind === 'afterEdge' && when.signal === 'load' && when.level === 'notHigh' && inService(from.drives) && low(from.drives))
      tripped = true;
    return move;
  });
});
const held_us = ({ from_us, to_us }: StateAfter): number => to_us[0] - from_us[0];
/** The ways from state to state while the unit is in service and each state lasts long enough for a reaction. */
const ways = new Set(
  moves
    .filter(({ from, to }) => inService(from.drives) && inService(to.drives) && held_us(from) >= 2_100_000 && held_us(to) >= 2_100_000)
    .map(({ from, to }) => `${poles(from.drives)} > ${poles(to.drives)}`),
);
const some = (judge: (move: Move) => boolean): boolean => moves.some(judge);
const switched = ({ from, to }: Move, signal: 'pole1' | 'pole3' | 'pole4', value: 'open' | 'closed'): boolean =>
  from.drives[signal] !== value && to.drives[signal] === value;
const remote = ({ from, to }: Move, on: boolean): boolean =>
  supply_mV(to.drives) >= 8_000 && remoteOn(from.drives) !== on && remoteOn(to.drives) === on;
const power = ({ from, to }: Move): boolean => supply_mV(from.drives) < 3_000 && supply_mV(to.drives) >= 8_000;

describe('the suites', () => {
  for (const [name, cases, most_s] of [
    ['the regression suite', regression, BUDGET_s],
    ['what npm start runs of it', quick, QUICK_BUDGET_s],
  ] as const) {
    const sum_s = cases.map(worst_s).reduce((sum, one_s) => sum + one_s, 0);
    it(`${name} takes ${sum_s.toFixed(1)} s of at most ${most_s} virtual seconds at worst`, () => {
      expect(sum_s).to.be.at.most(most_s);
    });
  }

  it('every case has covers and tags, and ids are unique', () => {
    expect(new Set(all.map(({ id }) => id)).size).to.equal(all.length);
    for (const { id, covers, tags } of regression) {
      expect(covers, id).to.not.be.empty;
      expect(tags, id).to.include('regression');
      const own = /^regression\/r(\d\d)-/u.exec(id)?.[1];
      if (own !== undefined) expect(tags, id).to.include(`R${Number(own)}`);
    }
  });

  it('every requirement that a unit can show is covered by some case, and every ruling is tagged', () => {
    const covered = new Set(all.flatMap(({ covers }) => covers));
    expect(shownBy('unit').filter((id) => !covered.has(id))).to.have.length.at.most(NOT_COVERED);
    expect(new Set(regression.flatMap(({ tags }) => tags))).to.include.all.keys(RULINGS);
  });

  it('comments say why', () => {
    for (const { place } of all)
      expect(readFileSync(new URL(`../${place.file}`, import.meta.url), 'utf8'), place.file).to.match(/^# .{40}/u);
  });

  describe('states of the poles', () => {
    for (const state of COMBINATIONS) {
      for (const base of ['---', '--4']) {
        if (state === base) continue;
        it(`${base} > ${state} and back`, () => {
          expect([...ways]).to.include(`${base} > ${state}`);
          expect([...ways]).to.include(`${state} > ${base}`);
        });
      }
      it(`powers up in ${state}`, () => {
        expect(some((move) => power(move) && poles(move.to.drives) === state && held_us(move.to) >= 3_000_000)).to.equal(true);
      });
      it(`remote off and on in ${state}`, () => {
        expect(some((move) => remote(move, false) && poles(move.to.drives) === state && held_us(move.to) >= 2_000_000)).to.equal(true);
        expect(some((move) => remote(move, true) && poles(move.to.drives) === state)).to.equal(true);
      });
    }
    it('pole 3 toggles healthy, with a warning, during a wait and after a trip', () => {
      for (const value of ['open', 'closed'] as const) {
        for (const state of ['---', '--4', '1--', '1-4']) {
          const around = (move: Move) => poles((value === 'open' ? move.from : move.to).drives);
          expect(
            some((move) => switched(move, 'pole3', value) && around(move) === state),
            `${value} in ${state}`,
          ).to.equal(true);
        }
        expect(
          some((move) => move.tripped && switched(move, 'pole3', value)),
          `${value} after a trip`,
        ).to.equal(true);
      }
    });
    it('remote off and on after a trip', () => {
      expect(some((move) => move.tripped && remote(move, false))).to.equal(true);
      expect(some((move) => move.tripped && remote(move, true))).to.equal(true);
    });
  });

  describe('rulings, each by what its scenarios do', () => {
    const supplies = new Set(moves.map(({ to }) => supply_mV(to.drives)));
    const since = (drive: 'pole1' | 'pole4', at: StateAfter, id: string): number => {
      const opening = moves.findLast(
        (move) =>
          move.id === id && move.to.from_us[0] <= at.from_us[0] && move.from.drives[drive] === 'closed' && move.to.drives[drive] === 'open',
      );
      return at.from_us[0] - (opening?.to.from_us[0] ?? 0);
    };
    const shown: Readonly<Record<string, () => boolean>> = {
      R1: () =>
        some(
          (move) => (['pole1', 'pole3', 'pole4'] as const).filter((pole) => move.from.drives[pole] !== move.to.drives[pole]).length >= 2,
        ),
      R2: () => ways.has('1-4 > 134') && ways.has('--4 > 134') && ways.has('--- > 134'),
      R3: () =>
        regression.some(({ timeline }) =>
          timeline.entries.some(({ when }) => when.kind === 'afterEdge' && when.signal === 'load' && when.timeout_us >= 30_000_000),
        ),
      R4: () =>
        some(
          (move) => switched(move, 'pole1', 'open') && move.from.drives.pole4 === 'open' && since('pole4', move.to, move.id) >= 37_000_000,
        ),
      R5: () =>
        some(
          (move) =>
            switched(move, 'pole4', 'closed') &&
            switched(move, 'pole1', 'closed') &&
            moves.some(
              (next) =>
                next.id === move.id &&
                next.from === move.to &&
                switched(next, 'pole1', 'open') &&
                next.to.to_us[1] > next.to.from_us[1] + 30_000_000,
            ),
        ),
      R6: () =>
        some(
          (move) =>
            !move.tripped &&
            switched(move, 'pole1', 'closed') &&
            move.to.drives.pole4 === 'open' &&
            since('pole1', move.to, move.id) < 28_000_000,
        ),
      R7: () => some((move) => switched(move, 'pole3', 'open') && poles(move.from.drives) === '1--'),
      R8: () => some((move) => !move.tripped && move.to.entry.when.kind === 'afterEdge' && poles(move.from.drives) === '1--'),
      R9: () =>
        some((move) => move.tripped && switched(move, 'pole4', 'closed') && low(move.to.drives)) &&
        some((move) => move.tripped && switched(move, 'pole4', 'open') && low(move.to.drives)),
      R10: () => some((move) => move.tripped && switched(move, 'pole1', 'closed') && move.to.drives.pole4 === 'open'),
      R11: () => COMBINATIONS.every((state) => some((move) => remote(move, false) && poles(move.to.drives) === state)),
      R12: () =>
        some((move) => power(move) && low(move.to.drives)) &&
        some((move) => remote(move, true) && low(move.to.drives)) &&
        some((move) => poles(move.from.drives) === '134' && low(move.to.drives)),
      R13: () =>
        ['H:battery', 'H:3100', 'H:1900', 'L:minus', 'L:3300', 'off'].every((way) =>
          some(({ to: { drives } }) => {
            const { remoteLink, remoteH: H, remoteL: L } = drives;
            const words = [
              H === 'open' ? [] : [`H:${typeof H === 'object' ? H.mV : H}`],
              L === 'open' ? [] : [`L:${typeof L === 'object' ? L.mV : L}`],
            ].flat();
            return remoteLink === 'open' && (words.length === 0 ? 'off' : words.join()) === way;
          }),
        ),
      R14: () =>
        [8_200, 12_800, 25_600, 51_200, 69_000].every((each) => supplies.has(each)) &&
        some(({ to }) => supply_mV(to.drives) < 6_500 && held_us(to) >= 1_000_000),
      R15: () => some(power),
      R16: () => ways.size >= 26,
      R17: () =>
        ['on off', 'on on', 'off on', 'off off'].every((both) => {
          const [blue, red] = both.split(' ');
          return regression.some(({ expectations }) =>
            expectations
              .filter((one) => one.kind === 'level' || one.kind === 'stays')
              .some(
                (one, _, all) =>
                  `${one.signal} ${one.level}` === `ledBlue ${blue}` &&
                  all.some((other) => other.place.line === one.place.line && `${other.signal} ${other.level}` === `ledRed ${red}`),
              ),
          );
        }),
      R18: () =>
        regression.some(({ expectations }) =>
          (['load', 'preAlarm', 'ledBlue'] as const).every((signal) =>
            expectations.some((one) => one.kind === 'stays' && one.signal === signal),
          ),
        ),
      R19: () => regression.some(({ id }) => moves.filter((move) => move.id === id && remote(move, false)).length >= 4),
    };
    for (const ruling of RULINGS) {
      it(ruling, () => {
        expect(shown[ruling]?.()).to.equal(true);
      });
    }
  });
});
