/** The sizes and margins of wire and fixture that host and firmware must agree on; the firmware gets them through generated.h. */

export const PROTOCOL_VERSION = 1;
export const BAUD = 500_000;
/** The nonce of the hello that a fixture says by itself when it has started; no hello of a host has it. */
export const NONCE_OF_START = 0xffff;

/** Longest lines, newline included. */
export const MAX_LINE_TO_FIXTURE = 120;
export const MAX_LINE_TO_HOST = 200;

/** Bytes the fixture's receive ring holds. */
export const RX_RING = 512;
/** Bytes of it that stay free for what is not sequenced (keep-alive, ping, resend, stop): the host sends no more of that within 10 ms. */
export const RX_RESERVE = 96;
/** Most unacknowledged bytes of sequenced commands the host may have under way. */
export const COMMAND_WINDOW = RX_RING - RX_RESERVE;
/** Timeline entries the fixture holds: waiting, queued or running. */
export const QUEUE_ENTRIES = 64;
/** Bytes in which the fixture keeps events until they are acknowledged: half a byte for the kind and for each digit, whole bytes an event. */
export const EVENT_BYTES = 2_688;
/** Edges it keeps; a longer event, of which there are few, takes the room of up to four. */
export const EVENT_RING = EVENT_BYTES / 6;
/** A line of events is begun so long after the one before at the earliest, or once so many wait: what comes in quick succession shares a line. */
export const EVENT_GATHER_ms = 6;
export const EVENT_GATHER_MOST = 15;
/** Edges kept for triggers that arrive after the edge they wait for. */
export const EDGE_HISTORY = 16;
/** Done entries remembered for entries that arrive after the entry they hang on. */
export const DONE_HISTORY = 32;
/** Most converter codes in one entry. */
export const MAX_CODES = 3;
/** Most conversions of one sample. */
export const MAX_SAMPLE = 64;
export const ENTRY_ID_MAX = 0xfffe;

/** A command with a tick less than this ahead is refused as late, more than `FAR_ticks` ahead as far. */
export const LATE_MARGIN_ticks = 2_000;
export const FAR_ticks = 2 ** 30;
/** Delays shorter than this after an entry or an edge are executed as soon as possible. */
export const FIXTURE_LATENCY_ticks = 1_000;
/** Least distance of two updates of a ramp. */
export const RAMP_STEP_MIN_ticks = 400;
/** Shortest pulse. */
export const PULSE_MIN_ticks = 100;
/** An entry executed more than this after its tick is reported by event `L`. */
export const LATE_TOLERANCE_ticks = 1;

/** Without a valid line for so long by the fixture's clock: energetic drives off, then everything safe. A resonator 0.5 % slow and the main loop together stay below 250 ms and 1 s. */
export const SILENT_ENERGETIC_ms = 245;
export const SILENT_ms = 990;
/** The strong supply limit follows a rise of the supply from 0 after this. */
export const STRONG_SUPPLY_ms = 50;
/** The shunt bypass is closed for this long before a 1 A sink or the charger short goes on, and after the last of them has gone off. */
export const BYPASS_LEAD_us = 1_000;
export const BYPASS_LAG_us = 1_000;
/** An entry that switches one of them on after a shorter delay than this is executed as soon as possible. */
export const BYPASS_DELAY_MIN_us = 2_000;
/** Automatic probe: so long after a falling edge; bias on for so long; settled after so long more. A busy main loop may add 1 ms to what must stay below 3 ms. */
export const PROBE_DELAY_us = 1_000;
export const PROBE_BIAS_us = 1_000;
export const PROBE_SETTLE_us = 250;
/** The ohmmeter's switches have followed after this: those of the terminal before are open, those of this one closed. */
export const CONTACT_SETTLE_us = 6_500;
/** Conversions of a contact measurement. */
export const CONTACT_CONVERSIONS = 4;
/** Below this supply an output's edge is reported only if its level persists for so long. */
export const EDGE_MASK_BELOW_mV = 6_000;
export const EDGE_PERSISTS_us = 5_000;
/** No entry may ask for more: 70 V of the supply, and the correction of the worst board. */
export const SUPPLY_MOST_mV = 71_000;
/** The short of CHARGER rests for so long after each pulse, so that its longest on-time is one. */
export const SHORT_REST_ms = 100;
/** H and L may not be driven below this supply. Source: ELECTRICS.md, "Remote". */
export const REMOTE_MIN_SUPPLY_mV = 8_000;
/** They may be driven once it has been asked for this long ago: from 0 V it needs 1.6 ms. */
export const REMOTE_SUPPLY_STANDS_ms = 5;
/** A 1 A sink goes on this long after the other has gone off at the earliest: they open within 60 us. */
export const SINK_BREAK_us = 200;
/** After a 1 A pulse its sink rests for energy / this power. Source: ELECTRICS.md, "Sinks". */
export const SINK_REST_W = 3;
