/** What a USB device says it is, where that decides whether it can be a Mega 2560. Source of the numbers: boards.txt of the Arduino AVR core; usb.ids. */

export interface UsbIdentity {
  /** Four hexadecimal digits each, as the system lists them; undefined where it does not. */
  readonly vendorId: string | undefined;
  readonly productId: string | undefined;
}

export type UsbVerdict =
  | { readonly kind: 'mega'; readonly name: string }
  /** A bridge of its own chip, which any board may carry. */
  | { readonly kind: 'bridge'; readonly name: string }
  | { readonly kind: 'other'; readonly name: string }
  | { readonly kind: 'unknown' };

const KNOWN: Readonly<Record<string, UsbVerdict>> = {
  '2341:0010': { kind: 'mega', name: 'Arduino Mega 2560' },
  '2341:0042': { kind: 'mega', name: 'Arduino Mega 2560 R3' },
  '2341:0210': { kind: 'mega', name: 'Arduino Mega 2560' },
  '2341:0242': { kind: 'mega', name: 'Arduino Mega 2560 R3' },
  '2a03:0010': { kind: 'mega', name: 'Arduino Mega 2560' },
  '2a03:0042': { kind: 'mega', name: 'Arduino Mega 2560 R3' },
  '1a86:7523': { kind: 'bridge', name: 'CH340 bridge' },
  '0403:6001': { kind: 'bridge', name: 'FTDI bridge' },
  '10c4:ea60': { kind: 'bridge', name: 'CP210x bridge' },
  '2341:0001': { kind: 'other', name: 'Arduino Uno' },
  '2341:0043': { kind: 'other', name: 'Arduino Uno R3' },
  '2341:0243': { kind: 'other', name: 'Arduino Uno R3' },
  '2a03:0043': { kind: 'other', name: 'Arduino Uno R3' },
  '2341:0036': { kind: 'other', name: 'Arduino Leonardo' },
  '2341:8036': { kind: 'other', name: 'Arduino Leonardo' },
  '2341:0037': { kind: 'other', name: 'Arduino Micro' },
  '2341:8037': { kind: 'other', name: 'Arduino Micro' },
  '2341:003d': { kind: 'other', name: 'Arduino Due' },
  '2341:003e': { kind: 'other', name: 'Arduino Due' },
  '2341:0058': { kind: 'other', name: 'Arduino Nano Every' },
};

export const usbVerdict = ({ vendorId, productId }: UsbIdentity): UsbVerdict =>
  KNOWN[`${vendorId ?? ''}:${productId ?? ''}`.toLowerCase()] ?? { kind: 'unknown' };
