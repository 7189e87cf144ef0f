/** The unit's decisions: settled inputs and the time in, the state of every output out. No hardware. */
#ifndef LOGIC_H
#define LOGIC_H

#include <stdbool.h>
#include <stdint.h>

struct inputs {
  bool supply_good;
  bool remote_on;
  bool low_cell;     /* pole 1 open */
  bool charge_alarm; /* pole 3 open */
  bool warning;      /* pole 4 open */
};

struct decision {
  bool load;
  bool charger;
  bool pre_alarm;
  bool led_blue;
  bool led_red;
};

/** Decides for this instant; `now` counts at CLOCK_HZ and may wrap. Call at least once per CLOCK_TICK. */
struct decision logic_step(const struct inputs *in, uint32_t now);

#endif
