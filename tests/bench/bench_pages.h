/* Which pages of the database a commit wrote, by what they hold, read from the file itself while nothing writes. The heads
 * of the file are left out, and so are the pages of long values. */
#ifndef TIDEWAITER_TESTS_BENCH_BENCH_PAGES_H
#define TIDEWAITER_TESTS_BENCH_BENCH_PAGES_H

#include <stddef.h>
#include <stdint.h>

/* Leaves of each tree; the branches above them; the list of what is free. */
enum { BENCH_TREES = 6, BENCH_ABOVE = BENCH_TREES, BENCH_FREE, BENCH_PAGES };

struct pages; /* as the newest commit left them */
struct pages *pages_open(const char *folder);
void pages_free(struct pages *pages);
/* Adds the pages that are new since the last look, and takes the new state. */
void pages_look(struct pages *pages, double taken[BENCH_PAGES]);
/* "R 1.0, I 6.1 …", each divided by `times`. */
void pages_print(char *out, size_t room, const double taken[BENCH_PAGES], double times);

#endif
