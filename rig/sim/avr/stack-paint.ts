/** Measures the stack's greatest depth by a pattern laid over the RAM at power-on. */

/** Differs from byte to byte, so that neither cleared nor filled memory looks untouched. */
const paintAt = (index: number): number => (index * 167 + 91) & 0xff;

/** Power-on leaves SRAM undefined: the pattern stands for that too. */
export const paintStack = (ram: Uint8Array): void => {
  for (let index = 0; index < ram.length; index++) ram[index] = paintAt(index);
};

/** Bytes above the longest untouched stretch, which lies between the static data and the stack. */
export const stackDepth = (ram: Uint8Array): number => {
  let run = 0;
  let longest = 0;
  let end = ram.length;
  for (let index = 0; index < ram.length; index++) {
    run = ram[index] === paintAt(index) ? run + 1 : 0;
    if (run > longest) {
      longest = run;
      end = index + 1;
    }
  }
  return ram.length - end;
};
