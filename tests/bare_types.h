/* The model's record types without their rules: for tests of the floors below, which must hold for any table. It
 * takes the place of core/model/types.c; main calls bare_types_make() first. */
#ifndef TIDEWAITER_TESTS_BARE_TYPES_H
#define TIDEWAITER_TESTS_BARE_TYPES_H

#include "core/model/types.h"

#define BARE_ENUM(name) BARE_##name,
enum { RECORD_TYPES(BARE_ENUM) BARE_COUNT };
#undef BARE_ENUM

static struct record_type bare_types[BARE_COUNT];

#define BARE_ROW(name) &bare_types[BARE_##name],
const struct record_type *const record_types[] = { RECORD_TYPES(BARE_ROW) NULL };
#undef BARE_ROW

static inline void bare_types_make(void)
{
#define BARE_COPY(name)                                                                        \
    bare_types[BARE_##name] = name##_type;                                                     \
    bare_types[BARE_##name].rules = NULL;
    RECORD_TYPES(BARE_COPY)
#undef BARE_COPY
}

/* A new record of a bare type as its struct: BARE_NEW(arena, exhibit). */
#define BARE_NEW(arena, name)                                                                  \
    ((struct name##_record *)(void *)record_new(arena, &bare_types[BARE_##name]))

#endif
