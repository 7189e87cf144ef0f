/** The CPU's loop over instructions. */

import { add, logic, multiply, shift, step, subtract, word } from './arithmetic.ts';
import { I_FLAG, SREG } from './cpu.ts';
import type { Cpu } from './cpu.ts';

/** Cycles to go as a small integer, so that the loop counts in one; bitwise truncation alone would wrap beyond 31 bits. */
const budget = (cycles: number): number => (cycles > 0x3fffffff ? 0x3fffffff : cycles > 0 ? Math.ceil(cycles) | 0 : 0);

/** Executes at least one instruction, and more until the queue's limit is reached. Hooks may lower that limit meanwhile. */
export const execute = (cpu: Cpu): void => {
  const { data, code } = cpu;
  const { queue } = cpu.around;
  const mask = cpu.words.length - 1;
  const wide = cpu.wide ? 1 : 0;
  const base = cpu.cycles;
  let { pc } = cpu;
  let n = 0;
  let end = budget(queue.limit - base);
  do {
    const packed = code[pc]!;
    const operation = packed & 0x7f;
    const d = (packed >> 7) & 0x1f;
    const k = packed >> 12;
    pc++;
    n++;
    // The numbers are those of OPERATIONS; literals, because only they become a jump table.
    switch (operation) {
      case 0: // undecoded
        cpu.decode(--pc);
        n--;
        break;
      case 1: // nop
        break;
      case 2: // add
        data[d] = add(data, data[d]!, data[k]!, 0);
        break;
      case 3: // adc
        data[d] = add(data, data[d]!, data[k]!, data[SREG]! & 1);
        break;
      case 4: // sub
        data[d] = subtract(data, data[d]!, data[k]!, 0, 2);
        break;
      case 5: // sbc
        data[d] = subtract(data, data[d]!, data[k]!, data[SREG]! & 1, data[SREG]! & 2);
        break;
      case 6: // and
        data[d] = logic(data, data[d]! & data[k]!);
        break;
      case 7: // or
        data[d] = logic(data, data[d]! | data[k]!);
        break;
      case 8: // eor
        data[d] = logic(data, data[d]! ^ data[k]!);
        break;
      case 9: // mov
        data[d] = data[k]!;
        break;
      case 10: // cp
        subtract(data, data[d]!, data[k]!, 0, 2);
        break;
      case 11: // cpc
        subtract(data, data[d]!, data[k]!, data[SREG]! & 1, data[SREG]! & 2);
        break;
      case 12: // com
        data[d] = logic(data, data[d]! ^ 0xff);
        data[SREG] = data[SREG]! | 1;
        break;
      case 13: // neg
        data[d] = subtract(data, 0, data[d]!, 0, 2);
        break;
      case 14: // swap
        data[d] = (data[d]! << 4) | (data[d]! >> 4);
        break;
      case 15: // inc
        data[d] = step(data, (data[d]! + 1) & 0xff, 0x80);
        break;
      case 16: // asr
        data[d] = shift(data, (data[d]! >> 1) | (data[d]! & 0x80), data[d]! & 1);
        break;
      case 17: // lsr
        data[d] = shift(data, data[d]! >> 1, data[d]! & 1);
        break;
      case 18: // ror
        data[d] = shift(data, (data[d]! >> 1) | ((data[SREG]! & 1) << 7), data[d]! & 1);
        break;
      case 19: // dec
        data[d] = step(data, (data[d]! - 1) & 0xff, 0x7f);
        break;
      case 20: // movw
        data[d] = data[k]!;
        data[d + 1] = data[k + 1]!;
        break;
      case 21: // addw
        word(data, d, k);
        n++;
        break;
      case 22: // mul
      case 23: // muls
      case 24: // mulsu
      case 25: // fmul
      case 26: // fmuls
      case 27: // fmulsu
        multiply(data, operation - 22, data[d]!, data[k]!);
        n++;
        break;
      case 28: {
        // cpse
        const words = data[d] === data[k] ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        break;
      }
      case 29: // brbs
        if (((data[SREG]! >> d) & 1) === 1) {
          pc = (pc + k) & mask;
          n++;
        }
        break;
      case 30: // brbc
        if (((data[SREG]! >> d) & 1) === 0) {
          pc = (pc + k) & mask;
          n++;
        }
        break;
      case 31: // rjmp
        pc = (pc + k) & mask;
        n++;
        break;
      case 32: // jmp
        pc = k & mask;
        n += 2;
        break;
      case 33: // ijmp
        pc = cpu.indirectTarget(k) & mask;
        n++;
        break;
      case 34: // rcall
        cpu.pushPc(pc);
        pc = (pc + k) & mask;
        n += 2 + wide;
        break;
      case 35: // call
        cpu.pushPc(pc + 1);
        pc = k & mask;
        n += 3 + wide;
        break;
      case 36: // icall
        cpu.pushPc(pc);
        pc = cpu.indirectTarget(k) & mask;
        n += 2 + wide;
        break;
      case 37: // ret
        pc = cpu.popPc() & mask;
        n += 3 + wide;
        break;
      case 38: // reti
        pc = cpu.popPc() & mask;
        n += 3 + wide;
        data[SREG] = data[SREG]! | I_FLAG;
        cpu.enabled(base + n);
        end = budget(queue.limit - base);
        break;
      case 39: {
        // sbrc
        const words = ((data[d]! >> k) & 1) === 0 ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        break;
      }
      case 40: {
        // sbrs
        const words = ((data[d]! >> k) & 1) === 1 ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        break;
      }
      case 41: {
        // sbic
        const words = ((cpu.load(k, pc, base + n - 1) >> d) & 1) === 0 ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        break;
      }
      case 42: {
        // sbis
        const words = ((cpu.load(k, pc, base + n - 1) >> d) & 1) === 1 ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        break;
      }
      case 43: // sbi
        n += 1 + cpu.store(k, cpu.load(k, pc, base + n) | (1 << d), 1 << d, pc, base + n);
        end = budget(queue.limit - base);
        break;
      case 44: // cbi
        n += 1 + cpu.store(k, cpu.load(k, pc, base + n) & ~(1 << d), 1 << d, pc, base + n);
        end = budget(queue.limit - base);
        break;
      case 45: // in
        data[d] = cpu.load(k, pc, base + n - 1);
        end = budget(queue.limit - base);
        break;
      case 46: // out
        n += cpu.store(k, data[d]!, 0xff, pc, base + n - 1);
        end = budget(queue.limit - base);
        break;
      case 47: // lds
        pc++;
        data[d] = cpu.load(k, pc - 1, base + n);
        n++;
        end = budget(queue.limit - base);
        break;
      case 48: // sts
        pc++;
        n += 1 + cpu.store(k, data[d]!, 0xff, pc - 1, base + n);
        end = budget(queue.limit - base);
        break;
      case 49: // ldd
        data[d] = cpu.load(cpu.displaced(k), pc, base + n);
        n++;
        end = budget(queue.limit - base);
        break;
      case 50: // ld+
        data[d] = cpu.load(cpu.postIncrement(k), pc, base + n);
        n++;
        end = budget(queue.limit - base);
        break;
      case 51: // -ld
        data[d] = cpu.load(cpu.preDecrement(k), pc, base + n);
        n++;
        end = budget(queue.limit - base);
        break;
      case 52: // std
        n += 1 + cpu.store(cpu.displaced(k), data[d]!, 0xff, pc, base + n);
        end = budget(queue.limit - base);
        break;
      case 53: // st+
        n += 1 + cpu.store(cpu.postIncrement(k), data[d]!, 0xff, pc, base + n);
        end = budget(queue.limit - base);
        break;
      case 54: // -st
        n += 1 + cpu.store(cpu.preDecrement(k), data[d]!, 0xff, pc, base + n);
        end = budget(queue.limit - base);
        break;
      case 55: // lpm
        data[d] = cpu.loadProgram(k);
        n += 2;
        break;
      case 56: {
        // push
        const { sp } = cpu;
        data[sp] = data[d]!;
        cpu.sp = sp - 1;
        n++;
        break;
      }
      case 57: {
        // pop
        const sp = (cpu.sp + 1) & 0xffff;
        cpu.sp = sp;
        data[d] = data[sp]!;
        n++;
        break;
      }
      case 58: // bset
        if (d === 7 && (data[SREG]! & I_FLAG) === 0) cpu.enabled(base + n);
        data[SREG] = data[SREG]! | (1 << d);
        end = budget(queue.limit - base);
        break;
      case 59: // bclr
        data[SREG] = data[SREG]! & ~(1 << d);
        break;
      case 60: // bst
        data[SREG] = (data[SREG]! & 0xbf) | (((data[d]! >> k) & 1) << 6);
        break;
      case 61: // bld
        data[d] = (data[d]! & ~(1 << k)) | (((data[SREG]! >> 6) & 1) << k);
        break;
      case 62: // sleep
      case 63: // wdr
      case 64: // spm
        cpu.pc = pc;
        cpu.cycles = base + n;
        cpu.special(operation - 62);
        end = budget(queue.limit - base);
        break;
      default: // wrap: the program ran off the end of the flash
        pc = 0;
        n--;
    }
  } while (n < end);
  cpu.pc = pc;
  cpu.cycles = base + n;
};
