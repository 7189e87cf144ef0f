/**
 * The remote thresholds (R13). On: L below 3.5 V (a link brings it to 2.5 V) or H above 2.9 V. Off: L floats to 5 V and H is
 * below 2.0 V. Each switching point sits in the middle of its free band, 3.5..4.95 V and 2.0..2.9 V, with 0.1 V of hysteresis,
 * so that 3 % of divider and reference spread stays inside.
 */
#include "remote.h"

#include "board.h"

#define L_ON_BELOW ADC_CODE(4170, 4)
#define L_OFF_ABOVE ADC_CODE(4270, 4)
#define H_ON_ABOVE ADC_CODE(2500, 4)
#define H_OFF_BELOW ADC_CODE(2400, 4)
/* Sweeps that must agree before the answer changes: outlasts a bouncing switch. */
#define AGREEING 2

static bool l_asks, h_asks, on;
static uint8_t disagreeing;

bool remote_read_l(uint16_t code) {
  l_asks = code < (l_asks ? L_OFF_ABOVE : L_ON_BELOW);
  return l_asks;
}

void remote_read_h(uint16_t code) {
  h_asks = code > (h_asks ? H_OFF_BELOW : H_ON_ABOVE);
}

void remote_settle(void) {
  const bool asked = l_asks || h_asks;
  if (asked == on) {
    disagreeing = 0;
  } else if (++disagreeing >= AGREEING) {
    disagreeing = 0;
    on = asked;
  }
}

bool remote_on(void) {
  return on;
}
