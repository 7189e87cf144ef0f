/** What the interrupt handlers leave for the main loop to do. */
#ifndef EVENTS_H
#define EVENTS_H

#include <stdint.h>

#define EVENT_TICK 0x01  /* CLOCK_TICK has passed: time for a sweep of the ADC */
#define EVENT_ALARM 0x02 /* the poles may have settled */
#define EVENT_ADC 0x04   /* a conversion has ended */

/** Set bits in handlers; take them with interrupts off. */
extern volatile uint8_t events;

#endif
