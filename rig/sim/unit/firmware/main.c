/** The stand-in smallBMS unit: sleeps until an interrupt leaves an event, reads what it concerns, decides, drives. */
#include <avr/interrupt.h>
#include <avr/pgmspace.h>
#include <avr/sleep.h>

#include "adc.h"
#include "board.h"
#include "clock.h"
#include "events.h"
#include "logic.h"
#include "outputs.h"
#include "poles.h"
#include "remote.h"
#include "supply.h"

/* The terminals are read in every sweep, the battery voltage in one of so many (0.5 s). A power of two. */
#define SUPPLY_EVERY 8

/* Lets a flash image be traced to its sources. */
const uint32_t build_hash PROGMEM __attribute__((used)) = BUILD_HASH;

volatile uint8_t events;

static void decide(void) {
  const uint8_t open = poles_open();
  const struct inputs in = {
      .supply_good = supply_good(),
      .remote_on = remote_on(),
      .low_cell = open & POLE_LOW_CELL,
      .charge_alarm = open & POLE_CHARGE,
      .warning = open & POLE_PRE_ALARM,
  };
  const struct decision out = logic_step(&in, clock_now());
  outputs_apply(&out);
}

static bool supply_due(void) {
  static uint8_t sweeps;
  return sweeps++ % SUPPLY_EVERY == 0;
}

/*
 * A sweep reads L, then H only where L does not already say on (it saves a wake-up in the usual state), then the supply where
 * due. It takes 0.7 ms at most, so it is over long before the next tick starts another. True = this conversion ended it.
 */
static bool take_conversion(void) {
  const uint16_t code = adc_code();
  switch (adc_channel()) {
    case CHANNEL_SUPPLY:
      supply_read(code);
      return true;
    case CHANNEL_H:
      remote_read_h(code);
      break;
    default:
      if (!remote_read_l(code)) {
        adc_start(CHANNEL_H);
        return false;
      }
  }
  remote_settle();
  if (!supply_due()) return true;
  adc_start(CHANNEL_SUPPLY);
  return false;
}

static uint8_t sleep_until_event(void) {
  cli();
  while (events == 0) {
    sei(); /* takes effect after the next instruction: no event can slip in before the sleep */
    sleep_cpu();
    cli();
  }
  const uint8_t taken = events;
  events = 0;
  sei();
  return taken;
}

int main(void) {
  outputs_begin();
  clock_begin();
  poles_begin();
  adc_begin();
  set_sleep_mode(SLEEP_MODE_IDLE); /* Timer1 stops in every deeper mode */
  sleep_enable();
  adc_start(CHANNEL_L);

  for (;;) {
    const uint8_t taken = sleep_until_event();
    if (taken & EVENT_TICK) adc_start(CHANNEL_L);
    const bool swept = (taken & EVENT_ADC) && take_conversion();
    if (swept || (taken & EVENT_ALARM)) decide();
  }
}
