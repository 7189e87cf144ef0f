/** The CPU's loop over instructions. */

import { logic, multiply, shift, step, subtract, SUM_FLAGS, word } from './arithmetic.ts';
import { budget } from './budget.ts';
import { I_FLAG, SPH, SPL, SREG } from './cpu.ts';
import type { Cpu } from './cpu.ts';

/** A step of more words than this is a jump: a skip goes over two. */
const LONGEST_STEP = 3;

/**
 * Executes at least one instruction, and more until the queue's limit is reached. Hooks may lower that limit meanwhile.
 * What is done most often (sums, SRAM, the stack) is written out here: a call for each would cost more than the instruction.
 */
export const execute = (cpu: Cpu): void => {
  const { data, code, reads, ramStart, ramBytes, translated } = cpu;
  const { queue } = cpu.around;
  const mask = cpu.words.length - 1;
  const wide = cpu.wide ? 1 : 0;
  const base = cpu.cycles;
  let { pc } = cpu;
  let n = 0;
  let end = budget(queue.limit - base);
  translated?.begin(base);
  let arrived = translated !== null;
  let words = 0;
  let address = 0;
  do {
    if (arrived) {
      const reached = translated!.arrive(pc, n, end);
      if (reached !== n) {
        n = reached;
        pc = translated!.cells[0]!;
        end = translated!.cells[1]!;
        continue;
      }
    }
    const from = pc;
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
      case 3: {
        // adc; of a pair like this the odd one takes the carry
        const a = data[d]!;
        const b = data[k]!;
        const flags = data[SREG]!;
        const sum = a + b + (operation & flags & 1);
        data[d] = sum;
        data[SREG] = (flags & 0xc0) | SUM_FLAGS[(((a ^ b ^ sum) >> 4) & 0x1f) | ((sum >> 2) & 0x20)]! | ((sum & 0xff) === 0 ? 2 : 0);
        break;
      }
      case 4: // sub
      case 5: // sbc
      case 10: // cp
      case 11: {
        // cpc; with a carry Z only ever falls
        const a = data[d]!;
        const b = data[k]!;
        const flags = data[SREG]!;
        const rest = a - b - (operation & flags & 1);
        const zero = (rest & 0xff) !== 0 ? 0 : (operation & 1) === 0 ? 2 : flags & 2;
        if (operation < 10) data[d] = rest;
        data[SREG] = (flags & 0xc0) | SUM_FLAGS[(((a ^ b ^ rest) >> 4) & 0x1f) | ((rest >> 2) & 0x20)]! | zero;
        break;
      }
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
      case 19: // dec
        data[d] = operation === 15 ? step(data, (data[d]! + 1) & 0xff, 0x80) : step(data, (data[d]! - 1) & 0xff, 0x7f);
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
      case 28: // cpse
        words = data[d] === data[k] ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        break;
      case 29: // brbs
      case 30: // brbc
        if (((data[SREG]! >> d) & 1) === 30 - operation) {
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
      case 39: // sbrc
      case 40: // sbrs
        words = ((data[d]! >> k) & 1) === operation - 39 ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        break;
      case 41: // sbic
      case 42: // sbis
        words = ((cpu.load(k, pc, base + n - 1) >> d) & 1) === operation - 41 ? cpu.wordsAt(pc) : 0;
        pc += words;
        n += words;
        end = budget(queue.limit - base);
        break;
      case 43: // sbi
        n += 1 + cpu.store(k, cpu.load(k, pc, base + n) | (1 << d), 1 << d, pc, base + n);
        end = budget(queue.limit - base);
        break;
      case 44: // cbi
        n += 1 + cpu.store(k, cpu.load(k, pc, base + n) & ~(1 << d), 1 << d, pc, base + n);
        end = budget(queue.limit - base);
        break;
      case 45: // in
        if (reads[k] === null) data[d] = data[k]!;
        else {
          data[d] = cpu.load(k, pc, base + n - 1);
          end = budget(queue.limit - base);
        }
        break;
      case 46: // out
        n += cpu.store(k, data[d]!, 0xff, pc, base + n - 1);
        end = budget(queue.limit - base);
        break;
      case 47: // lds
        pc++;
        if ((k - ramStart) >>> 0 < ramBytes) data[d] = data[k]!;
        else {
          data[d] = cpu.load(k, pc - 1, base + n);
          end = budget(queue.limit - base);
        }
        n++;
        break;
      case 48: // sts
        pc++;
        if ((k - ramStart) >>> 0 < ramBytes) data[k] = data[d]!;
        else {
          n += cpu.store(k, data[d]!, 0xff, pc - 1, base + n);
          end = budget(queue.limit - base);
        }
        n++;
        break;
      case 49: // ldd
      case 50: // ld+
      case 51: // -ld
        address = operation === 49 ? cpu.displaced(k) : operation === 50 ? cpu.postIncrement(k) : cpu.preDecrement(k);
        if ((address - ramStart) >>> 0 < ramBytes) data[d] = data[address]!;
        else {
          data[d] = cpu.load(address, pc, base + n);
          end = budget(queue.limit - base);
        }
        n++;
        break;
      case 52: // std
      case 53: // st+
      case 54: // -st
        address = operation === 52 ? cpu.displaced(k) : operation === 53 ? cpu.postIncrement(k) : cpu.preDecrement(k);
        if ((address - ramStart) >>> 0 < ramBytes) data[address] = data[d]!;
        else {
          n += cpu.store(address, data[d]!, 0xff, pc, base + n);
          end = budget(queue.limit - base);
        }
        n++;
        break;
      case 55: // lpm
        data[d] = cpu.loadProgram(k);
        n += 2;
        break;
      case 56: // push
        address = data[SPL]! | (data[SPH]! << 8);
        data[address] = data[d]!;
        data[SPL] = address - 1;
        data[SPH] = (address - 1) >> 8;
        n++;
        break;
      case 57: // pop
        address = ((data[SPL]! | (data[SPH]! << 8)) + 1) & 0xffff;
        data[SPL] = address;
        data[SPH] = address >> 8;
        data[d] = data[address]!;
        n++;
        break;
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
    arrived = translated !== null && (pc - from) >>> 0 > LONGEST_STEP;
  } while (n < end);
  cpu.pc = pc;
  cpu.cycles = base + n;
};
