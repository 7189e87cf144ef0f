/** Whether the remote terminals ask for on. */
#ifndef REMOTE_H
#define REMOTE_H

#include <stdbool.h>
#include <stdint.h>

/** Takes a code of terminal L; true = L alone asks for on, H need not be read. */
bool remote_read_l(uint16_t code);

/** Takes a code of terminal H. */
void remote_read_h(uint16_t code);

/** Call once per sweep, after its readings. */
void remote_settle(void);

/** Off until two sweeps in a row have asked for on, and the other way round. */
bool remote_on(void);

#endif
