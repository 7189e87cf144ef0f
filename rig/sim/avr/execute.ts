/** The CPU's loop over instructions: control flow, memory and input/output; arithmetic is next door. */

import { arithmetic } from './arithmetic.ts';
import { I_FLAG, SREG } from './cpu.ts';
import type { Cpu } from './cpu.ts';

const RAMPZ = 0x5b;
const EIND = 0x5c;

/** Executes at least one instruction, and more until the queue's limit is reached. Hooks may lower that limit meanwhile. */
export const execute = (cpu: Cpu): void => {
  const { data, ops, ds, ks, ramStart, ramBytes, flash } = cpu;
  const { queue } = cpu.around;
  const mask = cpu.words.length - 1;
  const flashMask = flash.length - 1;
  const wide = cpu.wide ? 1 : 0;
  let { pc, cycles } = cpu;
  let { limit } = queue;
  do {
    const operation = ops[pc]!;
    const d = ds[pc]!;
    const k = ks[pc]!;
    pc++;
    cycles++;
    // The numbers are those of OPERATIONS; literals, because only they become a jump table.
    switch (operation) {
      case 0: // undecoded
        cpu.decode(--pc);
        cycles--;
        break;
      case 1: // nop
        break;
      case 35: // cpse
        if (data[d] === data[k]) {
          const words = cpu.wordsAt(pc);
          pc += words;
          cycles += words;
        }
        break;
      case 36: // brbs
        if ((data[SREG]! & d) !== 0) {
          pc = (pc + k) & mask;
          cycles++;
        }
        break;
      case 37: // brbc
        if ((data[SREG]! & d) === 0) {
          pc = (pc + k) & mask;
          cycles++;
        }
        break;
      case 38: // rjmp
        pc = (pc + k) & mask;
        cycles++;
        break;
      case 39: // jmp
        pc = k & mask;
        cycles += 2;
        break;
      case 40: // ijmp
        pc = (data[30]! | (data[31]! << 8)) & mask;
        cycles++;
        break;
      case 41: // eijmp
        pc = (data[30]! | (data[31]! << 8) | (data[EIND]! << 16)) & mask;
        cycles++;
        break;
      case 42: // rcall
        cpu.pushPc(pc);
        pc = (pc + k) & mask;
        cycles += 2 + wide;
        break;
      case 43: // call
        cpu.pushPc(pc + 1);
        pc = k & mask;
        cycles += 3 + wide;
        break;
      case 44: // icall
        cpu.pushPc(pc);
        pc = (data[30]! | (data[31]! << 8)) & mask;
        cycles += 2 + wide;
        break;
      case 45: // eicall
        cpu.pushPc(pc);
        pc = (data[30]! | (data[31]! << 8) | (data[EIND]! << 16)) & mask;
        cycles += 3;
        break;
      case 46: // ret
        pc = cpu.popPc() & mask;
        cycles += 3 + wide;
        break;
      case 47: // reti
        pc = cpu.popPc() & mask;
        cycles += 3 + wide;
        data[SREG] = data[SREG]! | I_FLAG;
        cpu.enabled(cycles);
        limit = queue.limit;
        break;
      case 48: // sbrc
        if ((data[d]! & k) === 0) {
          const words = cpu.wordsAt(pc);
          pc += words;
          cycles += words;
        }
        break;
      case 49: // sbrs
        if ((data[d]! & k) !== 0) {
          const words = cpu.wordsAt(pc);
          pc += words;
          cycles += words;
        }
        break;
      case 50: // sbic
        if (((cpu.load(k, pc, cycles - 1) >> d) & 1) === 0) {
          const words = cpu.wordsAt(pc);
          pc += words;
          cycles += words;
        }
        break;
      case 51: // sbis
        if (((cpu.load(k, pc, cycles - 1) >> d) & 1) !== 0) {
          const words = cpu.wordsAt(pc);
          pc += words;
          cycles += words;
        }
        break;
      case 52: // sbi
        cycles += 1 + cpu.store(k, cpu.load(k, pc, cycles) | (1 << d), 1 << d, pc, cycles);
        limit = queue.limit;
        break;
      case 53: // cbi
        cycles += 1 + cpu.store(k, cpu.load(k, pc, cycles) & ~(1 << d), 1 << d, pc, cycles);
        limit = queue.limit;
        break;
      case 54: // in
        data[d] = cpu.load(k, pc, cycles - 1);
        limit = queue.limit;
        break;
      case 55: // out
        cycles += cpu.store(k, data[d]!, 0xff, pc, cycles - 1);
        limit = queue.limit;
        break;
      case 56: // lds
        pc++;
        if ((k - ramStart) >>> 0 < ramBytes) data[d] = data[k]!;
        else {
          data[d] = cpu.load(k, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      case 57: // sts
        pc++;
        if ((k - ramStart) >>> 0 < ramBytes) data[k] = data[d]!;
        else {
          cycles += cpu.store(k, data[d]!, 0xff, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      case 58: { // ldd
        const p = k >> 8;
        const address = ((data[p]! | (data[p + 1]! << 8)) + (k & 0xff)) & 0xffff;
        if ((address - ramStart) >>> 0 < ramBytes) data[d] = data[address]!;
        else {
          data[d] = cpu.load(address, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      }
      case 59: { // ld+
        const p = k >> 8;
        const address = (data[p]! | (data[p + 1]! << 8));
        data[p] = address + 1;
        data[p + 1] = (address + 1) >> 8;
        if ((address - ramStart) >>> 0 < ramBytes) data[d] = data[address]!;
        else {
          data[d] = cpu.load(address, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      }
      case 60: { // -ld
        const p = k >> 8;
        const address = ((data[p]! | (data[p + 1]! << 8)) - 1) & 0xffff;
        data[p] = address;
        data[p + 1] = address >> 8;
        if ((address - ramStart) >>> 0 < ramBytes) data[d] = data[address]!;
        else {
          data[d] = cpu.load(address, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      }
      case 61: { // std
        const p = k >> 8;
        const address = ((data[p]! | (data[p + 1]! << 8)) + (k & 0xff)) & 0xffff;
        if ((address - ramStart) >>> 0 < ramBytes) data[address] = data[d]!;
        else {
          cycles += cpu.store(address, data[d]!, 0xff, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      }
      case 62: { // st+
        const p = k >> 8;
        const value = data[d]!;
        const address = (data[p]! | (data[p + 1]! << 8));
        data[p] = address + 1;
        data[p + 1] = (address + 1) >> 8;
        if ((address - ramStart) >>> 0 < ramBytes) data[address] = value;
        else {
          cycles += cpu.store(address, value, 0xff, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      }
      case 63: { // -st
        const p = k >> 8;
        const value = data[d]!;
        const address = ((data[p]! | (data[p + 1]! << 8)) - 1) & 0xffff;
        data[p] = address;
        data[p + 1] = address >> 8;
        if ((address - ramStart) >>> 0 < ramBytes) data[address] = value;
        else {
          cycles += cpu.store(address, value, 0xff, pc, cycles);
          limit = queue.limit;
        }
        cycles++;
        break;
      }
      case 64: // lpm
        data[d] = flash[(data[30]! | (data[31]! << 8)) & flashMask]!;
        cycles += 2;
        break;
      case 65: { // lpm+
        const address = data[30]! | (data[31]! << 8);
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        data[d] = flash[address & flashMask]!;
        cycles += 2;
        break;
      }
      case 66: // elpm
        data[d] = flash[(data[30]! | (data[31]! << 8) | (data[RAMPZ]! << 16)) & flashMask]!;
        cycles += 2;
        break;
      case 67: { // elpm+
        const address = data[30]! | (data[31]! << 8) | (data[RAMPZ]! << 16);
        data[30] = address + 1;
        data[31] = (address + 1) >> 8;
        data[RAMPZ] = ((address + 1) >> 16) & (flashMask >> 16);
        data[d] = flash[address & flashMask]!;
        cycles += 2;
        break;
      }
      case 68: { // push
        const { sp } = cpu;
        data[sp] = data[d]!;
        cpu.sp = sp - 1;
        cycles++;
        break;
      }
      case 69: { // pop
        const sp = (cpu.sp + 1) & 0xffff;
        cpu.sp = sp;
        data[d] = data[sp]!;
        cycles++;
        break;
      }
      case 70: // bset
        if (d === 7 && (data[SREG]! & I_FLAG) === 0) cpu.enabled(cycles);
        data[SREG] = data[SREG]! | (1 << d);
        limit = queue.limit;
        break;
      case 71: // bclr
        data[SREG] = data[SREG]! & ~(1 << d);
        break;
      case 72: // bst
        data[SREG] = (data[SREG]! & 0xbf) | ((data[d]! & k) === 0 ? 0 : 0x40);
        break;
      case 73: // bld
        data[d] = (data[SREG]! & 0x40) === 0 ? data[d]! & ~k : data[d]! | k;
        break;
      case 74: // sleep
        cpu.pc = pc;
        cpu.cycles = cycles;
        cpu.around.sleep();
        limit = queue.limit;
        break;
      case 75: // wdr
        cpu.pc = pc;
        cpu.cycles = cycles;
        cpu.around.watchdogReset();
        limit = queue.limit;
        break;
      case 76: // spm
        cpu.pc = pc;
        cpu.cycles = cycles;
        cpu.around.selfProgramming();
        limit = queue.limit;
        break;
      case 77: // wrap: the program ran off the end of the flash
        pc = 0;
        cycles--;
        break;
      default:
        cycles += arithmetic(data, operation, d, k);
    }
  } while (cycles < limit);
  cpu.pc = pc;
  cpu.cycles = cycles;
};
