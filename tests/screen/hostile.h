/* Text that has hurt terminals: escapes, controls of both kinds, marks without end, characters of unknown width, broken UTF-8.
 * Whatever shows it must stay whole. */
#ifndef TIDEWAITER_TESTS_SCREEN_HOSTILE_H
#define TIDEWAITER_TESTS_SCREEN_HOSTILE_H

#include "core/base/memory.h"

extern const struct text hostile[];
extern const size_t hostile_count;

/* All of them over and over, `size` bytes. */
void hostile_flood(struct buffer *out, size_t size);

#endif
