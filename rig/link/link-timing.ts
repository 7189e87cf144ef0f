/** How often the host speaks to the fixture when it has nothing to say, and how long either may be silent. */

/** The fixture makes everything safe after 1 s without a line. Source: PROTOCOL.md, "What the fixture does by itself". */
export const KEEP_ALIVE_ms = 300;
/** While a sink or the charger short may be on: they go off after 250 ms of silence. */
export const KEEP_ALIVE_ENERGETIC_ms = 80;
/** Odd on purpose, so that pings do not fall on the same phase of the USB frames. Source: Klipper's clocksync, 984 ms; the fraction makes phases cover a frame evenly. */
export const PING_ms = 984.618;
/** An unanswered ping is followed by another after this. */
export const PING_AGAIN_ms = 250;
/** Without any line from the fixture for so long the link counts as lost; several pings went unanswered by then. */
export const FIXTURE_SILENT_ms = 2_000;
/** A host that comes so late to what it had planned was not listening meanwhile, and cannot say that the other was silent. */
export const HOST_LATE_ms = 100;
/** Pings of a burst and their distance: in steps of the golden section of a frame, so that few of them sample all phases. */
export const BURST_PINGS = 32;
export const BURST_STEP_ms = 3.618;
/** How long a stop is repeated that nobody confirms. */
export const STOP_PATIENCE_ms = 1_000;
