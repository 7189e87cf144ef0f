/** Faults of small parts that make a good unit look as if it leaked: a weak bias, a capacitor, a remote link that is not quite open. */

import { spread } from '../../fixture/netlist/part.ts';
import { set } from '../defects/change.ts';
import { breaking, harmless, type Fault } from './fault.ts';

export const SMALL_FAULTS: readonly Fault[] = [
  breaking('circuit', 'rig', 'bias-load-weak', 'The bias resistor of LOAD has 100 kOhm instead of 10 kOhm.', {
    do: 'circuit',
    change: [set('R.load.bias', 'resistance_Ohm', spread(100_000, 0))],
  }),
  breaking('circuit', 'rig', 'bias-charger-weak', 'The bias resistor of CHARGER has 100 kOhm instead of 10 kOhm.', {
    do: 'circuit',
    change: [set('R.charger.bias', 'resistance_Ohm', spread(100_000, 0))],
  }),
  breaking('circuit', 'rig', 'capacitor-load-100nf', 'A capacitor of 100 nF hangs on LOAD in the fixture: a probe does not fill it.', {
    do: 'circuit',
    change: [set('C.load', 'capacitance_F', spread(100e-9, 0))],
  }),
  breaking('circuit', 'rig', 'switch-remote-link-leaks', 'The switch K.remoteLink has 5 kOhm when it is open.', {
    do: 'circuit',
    change: [set('K.remoteLink', 'off_Ohm', spread(5_000, 0))],
  }),
  // A case that asks for it is broken; the end-of-line case does not.
  harmless(
    'circuit',
    'sink-charger-1ma-stuck-off',
    'The sink of 1 mA on CHARGER never draws anything, which a case that does not ask for it survives.',
    {
      do: 'circuit',
      change: [set('Q.chargerSink1mA', 'current_A', spread(1e-9, 0))],
    },
  ),
];
