/** The pins of the stand-in unit's ATmega328P and the nets behind them. */
#ifndef BOARD_H
#define BOARD_H

#include <avr/io.h>

/* Port D, inputs with pull-up: a closed loop through the battery chain pulls its pin low. */
#define POLE_LOW_CELL _BV(PD2)  /* M8 pole 1 */
#define POLE_CHARGE _BV(PD3)    /* M8 pole 3: high cell, temperature */
#define POLE_PRE_ALARM _BV(PD4) /* M8 pole 4 */
#define POLES (POLE_LOW_CELL | POLE_CHARGE | POLE_PRE_ALARM)

/* ADC channels, against AVcc = 5 V, 10 bits. */
#define CHANNEL_SUPPLY 0 /* battery voltage / 16 */
#define CHANNEL_H 1      /* remote H / 4 */
#define CHANNEL_L 2      /* remote L / 4 */

#define ADC_CODE(millivolts, divider) ((uint16_t)((millivolts) * 1024UL / ((divider) * 5000UL)))

/* Port B, outputs: high = the high-side switch is on, the LED is lit. */
#define OUT_LOAD _BV(PB0)
#define OUT_CHARGER _BV(PB1)
#define OUT_PRE_ALARM _BV(PB2)
#define OUT_LED_BLUE _BV(PB3)
#define OUT_LED_RED _BV(PB4)

#endif
