/**
 * The converter at 125 kHz, where it has its full resolution. It is enabled for one conversion at a time: entering idle sleep
 * with it enabled would start another by itself (ATmega328P datasheet, idle mode), and so wake the core for ever.
 */
#include "adc.h"

#include <avr/interrupt.h>
#include <avr/io.h>

#include "board.h"
#include "events.h"

static uint8_t channel;
static volatile uint16_t code;

ISR(ADC_vect) {
  code = ADC;
  ADCSRA = 0;
  events |= EVENT_ADC;
}

void adc_begin(void) {
  DIDR0 = _BV(CHANNEL_SUPPLY) | _BV(CHANNEL_H) | _BV(CHANNEL_L);
}

void adc_start(uint8_t of) {
  channel = of;
  ADMUX = _BV(REFS0) | of;
  ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADIE) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
}

uint8_t adc_channel(void) {
  return channel;
}

uint16_t adc_code(void) {
  return code;
}
