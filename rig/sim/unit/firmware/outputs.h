/** The output stages and LEDs. */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include "logic.h"

/** Everything floating and dark. */
void outputs_begin(void);

/** Applies a decision to all pins in one write. */
void outputs_apply(const struct decision *out);

#endif
