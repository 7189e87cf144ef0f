/** Registers of the chip as a whole: sleep, reset causes, clock prescaler, timer prescaler reset, and those that are refused. */

import type { Core } from './core.ts';
import type { ChipConfig } from './models/chip-config.ts';
import type { Ports } from './ports.ts';
import type { Prescaler } from './prescaler.ts';

const GTCCR = 0x43;
const ACSR = 0x50;
const ACD = 0x80;
const SMCR = 0x53;
const MCUSR = 0x54;
const MCUCR = 0x55;
const PUD = 0x10;
const IVSEL = 0x02;
const CLKPR = 0x61;
const CLKPCE = 0x80;
const ASSR = 0xb6;

export type Refuse = (register: string, address: number) => void;

export interface SystemRegisters {
  reset(): void;
}

export const attachSystemRegisters = (
  core: Core,
  ports: Ports,
  prescalers: { readonly synchronous: Prescaler; readonly asynchronous: Prescaler },
  refuse: Refuse,
): SystemRegisters => {
  const { data } = core;

  core.onRead(GTCCR, () => (prescalers.synchronous.held ? 0x81 : 0) | (prescalers.asynchronous.held ? 0x82 : 0));
  core.onWrite(GTCCR, (value) => {
    const hold = (value & 0x80) !== 0;
    if ((value & 1) !== 0) prescalers.synchronous.restart(hold);
    if ((value & 2) !== 0) prescalers.asynchronous.restart(hold);
    if (!hold) {
      prescalers.synchronous.release();
      prescalers.asynchronous.release();
    }
  });

  // The comparator itself is not emulated; switching it off is what most firmware does with this register.
  let comparatorReads = 0;
  core.onRead(ACSR, () => {
    if (++comparatorReads > 1) refuse('ACSR', ACSR);
    return data[ACSR] as number;
  });
  core.onWrite(ACSR, (value) => {
    comparatorReads = 0;
    data[ACSR] = value & ACD;
    if ((value & ~ACD) !== 0) refuse('ACSR', ACSR);
  });

  core.isPlain(SMCR, 0x0f);
  // Reset flags are cleared by writing zeros.
  core.onWrite(MCUSR, (value) => {
    data[MCUSR] = (data[MCUSR] as number) & value;
  });
  core.onWrite(MCUCR, (value) => {
    data[MCUCR] = value;
    if ((value & IVSEL) !== 0) refuse('MCUCR', MCUCR);
    ports.pullUpsDisabled = (value & PUD) !== 0;
    ports.update();
  });

  let prescalerOpenUntil = -1;
  core.onWrite(CLKPR, (value) => {
    if (value === CLKPCE) prescalerOpenUntil = core.cpu.cycles + 5 * core.divider;
    else if ((value & CLKPCE) === 0 && core.cpu.cycles <= prescalerOpenUntil) {
      data[CLKPR] = value & 0x0f;
      core.setDivider(1 << Math.min(value & 0x0f, 8));
    }
  });

  core.onWrite(ASSR, (value) => {
    if ((value & 0x60) !== 0) refuse('ASSR', ASSR);
  });

  return {
    reset() {
      comparatorReads = 0;
      prescalerOpenUntil = -1;
    },
  };
};

/** Guards every address that is neither emulated nor memory. Call it last, when the hooks are in place. */
export const attachRefusals = (core: Core, config: ChipConfig, refuse: Refuse): void => {
  const plain = new Set(config.plain);
  for (const { base } of config.usarts) for (const offset of [1, 2, 4, 5]) plain.add(base + offset);
  for (const { mask } of config.timers) plain.add(mask);
  for (let address = 0x20; address < config.ramStart; address++) {
    if (plain.has(address) || core.isHooked(address)) continue;
    const name = config.refused.get(address) ?? `reserved 0x${address.toString(16)}`;
    core.onRead(address, () => {
      refuse(name, address);
      return 0;
    });
    core.onWrite(address, () => refuse(name, address));
  }
};
