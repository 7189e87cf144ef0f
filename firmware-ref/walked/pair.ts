/** One possible course of LOAD and PRE-ALARM, which share what the unit has seen and remembers. */

import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { mayTrip } from '../rules/load.ts';
import { isOut, type Choice, type Memo } from '../rules/rule.ts';
import { RULES } from '../rules/rules.ts';
import { between, pick, type Chance } from './chance.ts';
import { sightsOf, type Flip, type Sight } from './sight.ts';

interface Output {
  memo: Memo;
  high: boolean;
  readonly flips: Flip[];
}

function set(output: Output, at_us: number, { high, memo }: Pick<Choice, 'high' | 'memo'>): void {
  output.memo = memo;
  if (high === output.high) return;
  output.high = high;
  output.flips.push({ at_us, high });
}

/** Whether the state survives where it may or may not, and which reading of R12 the unit follows: one answer for both outputs. */
function shared(choices: readonly Choice[], kept: boolean, serves: boolean): readonly Choice[] {
  const remembered = choices.filter(({ memo }) => isOut(memo) !== kept);
  const list = choices.some(({ memo }) => isOut(memo)) && remembered.length > 0 ? remembered : choices;
  const entering = list.filter(({ cite, high }) => cite === 'serviceLowCell' && high === serves);
  return entering.length > 0 ? entering : list;
}

export function pairWalk(
  segments: readonly Segment[],
  numbers: Numbers,
  chance: Chance,
): { readonly load: readonly Flip[]; readonly preAlarm: readonly Flip[] } {
  const load: Output = { memo: 'out', high: false, flips: [] };
  const preAlarm: Output = { memo: 'out', high: false, flips: [] };
  const serves = chance('serves') < 0.5;
  let from = segments[0]!;
  let rose_us = -Infinity;

  /** R3, R4, R9: the trip between two sights, if the wait ends there. */
  const trip = ({ at_us: since_us }: { at_us: number }, until_us: number): void => {
    if (!load.high || !preAlarm.high || !mayTrip(load.memo, from) || from.inputs.remote !== 'on') return;
    const wait_us = between(chance, `wait ${rose_us}`, numbers.waitLeast_us, numbers.waitMost_us - 2);
    const at_us = Math.max(Math.ceil(rose_us + wait_us), since_us);
    if (at_us >= until_us) return;
    set(load, at_us, { high: false, memo: 'down' });
    const apart_us = between(chance, `apart ${rose_us}`, -numbers.tripTogether_us, numbers.tripTogether_us);
    const pre_us = Math.round(Math.min(Math.max(at_us + apart_us, since_us + 1, rose_us + 1), at_us + numbers.tripTogether_us));
    set(preAlarm, pre_us < until_us ? pre_us : at_us, { high: false, memo: 'quiet' });
  };

  const sights: readonly Sight[] = sightsOf(segments, chance);
  for (const [index, { segment, at_us }] of sights.entries()) {
    const kept = chance(`kept ${segment.index}`) < 0.5;
    const react = (signal: 'load' | 'preAlarm', { memo, high }: Output): Choice | undefined =>
      pick(chance, `${signal} ${segment.index}`, shared(RULES[signal].react(memo, from, segment, high), kept, serves));
    const next = { load: react('load', load), preAlarm: react('preAlarm', preAlarm) };
    if (next.load !== undefined) set(load, at_us, next.load);
    const was = preAlarm.high;
    if (next.preAlarm !== undefined) set(preAlarm, at_us, next.preAlarm);
    if (preAlarm.high && !was) rose_us = at_us;
    from = segment;
    trip({ at_us }, sights[index + 1]?.at_us ?? Infinity);
  }
  return { load: load.flips, preAlarm: preAlarm.flips };
}
