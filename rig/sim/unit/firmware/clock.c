/** Timer1: runs freely at /1024, compare A makes the tick, compare B the alarm. */
#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "events.h"

/* Count at the last tick. Its low half and OCR1A start equal and advance together. */
static volatile uint32_t tick_at;

void clock_begin(void) {
  TCCR1A = 0;
  OCR1A = CLOCK_TICK;
  TIMSK1 = _BV(OCIE1A);
  TCCR1B = _BV(CS12) | _BV(CS10);
}

/* Moving the compare value instead of clearing the counter keeps the tick exact however late it is served. */
ISR(TIMER1_COMPA_vect) {
  OCR1A += CLOCK_TICK;
  tick_at += CLOCK_TICK;
  events |= EVENT_TICK;
}

ISR(TIMER1_COMPB_vect) {
  TIMSK1 = _BV(OCIE1A);
  events |= EVENT_ALARM;
}

uint16_t clock_now16(void) {
  return TCNT1;
}

uint32_t clock_now(void) {
  uint32_t base;
  uint16_t count;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    count = TCNT1;
    base = tick_at;
  }
  return base + (uint16_t)(count - (uint16_t)base);
}

void clock_alarm(uint16_t at) {
  OCR1B = at;
  TIFR1 = _BV(OCF1B);
  TIMSK1 = _BV(OCIE1A) | _BV(OCIE1B);
}
