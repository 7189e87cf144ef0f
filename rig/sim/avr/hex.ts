/** Reads Intel HEX text into a flash image and says, line by line, what is wrong with text that is not one. */

export interface HexImage {
  /** The whole flash, erased (0xff) where the file says nothing. */
  readonly flash: Uint8Array;
  /** Highest written address plus one. */
  readonly usedBytes: number;
}

export type HexProblemCode = 'badChecksum' | 'notHex' | 'tooLarge' | 'truncated' | 'overlap' | 'empty';

export interface HexProblem {
  readonly code: HexProblemCode;
  /** 1-based; the last line where the fault is something missing. */
  readonly line: number;
  readonly message: string;
}

export type HexResult = { readonly ok: true; readonly image: HexImage } | { readonly ok: false; readonly problem: HexProblem };

const bad = (code: HexProblemCode, line: number, message: string): HexResult => ({ ok: false, problem: { code, line, message } });

const REBUILD = 'Export the image again as Intel HEX (avr-objcopy -O ihex).';

interface HexRecord {
  readonly type: number;
  readonly address: number;
  readonly data: Uint8Array;
}

const parseRecord = (text: string, line: number): HexRecord | HexResult => {
  if (!/^:[0-9A-Fa-f]+$/.test(text)) return bad('notHex', line, `Line ${line} is not an Intel HEX record (":" and hex digits). ${REBUILD}`);
  const bytes = Buffer.from(text.slice(1), 'hex');
  const count = bytes[0] ?? 0;
  if (text.length % 2 === 0 || bytes.length < count + 5) {
    return bad(
      'truncated',
      line,
      `Line ${line} announces ${count} data bytes and ends before them. The file was cut or wrapped; copy it again.`,
    );
  }
  if (bytes.length > count + 5) return bad('notHex', line, `Line ${line} is longer than the ${count} data bytes it announces. ${REBUILD}`);
  const sum = bytes.reduce((total, byte) => (total + byte) & 0xff, 0);
  if (sum !== 0)
    return bad(
      'badChecksum',
      line,
      `Line ${line} fails its checksum (sum 0x${sum.toString(16).padStart(2, '0')}, expected 0x00). ${REBUILD}`,
    );
  return { type: bytes[3] ?? 0, address: bytes.readUInt16BE(1), data: bytes.subarray(4, 4 + count) };
};

/** `flashBytes`: 32768 for the ATmega328P, 262144 for the ATmega2560. */
export const parseHex = (text: string, { flashBytes }: { readonly flashBytes: number }): HexResult => {
  const flash = new Uint8Array(flashBytes).fill(0xff);
  const writtenBy = new Uint32Array(flashBytes);
  const lines = text.split(/\r\n|\n|\r/);
  let base = 0;
  let usedBytes = 0;
  let ended = false;
  let lastLine = 0;
  for (const [index, raw] of lines.entries()) {
    const trimmed = raw.trim();
    if (trimmed === '') continue;
    const line = index + 1;
    lastLine = line;
    if (ended)
      return bad(
        'notHex',
        line,
        `Line ${line} comes after the end-of-file record. Remove what follows that record or export the image again.`,
      );
    const record = parseRecord(trimmed, line);
    if ('ok' in record) return record;
    const { type, address, data } = record;
    if (type === 1) ended = true;
    else if (type === 2 || type === 4) {
      if (data.length !== 2)
        return bad('notHex', line, `Line ${line} sets an address base with ${data.length} bytes instead of 2. ${REBUILD}`);
      const value = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
      base = type === 2 ? value * 16 : value * 0x10000;
    } else if (type === 0) {
      for (const [offset, byte] of data.entries()) {
        const at = base + ((address + offset) & 0xffff);
        if (at >= flashBytes) {
          const hint = 'Was it built for another chip, or does it contain EEPROM or fuse sections (avr-objcopy -R .eeprom -R .fuse)?';
          return bad(
            'tooLarge',
            line,
            `Line ${line} writes address 0x${at.toString(16)}, beyond the ${flashBytes} bytes of flash. ${hint}`,
          );
        }
        const earlier = writtenBy[at] ?? 0;
        if (earlier !== 0) {
          return bad(
            'overlap',
            line,
            `Line ${line} writes address 0x${at.toString(16)} again, after line ${earlier}. Were two images joined? Give one only.`,
          );
        }
        writtenBy[at] = line;
        flash[at] = byte;
        usedBytes = Math.max(usedBytes, at + 1);
      }
    } else if (type !== 3 && type !== 5) return bad('notHex', line, `Line ${line} has the unknown record type ${type}. ${REBUILD}`);
  }
  if (lastLine === 0) return bad('empty', 1, 'The file is empty; expected Intel HEX records. Check the path and the build.');
  if (!ended)
    return bad(
      'truncated',
      lastLine,
      `The file ends at line ${lastLine} without an end-of-file record (":00000001FF"); it was cut. Copy it again.`,
    );
  if (usedBytes === 0) return bad('empty', lastLine, 'The file contains no program bytes. Check that the .text section was exported.');
  return { ok: true, image: { flash, usedBytes } };
};
