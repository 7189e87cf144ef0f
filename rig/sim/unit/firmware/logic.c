/**
 * The state machine of the stand-in unit. Where the rulings leave a choice, this unit
 *   R8   raises PRE-ALARM for a low cell with or without a warning, and keeps it up when the warning goes away first;
 *   R10  raises PRE-ALARM again together with LOAD when the cell recovers and the warning is still there;
 *   R12  enters service with a low cell as if it were new: LOAD and PRE-ALARM high, then a whole wait (reading a).
 * Three open poles are a broken chain, whatever led there (R2). Leaving service forgets the wait and the trip.
 */
#include "logic.h"

#include "clock.h"

/* From PRE-ALARM rising to LOAD floating: never under 30 s, also with a crystal 0.5 % fast (R3). */
#define WAIT (31UL * CLOCK_HZ)

static bool tripped;       /* LOAD is off until the cell recovers */
static bool pre_alarm;     /* as last decided */
static bool waited;        /* this PRE-ALARM has been up for WAIT */
static uint32_t raised_at; /* when it rose */

static void forget(void) {
  tripped = false;
  pre_alarm = false;
  waited = false;
}

/* Trip and pre-alarm; the charge path has no part in it (R7). */
static void watch_low_cell(const struct inputs *in, uint32_t now) {
  if (pre_alarm && now - raised_at >= WAIT) waited = true;
  if (!in->low_cell) tripped = false;
  else if (waited) tripped = true;

  const bool wanted = (in->low_cell || in->warning) && !tripped;
  if (wanted && !pre_alarm) raised_at = now;
  if (!wanted) waited = false;
  pre_alarm = wanted;
}

struct decision logic_step(const struct inputs *in, uint32_t now) {
  const bool awake = in->supply_good && in->remote_on;
  const bool broken = in->low_cell && in->charge_alarm && in->warning;
  const bool serving = awake && !broken;

  if (serving) watch_low_cell(in, now);
  else forget();

  const struct decision out = {
      .load = serving && !tripped,
      .charger = serving && !in->charge_alarm,
      .pre_alarm = pre_alarm,
      .led_blue = serving && !tripped,
      .led_red = awake && in->charge_alarm,
  };
  return out;
}
