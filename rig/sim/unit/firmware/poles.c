/**
 * Pin changes into settled poles. Poles that are switched together arrive up to 6 ms apart and in any order, so nothing is
 * believed before all three have been quiet for SETTLE, and then all at once. A pole that chatters without end must not blind
 * the unit to the others: a pole that alone has been quiet for PATIENCE is believed by itself.
 */
#include "poles.h"

#include <avr/interrupt.h>
#include <util/atomic.h>

#include "board.h"
#include "clock.h"

#define SETTLE CLOCK_MS(20UL)
#define PATIENCE CLOCK_MS(128UL)
#define FIRST_PIN PD2
#define COUNT 3

static volatile uint8_t level;           /* as the last interrupt saw it */
static volatile uint8_t moving;          /* changed less than SETTLE ago */
static volatile uint16_t changed_at[COUNT];
static uint8_t settled = POLES;

static void note(uint8_t changed) {
  const uint16_t now = clock_now16();
  for (uint8_t i = 0; i < COUNT; i++)
    if (changed & _BV(FIRST_PIN + i)) changed_at[i] = now;
  moving |= changed;
  clock_alarm(now + SETTLE);
}

ISR(PCINT2_vect) {
  const uint8_t seen = PIND & POLES;
  const uint8_t changed = seen ^ level;
  level = seen;
  if (changed) note(changed);
}

void poles_begin(void) {
  PORTD = 0xff; /* pull-ups, on the unused pins as well */
  PCMSK2 = POLES;
  PCICR = _BV(PCIE2);
  level = PIND & POLES;
  note(POLES);
}

static void settle(void) {
  const uint16_t now = clock_now16();
  for (uint8_t i = 0; i < COUNT; i++)
    if ((uint16_t)(now - changed_at[i]) >= SETTLE) moving &= ~_BV(FIRST_PIN + i);
  if (moving == 0) {
    settled = level;
    return;
  }
  for (uint8_t i = 0; i < COUNT; i++) {
    const uint8_t pole = _BV(FIRST_PIN + i);
    if (!(moving & pole) && (uint16_t)(now - changed_at[i]) >= PATIENCE) settled = (settled & ~pole) | (level & pole);
  }
}

uint8_t poles_open(void) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (moving) settle();
  }
  return settled;
}
