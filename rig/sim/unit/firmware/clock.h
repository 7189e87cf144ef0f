/** Time from the crystal: a free-running count, a regular tick and one alarm, all from Timer1. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

/** Counts per second: 16 MHz / 1024, one count is 64 us. */
#define CLOCK_HZ 15625UL
#define CLOCK_MS(ms) ((ms) * CLOCK_HZ / 1000UL)
/** Period of EVENT_TICK in counts. */
#define CLOCK_TICK CLOCK_MS(64UL)

void clock_begin(void);

/** Counts since the start; wraps after 76 hours, so compare differences only. */
uint32_t clock_now(void);

/** The low 16 bits of the same count (wraps after 4.19 s). Interrupts must be off. */
uint16_t clock_now16(void);

/** Raises EVENT_ALARM once when the count reaches `at`; a second call replaces the first. Interrupts must be off. */
void clock_alarm(uint16_t at);

#endif
