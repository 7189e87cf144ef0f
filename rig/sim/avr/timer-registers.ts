/** The register file of a timer: addresses, and the TEMP byte through which 16-bit registers are written and read as one. */

import type { Core } from './core.ts';
import type { Timer } from './timer.ts';

/** Bits that TIFRn and TIMSKn have. */
const flagBits = (timer: Timer): number => {
  const { outputs, capture } = timer.config;
  return 0x01 | (((1 << outputs.length) - 1) << 1) | (capture === undefined ? 0 : 0x20);
};

export const attachTimerRegisters = (core: Core, timer: Timer): void => {
  const { control, count, compare, mask, flags, capture, bits, outputs } = timer.config;
  const implemented = flagBits(timer);
  const channels = outputs.length;
  core.onRead(flags, () => timer.flags);
  core.onWrite(flags, (value, touched) => timer.clearFlags(value & touched & implemented));
  core.onWrite(mask, (value) => {
    core.data[mask] = value & implemented;
    timer.enable(value & implemented);
  });
  core.onRead(control, () => timer.controlA);
  core.onWrite(control, (value) => timer.configure(value, timer.controlB));
  core.onRead(control + 1, () => timer.controlB);
  const force = (value: number): void => {
    for (let channel = 0; channel < channels; channel++) if ((value & (0x80 >> channel)) !== 0) timer.forceCompare(channel);
  };
  if (bits === 8) {
    core.onWrite(control + 1, (value) => {
      timer.configure(timer.controlA, value & 0x0f);
      force(value & 0xc0);
    });
    core.onRead(count, () => timer.readCount());
    core.onWrite(count, (value) => timer.writeCount(value));
    for (let channel = 0; channel < channels; channel++) {
      core.onRead(compare + channel, () => timer.counter.buffered[channel] as number);
      core.onWrite(compare + channel, (value) => timer.writeCompare(channel, value));
    }
    return;
  }
  core.onWrite(control + 1, (value) => timer.configure(timer.controlA, value & 0xdf));
  core.onRead(control + 2, () => 0);
  core.onWrite(control + 2, (value) => force(value));
  let temp = 0;
  /** TEMP is what the upper byte of a register reads as that is read through it: to read, that byte is memory. */
  const remember = (value: number): void => {
    temp = value;
    core.data[count + 1] = value;
    if (capture !== undefined) core.data[capture + 1] = value;
  };
  /** Low byte first when reading, high byte first when writing; both compare and count share the one TEMP of the timer. */
  const attach16 = (low: number, read: () => number, write: (value: number) => void, readsThroughTemp: boolean): void => {
    core.onRead(low, () => {
      const value = read();
      if (readsThroughTemp) remember(value >> 8);
      return value & 0xff;
    });
    if (!readsThroughTemp) core.onRead(low + 1, () => read() >> 8);
    core.onWrite(low + 1, remember);
    core.onWrite(low, (value) => write((temp << 8) | value));
  };
  attach16(
    count,
    () => timer.readCount(),
    (value) => timer.writeCount(value),
    true,
  );
  for (let channel = 0; channel < channels; channel++) {
    attach16(
      compare + channel * 2,
      () => timer.counter.buffered[channel] as number,
      (value) => timer.writeCompare(channel, value),
      false,
    );
  }
  if (capture !== undefined)
    attach16(
      capture,
      () => timer.counter.icr,
      (value) => timer.writeCapture(value),
      true,
    );
};
