/** Mutants that no suite can kill, because a good unit may do as they do: each with the reason. */

export const EQUIVALENTS: Readonly<Record<string, string>> = {
  'clock.c:14:3 without `TCCR1A = 0;`': 'The register holds 0 after a reset, and nothing else writes it.',
  'logic.c:34:6 `(!wanted)` is `(!(!wanted))`':
    'Whether the wait is over is worked out anew at each step while PRE-ALARM is high, before it is asked for: when it is forgotten makes no difference.',
  'poles.c:26:25 `<` is `>=`':
    'A change also sets the alarm that settles all poles, so when each of them changed is not needed: a pole settles a little later only where another one moves, within the reaction.',
  'remote.c:33:28 `>=` is `>`': 'One sample more has to agree before the remote counts, which stays within the reaction.',
};
