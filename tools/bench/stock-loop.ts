/** The baseline of the speed figure: the same images on avr8js as it comes, its own peripherals and its own loop, one board after the other. */

import {
  AVRADC,
  AVRIOPort,
  AVRTimer,
  AVRUSART,
  CPU,
  adcConfig,
  avrInstruction,
  portBConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  usart0Config,
} from 'avr8js';

const CLOCK_Hz = 16e6;
/** Vector addresses of the 2560 in words; register addresses equal the 328P's for Timer1, USART0 and the ADC. */
const MEGA_TIMER1 = { captureInterrupt: 32, compAInterrupt: 34, compBInterrupt: 36, compCInterrupt: 38, ovfInterrupt: 40 };
const MEGA_USART0 = { rxCompleteInterrupt: 50, dataRegisterEmptyInterrupt: 52, txCompleteInterrupt: 54 };
const MEGA_ADC_INTERRUPT = 58;
const MEGA_DATA_BYTES = 0x2100;
const UNO_DATA_BYTES = 2048;

export type StockBoard = 'fixture' | 'unit';

/** The CPU, and the parts that hang on it by its registers. */
const assemble = (board: StockBoard, flash: Uint8Array): { readonly cpu: CPU; readonly parts: readonly object[] } => {
  const mega = board === 'fixture';
  const cpu = new CPU(new Uint16Array(flash.slice().buffer), mega ? MEGA_DATA_BYTES : UNO_DATA_BYTES);
  const parts = [
    new AVRTimer(cpu, mega ? { ...timer1Config, ...MEGA_TIMER1 } : timer1Config),
    ...(mega ? [] : [new AVRTimer(cpu, timer0Config), new AVRTimer(cpu, timer2Config)]),
    new AVRUSART(cpu, mega ? { ...usart0Config, ...MEGA_USART0 } : usart0Config, CLOCK_Hz),
    new AVRADC(cpu, mega ? { ...adcConfig, adcInterrupt: MEGA_ADC_INTERRUPT } : adcConfig),
    new AVRIOPort(cpu, portBConfig),
    new AVRIOPort(cpu, portDConfig),
  ];
  return { cpu, parts };
};

/** Wall milliseconds for `virtual_s` seconds of one board. */
export const timeStockBoard = (board: StockBoard, flash: Uint8Array, virtual_s: number): number => {
  const { cpu } = assemble(board, flash);
  const end = virtual_s * CLOCK_Hz;
  const start = performance.now();
  while (cpu.cycles < end) {
    avrInstruction(cpu);
    cpu.tick();
  }
  return performance.now() - start;
};
