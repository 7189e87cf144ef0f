/** The state of the three chain poles once they have stopped moving. */
#ifndef POLES_H
#define POLES_H

#include <stdint.h>

void poles_begin(void);

/** The open poles (bits of POLES) as last settled; all open until the first reading. Call after each EVENT_ALARM and at least once per CLOCK_TICK. */
uint8_t poles_open(void);

#endif
