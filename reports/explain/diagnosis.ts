/** Names what is most likely wrong with the unit from what its differences have in common, and where a technician looks first. */

import type { Blame } from '../../scenarios/contracts/blame.ts';
import { isOutput, isSense, LEDS, OUTPUTS, type DriveSignal } from '../../scenarios/signals.ts';
import { amount, duration, signalName } from '../judge/wording.ts';
import type { Explanation } from './explanation.ts';
import { featuresOf, type Features, type Shown } from './features.ts';
import type { Told } from './first.ts';

interface Finding {
  readonly finding: string;
  readonly look: string;
}
type Rule = (features: Features) => Finding | null;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const name = (signal: string): string => capital(signalName(signal));
const some = (list: readonly unknown[]): boolean => list.length > 0;

const STAGE: Readonly<Record<string, string>> = {
  load: 'the output stage of LOAD (its switch, its driver, its solder joints) and the terminal',
  preAlarm: 'the output stage of PRE-ALARM (its switch, its driver, its solder joints) and the terminal',
  charger: 'the output stage of CHARGER (its switch, its current limit, its solder joints) and the terminal',
};

/** Both LEDs answer, each for the other. */
const ledsSwapped: Rule = (f) =>
  some(f.misses('ledBlue', true)) && some(f.extras('ledRed', true))
    ? {
        finding: 'The two LEDs answer for each other: red lights where blue should.',
        look: 'the LEDs on the board: blue and red are fitted or wired the wrong way round',
      }
    : null;

const ledDead: Rule = (f) => {
  const dead = LEDS.find((led) => some(f.misses(led, true)) && !f.everUp(led));
  return dead === undefined
    ? null
    : {
        finding: `${name(dead)} never lights in this run, while the outputs do what they should.`,
        look: `${signalName(dead)} and its resistor; hold the light sensor of the bench to a LED that is known to work to rule it out`,
      };
};

const ledLogic: Rule = (f) => {
  const led = LEDS.find((one) => f.signals.every((signal) => signal === one) && some(f.signals));
  return led === undefined
    ? null
    : {
        finding: `Only ${signalName(led)} is wrong: it does not follow what it should show.`,
        look: `what drives ${signalName(led)}: its pin, and the condition in the firmware`,
      };
};

const stuckHigh: Rule = (f) => {
  const stuck = OUTPUTS.find(
    (output) => (some(f.misses(output, false)) || some(f.extras(output, true))) && f.everUp(output) && !f.everDown(output),
  );
  if (stuck === undefined) return null;
  const told =
    stuck === 'load' && !some(f.misses('ledBlue', false)) ? ' The blue LED goes dark all the same, so the unit decides right.' : '';
  return {
    finding: `${name(stuck)} stays high where it must float, in every case that asks for it.${told}`,
    look: `${STAGE[stuck]}: a switch that is shorted or always driven`,
  };
};

const neverHigh: Rule = (f) => {
  const dead = OUTPUTS.filter((output) => some(f.misses(output, true)) && !f.everUp(output));
  if (dead.length === 0) return null;
  if (dead.length > 1)
    return {
      finding: `${dead.map(name).join(' and ')} never go high in this run.`,
      look: 'supply and remote terminals of the unit, its fuse, and whether its firmware runs at all',
    };
  return {
    finding: `${name(dead[0]!)} never goes high in this run, the other outputs do.`,
    look: `${STAGE[dead[0]!]}: an open switch or joint`,
  };
};

const pulledLow: Rule = (f) => {
  const output = OUTPUTS.find((one) => some(f.of(one, 'low', 'leaky')));
  if (output === undefined) return null;
  const leaky = some(f.of(output, 'leaky'));
  return {
    finding: leaky
      ? `${name(output)} is neither high nor free when it should float: something pulls it a little.`
      : `${name(output)} is pulled to minus where it should float.`,
    look: leaky
      ? `leakage at ${name(output)}: flux, a damaged switch, a wrong resistor`
      : `${STAGE[output]}: a low side that conducts; outputs of this unit only source`,
  };
};

const limits: Rule = (f) => {
  const out = f.shown.find(({ difference }) => difference.kind === 'outOfLimit' && difference.measured !== null);
  if (out === undefined) return null;
  const { signal, measured } = out.difference;
  const { value, unit, off } = measured!;
  const said = `${signal} reads ${amount(value)} ${unit}, ${amount(Math.abs(off))} ${unit} too ${off < 0 ? 'low' : 'high'}.`;
  const output = OUTPUTS.find((one) => signal === `${one}Drop` || signal === `${one}Voltage`);
  if (output !== undefined) return { finding: said, look: `${STAGE[output]}: the resistance of the path from the supply to the terminal` };
  return {
    finding: said,
    look:
      signal === 'supplyCurrent'
        ? 'what the unit feeds without need: an output driver, a LED, a regulator'
        : 'the path that this quantity is measured on',
  };
};

/** LOAD against the instant at which PRE-ALARM rose. */
const wait: Rule = (f) => {
  const early = f.of('load', 'early');
  const late = f.of('load', 'late').filter(({ difference }) => difference.expected.level !== 'high');
  const shown = [...early, ...late].filter(({ difference }) => ['R3', 'R4', 'R5'].includes(difference.rule ?? ''));
  if (shown.length === 0) return null;
  const offs = shown.map(({ difference }) => difference.off_us ?? 0);
  const [least, most] = [Math.min(...offs), Math.max(...offs)];
  const spread = most - least < 0.05 * Math.abs(most) + 100_000;
  return {
    finding: `LOAD falls ${duration(Math.abs(offs[0]!))} too ${offs[0]! < 0 ? 'early' : 'late'} after the pre-alarm${spread && offs.length > 1 ? ', by the same amount each time' : ''}.`,
    look: spread
      ? 'the wait in the firmware: its constant, or a clock that is wrong by as much'
      : 'when the firmware starts its wait: a restart, a credit from an earlier one, or a condition that ends it',
  };
};

const PATHS: Readonly<Partial<Record<DriveSignal, string>>> = {
  pole1: 'the sense path of M8 pole 1 (low cell)',
  pole3: 'the sense path of M8 pole 3 (charge)',
  pole4: 'the sense path of M8 pole 4 (pre-alarm)',
  remoteLink: 'the remote input: terminals L and H',
  remoteH: 'the remote input: terminal H',
  remoteL: 'the remote input: terminal L',
  supply: 'supply supervision: brown-out level, reset, start-up',
};
const OWN: Readonly<Record<string, readonly DriveSignal[]>> = {
  load: ['pole1', 'supply'],
  preAlarm: ['pole4', 'pole1'],
  charger: ['pole3'],
};

/** Outputs that answer to a pole that is not theirs. */
const crossed: Rule = (f) => {
  const foreign = f.shown.find(({ difference: { kind, signal, got }, after }) => {
    const own = OWN[signal];
    return (
      kind === 'extra' &&
      got !== null &&
      own !== undefined &&
      after.length === 1 &&
      after[0]!.startsWith('pole') &&
      !own.includes(after[0]!)
    );
  });
  if (foreign === undefined) return null;
  const { signal } = foreign.difference;
  return {
    finding: `${name(signal)} answers to ${foreign.after[0]}, which is not its own.`,
    look: `${PATHS[foreign.after[0]!]} and that of ${OWN[signal]![0]}: exchanged, or bridged`,
  };
};

const short: Rule = (f) => {
  const brief = f.shown.find(({ difference }) => difference.kind === 'dropOut' || difference.kind === 'pulse');
  if (brief === undefined) return null;
  const { signal, off_us, kind } = brief.difference;
  const count = f.shown.filter(({ difference }) => difference.signal === signal && difference.kind === kind).length;
  return {
    finding: `${name(signal)} ${kind === 'dropOut' ? 'drops out' : 'comes up'} for ${duration(off_us ?? 0)}${count > 1 ? `, ${count} times` : ''}, with nothing asking for it.`,
    look:
      isSense(signal) && isOutput(signal)
        ? `${STAGE[signal]}: a loose contact, or a firmware that writes its outputs one after the other`
        : 'what drives it, and its contacts',
  };
};

/** All differences come after steps of one kind. */
const oneStep: Rule = (f) => {
  const [lead] = f.signals;
  const own = f.shown.filter(({ difference }) => difference.signal === lead);
  const kinds = own.map(({ after }) => [...new Set(after)]);
  const common = kinds[0]?.filter((drive) => kinds.every((one) => one.includes(drive))) ?? [];
  const [drive] = common;
  if (lead === undefined || drive === undefined || PATHS[drive] === undefined) return null;
  const low = drive === 'supply' && own.every(({ supply_mV }: Shown) => supply_mV < 12_000);
  return {
    finding: `${name(lead)} is wrong after a change of ${common.join(' or ')}${low ? ', with a low supply' : ''}, and only then.`,
    look: `${PATHS[drive]}, and what the firmware makes of it`,
  };
};

const anything: Rule = (f) => {
  const [first] = f.shown;
  return first === undefined
    ? null
    : {
        finding: first.difference.text,
        look:
          isSense(first.difference.signal) && isOutput(first.difference.signal)
            ? STAGE[first.difference.signal]!
            : 'the path of this signal',
      };
};

/** The most telling pattern first. */
const RULES: readonly Rule[] = [
  ledsSwapped,
  pulledLow,
  crossed,
  neverHigh,
  stuckHigh,
  limits,
  wait,
  ledDead,
  ledLogic,
  short,
  oneStep,
  anything,
];

const MENDED: Readonly<Record<Blame, string>> = {
  rig: 'the bench is mended',
  link: 'cable, hub and board have been looked after',
  scenario: 'the scenario is mended',
  operator: 'what was asked of the operator is done',
  unit: 'that is cleared up',
};

/** What spoilt the first case that was spoilt: what such a case shows of the unit may be the bench's, and is no reason to open the unit. */
function bench(open: readonly Told[]): Explanation['diagnosis'] {
  const broken = open.filter(({ last }) => last.result.verdict === 'broken' && last.result.faults.length > 0);
  const fault = broken[0]?.last.result.faults[0];
  if (fault === undefined) return null;
  const cases = broken.map(({ last }) => last.result.id);
  return { finding: fault.text, look: `This says nothing of the unit: test it again once ${MENDED[fault.blame]}.`, cases };
}

/** Null where nothing speaks of the unit, nor of bench or link. */
export function diagnose(open: readonly Told[], all: readonly Told[]): Explanation['diagnosis'] {
  const failed = open.filter(
    ({ last: { result } }) => result.verdict === 'fail' && result.differences.some(({ blame }) => blame === 'unit'),
  );
  if (failed.length === 0) return bench(open);
  const features = featuresOf(failed, all);
  for (const ask of RULES) {
    const found = ask(features);
    if (found !== null) return { ...found, look: `Look first at ${found.look}.`, cases: failed.map(({ last }) => last.result.id) };
  }
  return null;
}
