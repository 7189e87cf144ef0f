/** Port B: one write per change, so that outputs that belong together move in the same cycle (R9) and none glitches (R18). */
#include "outputs.h"

#include "board.h"

void outputs_begin(void) {
  PORTB = 0;
  DDRB = OUT_LOAD | OUT_CHARGER | OUT_PRE_ALARM | OUT_LED_BLUE | OUT_LED_RED;
}

void outputs_apply(const struct decision *out) {
  uint8_t pins = 0;
  if (out->load) pins |= OUT_LOAD;
  if (out->charger) pins |= OUT_CHARGER;
  if (out->pre_alarm) pins |= OUT_PRE_ALARM;
  if (out->led_blue) pins |= OUT_LED_BLUE;
  if (out->led_red) pins |= OUT_LED_RED;
  PORTB = pins;
}
