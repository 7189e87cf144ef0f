/** Good units that behave otherwise: images of the stand-in that take other readings the rulings allow. None of them may ever be accused. */

export interface GoodUnit {
  readonly name: string;
  /** What it does otherwise than the stand-in, and the ruling that lets it. */
  readonly summary: string;
  readonly ruling: string;
  /** Unified diff against the stand-in's sources, from the repository's root. */
  readonly patch: string;
  /** Built image, from the repository's root. */
  readonly image: string;
}

const good = (name: string, ruling: string, summary: string): GoodUnit => ({
  name,
  summary,
  ruling,
  patch: `rig/sim/good-units/firmware/${name}.patch`,
  image: `rig/sim/good-units/firmware/${name}.hex`,
});

export const GOOD_UNITS: readonly GoodUnit[] = [
  good('wait-30s3', 'R3', 'The wait lasts 30.3 s: with a crystal 0.5 % fast just above 30 s.'),
  good('wait-34s7', 'R4', 'The wait lasts 34.7 s: with a crystal 0.5 % slow just below 35 s.'),
  good('debounce-500ms', 'R16', 'Poles are debounced for half a second.'),
  good('poles-at-once', 'R16', 'Poles are believed a millisecond after they have moved, for however short a time.'),
  good('reaction-1800ms', 'R16', 'Every reaction to poles and remote takes 1.8 s.'),
  good('start-up-2500ms', 'R15', 'All outputs stay off for 2.5 s after power-up.'),
  good('prealarm-ends-with-warning', 'R8', 'A warning that ends takes PRE-ALARM with it, low cell or not.'),
  good('prealarm-waits-for-clear-warning', 'R10', 'After a recovery PRE-ALARM stays floating until the warning has cleared once.'),
  good('off-until-recovery', 'R12', 'Entering service with a low cell, LOAD and PRE-ALARM float until it recovers.'),
  good('thresholds-low', 'R13', 'The thresholds of remote and supply lie at the lower ends of their free bands.'),
  good('thresholds-high', 'R13', 'The thresholds of remote and supply lie at the upper ends of their free bands.'),
  good('state-kept-in-dips', 'R14', 'Wait and trip outlast a supply between 6.8 V and 8 V.'),
  good('no-lockout', 'R14', 'The unit works as long as its controller does: there is no lock-out above 6.8 V.'),
  good('lamp-test', 'R15', 'Both LEDs are lit for 2 s after power-up.'),
  good('slow-leds', 'R17', 'The LEDs follow 1.8 s later.'),
  good('prealarm-falls-first', 'R9', 'At a trip PRE-ALARM falls 0.4 s before LOAD.'),
  good('prealarm-falls-last', 'R9', 'At a trip PRE-ALARM falls 0.4 s after LOAD.'),
  good('one-output-at-a-time', 'R16', 'Outputs that change together are switched 40 ms apart.'),
  good('blue-led-winks', 'R18', 'Every 12 s the blue LED is dark for 8 ms.'),
];

export const findGoodUnit = (name: string): GoodUnit | undefined => GOOD_UNITS.find((one) => one.name === name);
