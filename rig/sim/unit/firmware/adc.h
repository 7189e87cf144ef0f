/** One conversion at a time, finished by interrupt while the core sleeps. */
#ifndef ADC_H
#define ADC_H

#include <stdint.h>

void adc_begin(void);

/** Starts a conversion of one channel; EVENT_ADC follows 0.2 ms later. */
void adc_start(uint8_t of);

uint8_t adc_channel(void);

/** The code of the ended conversion, 0..1023. Valid from EVENT_ADC to the next start. */
uint16_t adc_code(void);

#endif
