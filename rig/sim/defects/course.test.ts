import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parseHex, type HexImage } from '../avr/hex.ts';
import { BENCH_NETLIST } from '../circuit/stand-in-board.ts';
import { applyChanges } from './apply.ts';
import { type CourseImages, type Seen, walkCourse } from './course.ts';
import { NOMINAL_V, shownAt_V, VOLTAGE_CLASSES } from './defect.ts';
import { ELECTRICAL_DEFECTS } from './electrical.ts';

const image = (path: string, flashBytes: number): HexImage => {
  const parsed = parseHex(readFileSync(new URL(path, import.meta.url), 'utf8'), { flashBytes });
  if (!parsed.ok) throw new Error(`${path}: ${parsed.problem.message}`);
  return parsed.image;
};
const IMAGES: CourseImages = { unit: image('../unit/unit.hex', 0x8000), fixture: image('../../fixture/fixture.hex', 0x4_0000) };

/** What a good unit shows, by hand from the rulings. */
const GOOD: Seen = {
  'remote off: load': 'floating',
  'remote off: preAlarm': 'floating',
  'remote off: charger': 'floating',
  'remote off: ledBlue': false,
  'remote off: ledRed': false,
  'remote off: supplyCurrent': true,
  'linked: load': true,
  'linked: preAlarm': 'floating',
  'linked: charger': true,
  'linked: ledBlue': true,
  'linked: ledRed': false,
  'linked: supplyCurrent': true,
  'linked: loadDrop': true,
  'linked: chargerDrop': true,
  ...healthy('H at battery'),
  ...healthy('L at minus'),
  ...healthy('H at 3.1 V'),
  ...healthy('L at 3.3 V'),
  ...healthy('8 V'),
  'charge alarm: load': true,
  'charge alarm: preAlarm': 'floating',
  'charge alarm: charger': 'floating',
  'charge alarm: ledBlue': true,
  'charge alarm: ledRed': true,
  'warning: load': true,
  'warning: preAlarm': true,
  'warning: charger': true,
  'warning: ledBlue': true,
  'warning: ledRed': false,
  'warning: preAlarmDrop': true,
  'low cell without warning: load': 'floating',
  'low cell without warning: preAlarm': 'floating',
  'low cell without warning: charger': true,
  'low cell without warning: ledBlue': false,
  'low cell without warning: ledRed': false,
  'low cell without warning: supplyCurrent': true,
  ...healthy('recovered'),
  ...healthy('after a short of CHARGER'),
  ...outOfService('male end apart'),
  ...healthy('male end together again'),
  ...outOfService('female end apart'),
  ...healthy('female end together again'),
};

function outOfService(station: string): Seen {
  return {
    [`${station}: load`]: false,
    [`${station}: preAlarm`]: false,
    [`${station}: charger`]: false,
    [`${station}: ledBlue`]: false,
    [`${station}: ledRed`]: true,
  };
}

function healthy(station: string): Seen {
  return {
    [`${station}: load`]: true,
    [`${station}: preAlarm`]: false,
    [`${station}: charger`]: true,
    [`${station}: ledBlue`]: true,
    [`${station}: ledRed`]: false,
  };
}

describe('electrical defects in a running unit', () => {
  it('do not show in a good unit, whatever its spread', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const supply_V = NOMINAL_V[VOLTAGE_CLASSES[seed % VOLTAGE_CLASSES.length]!];
      expect(walkCourse(IMAGES, BENCH_NETLIST, seed, supply_V), `seed ${seed}`).to.deep.equal(GOOD);
    }
  });

  for (const { name, change, signal, classes } of ELECTRICAL_DEFECTS) {
    it(`${name} shows on ${signal}`, () => {
      const seen = walkCourse(IMAGES, applyChanges(BENCH_NETLIST, change), 7, shownAt_V(classes));
      const different = Object.keys(GOOD).filter((key) => seen[key] !== GOOD[key]);
      expect(different.map((key) => key.split(': ')[1])).to.include(signal);
    });
  }
});
