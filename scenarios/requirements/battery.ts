/** What is stated of the battery and its chain. It decides by itself, so the rig shows these with its own model of the bank, and no unit proves them. */

import { none, rig } from './requirement.ts';

export const BATTERY = {
  'BAT-DECIDES': rig('The battery measures cells and temperature and decides; the unit gets the result alone.', 'O', 'F-BATTERY-DECIDES'),
  'BAT-LOW-CELL': rig('A cell below 2.80 V is low; the level can be set from 2.60 V to 2.80 V.', 'O', 'F-CELL-LOW'),
  'BAT-LOW-RELEASE': rig('A low cell is over when all cells are at 3.20 V or more.', 'O*', 'F-LOAD-RELEASE F-CELL-LOW'),
  'BAT-WARNING': rig('A cell below 3.10 V gives the pre-alarm; the level can be set from 2.85 V to 3.15 V.', 'O', 'F-CELL-WARNING'),
  'BAT-WARNING-RELEASE': rig('The pre-alarm is over when the lowest cell is above 3.20 V.', 'M', 'F-CELL-WARNING'),
  'BAT-HIGH-CELL': rig('A cell at 3.75 V stops charging.', 'O*', 'F-CELL-HIGH'),
  'BAT-HIGH-RELEASE': rig('Charging is allowed again when all cells are below 3.60 V.', 'O*', 'F-CHARGE-RELEASE F-CELL-HIGH'),
  'BAT-COLD': rig('Below 5 degC charging stops; the level can be set from -20 degC to 20 degC.', 'O', 'F-COLD'),
  'BAT-HOT': rig('Above 50 degC charging stops.', 'O', 'F-HOT'),
  'BAT-TEMPERATURE-RELEASE': rig('A temperature alarm is over 2 K inside its level.', 'I', 'A-TEMPERATURE'),
  'BAT-OLD': rig('Older batteries have no pre-alarm signal.', 'O*', 'F-OLD-BATTERY'),
  'BAT-ANY': rig('An alarm of any one battery acts on the whole bank, in series and in parallel.', 'O', 'F-CHAIN-ANY'),
  'BANK-SIZE': rig('A bank has up to 20 batteries, with up to four of 12.8 V or two of 25.6 V in series.', 'O', 'F-BANK-SIZE'),
  'BANK-SIZE-OLD': none(
    'An older manual allows five parallel strings.',
    'O',
    'F-BANK-SIZE-OLD',
    'Replaced by the newer statement, which a bank of four in series and five in parallel meets as well.',
  ),
  'BAT-CEILING': none(
    'No cell may ever be above 4.0 V.',
    'O',
    'F-CELL-CEILING',
    'A demand on the charger; a scenario that asks for more is refused.',
  ),
  'BAT-OFFSET': none(
    'The temperature reading of a battery can be corrected by up to 10 K.',
    'O',
    'F-OFFSET',
    'A correction inside the battery, before it decides.',
  ),
  'BAT-CAPACITY': none(
    'About 3 % of the capacity are left at 2.8 V and about 1 % at 2.6 V.',
    'O',
    'F-CAPACITY',
    'A property of the cells.',
  ),
  'BAT-OTHER-LEVELS': none(
    'Pages on older batteries name 2.5 V, 4.2 V and 0 degC.',
    'R',
    'F-OTHER-LEVELS',
    'The current levels are used; these belong to other batteries.',
  ),
  'BAT-STATUS': none(
    'The battery tells its alarms as status bits over the radio.',
    'C',
    'F-STATUS-BITS',
    'The unit does not receive them.',
  ),
  'CHAIN-RING': none(
    'The batteries are chained from plug to socket, and the first and the last one return to the unit.',
    'O',
    'F-CHAIN-RING F-M8',
    'How cables are laid; the fixture is the ring.',
  ),
  'CHAIN-CABLES': none(
    'Chain cables are extended in pairs, and their rings tightened fully.',
    'R',
    'F-CHAIN-CABLES',
    'A demand on whoever installs the bank.',
  ),
  'CHAIN-BYPASS': none(
    'Joining the leads of its neighbours takes a battery out of the chain, which is how a faulty one is found.',
    'O*',
    'F-CHAIN-BYPASS',
    'To the unit it is one battery fewer, which it cannot tell.',
  ),
} as const;
