/** The under-voltage lock-out (R14): full function from 8.0 V, so with 3 % of spread the switching points lie below 7.7 V. */
#include "supply.h"

#include "board.h"

#define GOOD_ABOVE ADC_CODE(7450, 16)
#define BAD_BELOW ADC_CODE(7200, 16)

static bool good;

void supply_read(uint16_t code) {
  good = good ? code >= BAD_BELOW : code > GOOD_ABOVE;
}

bool supply_good(void) {
  return good;
}
