/* What the benchmarks share: time, percentiles, and the lines that they print. They measure;
 * they never fail because of a time, for machines differ. */
#ifndef TIDEWAITER_TESTS_BENCH_BENCH_H
#define TIDEWAITER_TESTS_BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/err.h"

double bench_seconds(void); /* of a clock that only goes forward */

/* Times of one kind of work. */
struct samples {
    double *seconds;
    size_t count, room;
    bool sorted;
};
void samples_take(struct samples *samples, double seconds);
double samples_part(struct samples *samples, double part); /* 0.5: the median; in seconds */
double samples_sum(const struct samples *samples);
void samples_free(struct samples *samples);

/* One line: what, measured, budget (NULL: none). */
void bench_line(const char *what, const char *budget, const char *measured, ...)
    __attribute__((format(printf, 3, 4)));
/* Ends the program with the failure's sentence. */
void bench_must(enum err err);

#endif
