// What may sit at a port instead of our fixture, or of the one of today: one clear message each, exit 3, within its patience.
import { expect } from 'chai';
import { portsDocument } from '../../reports/shape/documents.ts';
import { bitwiseCrc, line, upperHex } from '../link/testing/scripted-fixture.ts';
import { openPty, type Pty } from '../sim/pty.ts';
import { PROTOCOL_VERSION } from '../wire/limits.ts';
import { signalTableHash } from '../wire/signal-table.ts';
import { hurriedClock, QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

/** The 5 s of patience with a port, in a moment: for who never gives a hello. */
const clock = hurriedClock(20);
/** Over a second of it: a machine that is busy may hold back for hundreds of milliseconds an answer that comes at once. */
const patientClock = hurriedClock(4);

interface Device {
  /** Said when the port is opened. */
  readonly banner?: string;
  /** To each whole line. */
  readonly answer?: (said: string) => string;
}

interface Firmware {
  readonly version?: number;
  readonly table?: number;
  readonly board?: number;
}
/** As the fixture of another day greets, whole and with a good checksum. */
const fixture = ({ version = PROTOCOL_VERSION, table = signalTableHash(), board = 0xb1 }: Firmware): Device => ({
  answer: (said) => {
    const nonce = /^H..(....)/.exec(said)?.[1];
    if (nonce === undefined) return '';
    const rest = [4711, 0x1234abcd, table, board, 2_000_000].map((value) => upperHex(value, 8)).join('');
    return line(`h${upperHex(version, 2)}${nonce}${rest}02004001C000000100`);
  },
});

/** Marlin quotes what it does not know. */
const printer: Device = {
  banner: 'start\necho:Marlin 2.1.2.1\necho: Last Updated: 2023-01-01\necho:  Free Memory: 3785  PlannerBufferBytes: 1200\n',
  answer: (said) => `echo:Unknown command: "${said}"\nok\n`,
};
const DEVICES = {
  printer,
  'AT modem': { answer: (said: string) => (said === 'AT' ? `${said}\r\r\nOK\r\n` : `${said}\r\r\nERROR\r\n`) },
  'half a line, then silence': { banner: 'temperature 21.' },
  'a line of 10 000 characters': { banner: `${'x'.repeat(10_000)}\n` },
  'half a hello, then silence': { answer: (said: string) => fixture({}).answer!(said).slice(0, 40) },
  'older firmware': fixture({ version: PROTOCOL_VERSION - 1 }),
  'newer firmware': fixture({ version: PROTOCOL_VERSION + 1 }),
  'older firmware of this protocol': fixture({ table: 0xdeadbeef }),
} satisfies Readonly<Record<string, Device>>;

/** What each says, whole, but for the port's name. */
const WORDS: Readonly<Record<keyof typeof DEVICES, readonly [code: string, message: RegExp, hint: RegExp]>> = {
  printer: [
    'portForeign',
    /^\S+ answers, but not as a bms-rig fixture: got "start" \(it sounds like the firmware of a 3D printer or a milling machine\)\.$/,
    /rig ports/,
  ],
  'AT modem': ['portForeign', /got "ERROR" \(it sounds like a modem\)\.$/, /rig ports/],
  'half a line, then silence': ['portForeign', /got "temperature 21\."\.$/, /rig ports/],
  'a line of 10 000 characters': ['portForeign', /got "x{40}"\.$/, /rig ports/],
  'half a hello, then silence': ['fixtureGarbled', /^A bms-rig fixture answers at \S+, but no hello arrives whole\.$/, /USB cable/],
  'older firmware': [
    'protocolVersion',
    new RegExp(`speaks protocol version ${PROTOCOL_VERSION - 1}, this host version ${PROTOCOL_VERSION}\\.$`),
    /up to date with `rig flash`/,
  ],
  'newer firmware': [
    'protocolVersion',
    new RegExp(`speaks protocol version ${PROTOCOL_VERSION + 1}, this host version ${PROTOCOL_VERSION}\\.$`),
    /Use the bms-rig that the fixture was flashed from/,
  ],
  'older firmware of this protocol': [
    'signalTable',
    /built with another signal table \(DEADBEEF; this host has [0-9A-F]{8}\)\.$/,
    /rig flash/,
  ],
};

describe('strange ports', function () {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const ptys: Pty[] = [];
  after(() => {
    for (const pty of ptys) pty.close();
    scratch.remove();
  });
  if (process.platform === 'win32') return; // no pseudo-terminals there

  /** Gives the port, and what was said to it. */
  const plug = async ({ banner = '', answer = () => '' }: Device): Promise<{ readonly path: string; readonly said: string[] }> => {
    const pty = await openPty();
    ptys.push(pty);
    const said: string[] = [];
    let rest = '';
    pty.onOpen = () => pty.write(Buffer.from(banner, 'latin1'));
    pty.onData = (bytes) => {
      const lines = `${rest}${Buffer.from(bytes).toString('latin1')}`.split('\n');
      rest = lines.pop()!;
      for (const one of lines) {
        said.push(one);
        pty.write(Buffer.from(answer(one), 'latin1'));
      }
    };
    return { path: pty.path, said };
  };

  for (const [name, device] of Object.entries(DEVICES)) {
    it(`says what is there and what to do: ${name}`, async () => {
      const { path, said } = await plug(device);
      const [code, message, hint] = WORDS[name as keyof typeof DEVICES];
      const greets = code !== 'portForeign' && code !== 'fixtureGarbled';
      const fault = await refused(['run', quiet, '--bench', path, '--out', scratch.path], 3, { clock: greets ? patientClock : clock });
      expect(fault.code).to.equal(code);
      expect(fault.message).to.contain(path).and.to.match(message);
      expect(fault.hint).to.match(hint);
      // Whoever it is, it was only ever greeted: nothing that moves a pin, or a printer, was sent.
      expect(said).to.have.length.above(1);
      for (const one of said) expect(one).to.match(/^H[0-9A-F]{6}\*[0-9A-F]{4}$/);
      for (const one of said) expect(one.slice(-4)).to.equal(upperHex(bitwiseCrc(one.slice(0, -5)), 4));
    });
  }

  it('are all told apart by rig ports', async () => {
    const [stranger, older, other] = [
      await plug(DEVICES.printer),
      await plug(DEVICES['older firmware']),
      await plug(fixture({ table: 0xdeadbeef })),
    ];
    const { exit, out } = await runCommand(['ports', stranger.path, older.path, other.path, '--json'], { clock: patientClock });
    const rows = portsDocument.parse(JSON.parse(out)).ports;
    const row = (path: string) => rows.find((one) => one.path === path);
    expect(exit).to.equal(0);
    expect(row(stranger.path)?.error).to.match(/3D printer/);
    expect(row(older.path)?.error).to.match(/speaks protocol version/);
    expect(row(other.path)?.error).to.match(/another signal table \(DEADBEEF/);
  });

  it('with two fixtures of one id: each row names the other', async () => {
    const [one, two, third] = [await plug(fixture({})), await plug(fixture({})), await plug(fixture({ board: 0xb2 }))];
    const { out } = await runCommand(['ports', one.path, two.path, third.path, '--json'], { clock: patientClock });
    const rows = portsDocument.parse(JSON.parse(out)).ports;
    const error = (path: string) => rows.find((row) => row.path === path)?.error;
    expect(error(one.path)).to.contain(`The fixture at ${two.path} has the same id`).and.to.contain('rig flash');
    expect(error(two.path)).to.contain(`The fixture at ${one.path} has the same id`);
    expect(error(third.path)).to.equal(null);
  });
});
