/** The check sum of a line: CRC-16 as avr-libc's `_crc_ccitt_update` (polynomial 0x1021 reflected, start 0xFFFF, no final xor). */

/** CRC of the characters' low bytes, 0-0xFFFF. */
export function crc16(text: string): number {
  let crc = 0xffff;
  for (let i = 0; i < text.length; i++) {
    // Same steps as avr-libc's documentation of _crc_ccitt_update, so that both sides can be read side by side.
    let data = (text.charCodeAt(i) ^ crc) & 0xff;
    data ^= (data << 4) & 0xff;
    crc = ((data << 8) | (crc >> 8)) ^ (data >> 4) ^ (data << 3);
    crc &= 0xffff;
  }
  return crc;
}
