/** What a trace tells against the bench as a whole: a fixture that restarted, and clocks by which no time can be judged. */

import type { Trace } from '../../scenarios/contracts/trace.ts';
import type { BenchFault } from './run.ts';

/** A resonator over temperature and age, half as much again. */
const FARTHEST_ppm = 8_000;
/** No clock runs so wrong: one of the two stood still, or was set. */
const NO_CLOCK_ppm = 50_000;
/** What is left of a jump when the scatter of the pings has been taken off. */
const LEAST_JUMP_us = 100;

const rig = (code: 'fixtureReset' | 'clockBad', text: string): BenchFault => ({ code, blame: 'rig', text });

function bootFaults({ boots }: Trace): BenchFault[] {
  if (boots.length === 1) return [];
  if (boots.length === 0) return [rig('fixtureReset', 'No boot id was seen, so a reset would go unnoticed.')];
  return [rig('fixtureReset', `The fixture restarted during the case (boot ids ${boots.join(', ')}).`)];
}

/** A bad clock is the rig's, whichever of the two it is. */
function clockFaults({ clock, end }: Trace): BenchFault[] {
  const { rate_ppm, bound_ppm, jump_us, samples } = clock;
  if (![rate_ppm, bound_ppm, jump_us].every(Number.isFinite) || bound_ppm < 0 || samples < 2)
    return [rig('clockBad', 'The clock fit carries no bound, so no time of the trace can be judged.')];
  const faults: BenchFault[] = [];
  if (Math.abs(rate_ppm) - bound_ppm > FARTHEST_ppm) {
    const percent = `${(Math.abs(rate_ppm) / 10_000).toFixed(2)} % ${rate_ppm > 0 ? 'faster' : 'slower'}`;
    const why =
      Math.abs(rate_ppm) < NO_CLOCK_ppm
        ? 'one of them is defective'
        : 'no clock is so wrong, so one of them stood still or was set while the case ran (a computer that sleeps does that)';
    faults.push(rig('clockBad', `The fixture's clock runs ${percent} than the host's: ${why}, and no time can be judged.`));
  }
  // A case that was cut short may have been so by what also held up its pings.
  if (jump_us > LEAST_JUMP_us && end === 'complete')
    faults.push(rig('clockBad', `The clocks of host and fixture jumped by ${(jump_us / 1000).toFixed(1)} ms or more against each other.`));
  return faults;
}

export const wholeBenchFaults = (trace: Trace): readonly BenchFault[] => [...bootFaults(trace), ...clockFaults(trace)];
