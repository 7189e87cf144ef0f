/** The converter at 125 kHz, where it has its full resolution (ATmega328P datasheet, section 28.4). */
#include "adc.h"

#include <avr/interrupt.h>
#include <avr/io.h>

#include "board.h"
#include "events.h"

#define CONTROL (_BV(ADEN) | _BV(ADIE) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0))

static uint8_t current;

ISR(ADC_vect) {
  events |= EVENT_ADC;
}

void adc_begin(void) {
  DIDR0 = _BV(CHANNEL_SUPPLY) | _BV(CHANNEL_H) | _BV(CHANNEL_L);
  ADCSRA = CONTROL;
}

void adc_start(uint8_t channel) {
  current = channel;
  ADMUX = _BV(REFS0) | channel;
  ADCSRA = CONTROL | _BV(ADSC);
}

uint8_t adc_channel(void) {
  return current;
}

uint16_t adc_code(void) {
  return ADC;
}
