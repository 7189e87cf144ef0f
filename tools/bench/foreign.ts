/** A unit's image as others write them: it wakes a thousand times a second for a tick of its own. How fast the whole rig runs with it. */

import { BENCH_NETLIST } from '../../rig/sim/circuit/stand-in-board.ts';
import { FIXTURE_IMAGE, loadImage } from '../../rig/run/images.ts';
import { openFixtureBench } from '../../rig/bench/bench.ts';
import { Assembler } from '../../rig/sim/avr/assembler.ts';
import { openSimulation } from '../../rig/sim/simulation.ts';
import { REG } from '../../rig/sim/avr/test-chip.ts';
import { quietCase } from './idle.ts';

/** Timer0 compare match A of the ATmega328P, as a vector number. */
const TIMER0_COMPA = 14;
/** 16 MHz / 64 / 250. */
const ONE_ms = 249;
const CTC = 2;
const BY_64 = 3;

/** Counts milliseconds in the interrupt, drives LOAD and CHARGER, and sleeps in between: about a hundred cycles a tick. */
const kilohertzImage = () =>
  new Assembler('atmega328p')
    .set(REG.DDRB, 0x1f)
    .set(REG.TCCR0A, CTC)
    .set(REG.OCR0A, ONE_ms)
    .set(REG.TIMSK0, 1 << 1)
    .set(REG.TCCR0B, BY_64)
    .set(REG.PORTB, 0x03)
    .sleepForever()
    .label('tick')
    .push(16)
    .count(0x100)
    .ldi(17, 30)
    .label('work')
    .dec(17)
    .brne('work')
    .pop(16)
    .reti()
    .vector(TIMER0_COMPA, 'tick')
    .image();

/** Virtual seconds a wall second over a quiet case; the second of two runs. */
export const foreignSpeed = async (seed: number): Promise<number> => {
  let speed = 0;
  for (let run = 0; run < 2; run += 1) {
    const simulation = openSimulation({
      seed,
      occasion: 'foreign',
      fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image,
      unitImage: kilohertzImage(),
      netlist: BENCH_NETLIST,
      pace: 'virtual',
    });
    const { binding, path, clock } = simulation;
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: 'foreign', seed });
    const from_s = simulation.counters().virtual_s;
    const start = performance.now();
    await bench.runCase(quietCase());
    speed = ((simulation.counters().virtual_s - from_s) / (performance.now() - start)) * 1000;
    const { wakes } = simulation.counters().unit;
    if (wakes < 15_000) throw new Error(`The image ticks too rarely: ${wakes} wakes.`);
    await bench.close();
    simulation.close();
  }
  return speed;
};
