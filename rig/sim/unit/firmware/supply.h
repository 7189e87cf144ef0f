/** Whether the battery voltage is high enough to switch anything. */
#ifndef SUPPLY_H
#define SUPPLY_H

#include <stdbool.h>
#include <stdint.h>

void supply_read(uint16_t code);

/** False until the first reading. */
bool supply_good(void);

#endif
