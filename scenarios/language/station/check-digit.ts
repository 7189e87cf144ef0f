/** Check digits of serial numbers by the names of their published algorithms. Each looks at the whole number, its check character last. */

type Check = (text: string) => boolean;

const digitsOf = (text: string): readonly number[] => Array.from(text.replaceAll(/[^0-9]/g, ''), Number);
/** 0 to 9 as they are, A to Z as 10 to 35. */
const valueOf = (letter: string): number => Number.parseInt(letter, 36);
const plainOf = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');

/** Source: ISO/IEC 7812-1, annex B. */
const luhn: Check = (text) => {
  const digits = digitsOf(text).toReversed();
  const sum = digits.reduce((all, digit, index) => all + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return digits.length > 1 && sum % 10 === 0;
};

/** Source: GS1 General Specifications, section 7.9. */
const gs1: Check = (text) => {
  const digits = digitsOf(text).toReversed();
  return digits.length > 1 && digits.reduce((all, digit, index) => all + digit * (index % 2 === 0 ? 1 : 3), 0) % 10 === 0;
};

/** Source: ISO/IEC 7064, MOD 97-10; letters count as two digits, as in an IBAN. */
const mod97: Check = (text) => {
  const plain = plainOf(text);
  const digits = Array.from(plain, (letter) => String(valueOf(letter))).join('');
  return plain.length > 2 && Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
};

/** Source: ISO/IEC 7064, MOD 11-2; the last character may be X. */
const mod11: Check = (text) => {
  const plain = plainOf(text);
  if (!/^\d+[\dX]$/.test(plain)) return false;
  return (
    Array.from(plain).reduce(
      (sum, letter, index) => sum + (((letter === 'X' ? 10 : Number(letter)) * 2 ** (plain.length - 1 - index)) % 11),
      0,
    ) %
      11 ===
    1
  );
};

/** Source: ISO/IEC 7064, MOD 37,36. */
const mod3736: Check = (text) => {
  const plain = plainOf(text);
  let sum = 36;
  for (const letter of plain.slice(0, -1)) {
    const next = (sum + valueOf(letter)) % 36;
    sum = ((next === 0 ? 36 : next) * 2) % 37;
  }
  return plain.length > 1 && (sum + valueOf(plain.at(-1)!)) % 36 === 1;
};

/** Source: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004; the group of order 10 given there. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];
const damm: Check = (text) => {
  const digits = digitsOf(text);
  return digits.length > 1 && digits.reduce((row, digit) => Number(DAMM[row]![digit]), 0) === 0;
};

/** Of the symmetries of a pentagon, and the permutation that goes with it. Source: J. Verhoeff, Error detecting decimal codes, Amsterdam 1969. */
const DIHEDRAL = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTED = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];
const verhoeff: Check = (text) => {
  const digits = digitsOf(text).toReversed();
  const end = digits.reduce((row, digit, index) => Number(DIHEDRAL[row]![Number(PERMUTED[index % 8]![digit])]), 0);
  return digits.length > 1 && end === 0;
};

export const CHECK_DIGITS = {
  luhn,
  gs1,
  'mod 97-10': mod97,
  'mod 11-2': mod11,
  'mod 37,36': mod3736,
  damm,
  verhoeff,
} as const satisfies Readonly<Record<string, Check>>;
export type CheckDigit = keyof typeof CHECK_DIGITS;

/** Signs that belong to no number (blanks, hyphens) are left out; letters are, where the algorithm knows digits alone. */
export const hasCheckDigit = (algorithm: CheckDigit, serial: string): boolean => CHECK_DIGITS[algorithm](serial);
