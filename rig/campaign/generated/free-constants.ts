/** Constants of the stand-in's sources that the rulings leave free within a band: a mutant within it is a good unit. Bands hold over the spread of parts (3 %) and crystal (0.5 %). */

export interface FreeConstant {
  /** `file:line:col` of the constant, and as it is written there. */
  readonly at: string;
  readonly text: string;
  /** What a good unit may have there, all else as it is; both ends included. */
  readonly least: number;
  readonly most: number;
  readonly why: string;
}

const free = (at: string, text: string, [least, most]: readonly [number, number], why: string): FreeConstant => ({
  at,
  text,
  least,
  most,
  why,
});

const DEBOUNCE = 'a pole may be believed at once (R1: a state between may be seen) or late (R16: 2 s)';
const CODES = 'it moves all thresholds of remote and supply alike, and each keeps its free band (R13, R14)';
const BELOW_8_V =
  'between 6.5 V and 8.0 V a unit may do anything, go off and on again and again as well (R14), until the supervisor of its board holds it in reset at 6.8 V';
const SWEEPS = 'how often the inputs are read: each is answered within 2 s (R16)';

export const FREE_CONSTANTS: readonly FreeConstant[] = [
  // The supply's 7.45 V reaches 8.0 V / 1.03, the remote's 4.17 V falls to 3.5 V / 0.97.
  free('board.h:18:66', '1024', [887, 1067], CODES),
  free('board.h:18:88', '5000', [4_799, 5_772], CODES),
  free(
    'clock.h:8:18',
    '15625',
    [15_273, 17_489],
    'a wait between 30.3 s and 34.7 s (R3, R4), and all else a little faster or slower (R16)',
  ),
  free('clock.h:9:41', '1000', [500, 2_000], 'debounce and sweeps twice as fast, or half as fast (R16)'),
  free('clock.h:11:29', '64', [32, 128], SWEEPS),
  free('logic.c:13:15', '31', [31, 34], 'a nominal wait between 30.3 s and 34.7 s (R3, R4)'),
  free('main.c:17:22', '8', [1, 16], SWEEPS),
  free('main.c:39:37', '0', [0, 7], 'which of eight sweeps reads the supply (R15: 3 s)'),
  free('poles.c:14:25', '20', [0, 500], DEBOUNCE),
  free('poles.c:15:27', '128', [0, 600], DEBOUNCE),
  free('poles.c:17:15', '3', [3, 6], 'PD5 to PD7 are not among POLES, so their bits are never set'),
  free('remote.c:12:29', '2500', [2_400, 2_815], 'H on between 2.0 V and 2.9 V (R13), above where it goes off'),
  free('remote.c:15:18', '2', [2, 20], 'the remote is answered within 2 s (R16)'),
  free('supply.c:6:29', '7450', [0, 7_767], BELOW_8_V),
  free('supply.c:6:35', '16', [16, 1_000], BELOW_8_V),
  free('supply.c:7:28', '7200', [0, 7_767], BELOW_8_V),
  free('supply.c:7:34', '16', [15, 1_000], BELOW_8_V),
];
