/* What is left to read of something that a person typed. Each function takes what stands at the start, or leaves it. */
#ifndef TIDEWAITER_CORE_BASE_READING_H
#define TIDEWAITER_CORE_BASE_READING_H

#include "core/base/memory.h"

struct reading {
    const char *at;
    const char *end;
};

bool reading_ended(const struct reading *r);
bool reading_digit(const struct reading *r); /* one stands next; it is not taken */
bool reading_mark(struct reading *r, const char *mark);
bool reading_any(struct reading *r, const char *const *marks); /* ended by NULL */
void reading_blanks(struct reading *r);
/* All digits that stand here; how many, 0 for none or more than nine. */
int reading_digits(struct reading *r, int *number);

#endif
