/* What a program sent to a terminal, held against what that type of terminal understands. */
#ifndef TIDEWAITER_TESTS_SCREEN_WALK_H
#define TIDEWAITER_TESTS_SCREEN_WALK_H

#include "core/base/memory.h"

/* The strings of a terminal's entry, as infocmp tells them. */
struct walk;
struct walk *walk_new(const char *terminal); /* NULL: infocmp knows no such terminal */
void walk_free(struct walk *walk);
void walk_allow(struct walk *walk, const char *sequence); /* beyond the entry */
/* Every control in the output is one of them, and every character is good UTF-8 and no control. -1: so it is; else where it
 * is not. */
long walk_output(const struct walk *walk, struct bytes output);

#endif
