/* How a list of choices is written down. For the files that hold them alone. */
#ifndef TIDEWAITER_CORE_MODEL_CHOICE_ROWS_H
#define TIDEWAITER_CORE_MODEL_CHOICE_ROWS_H

#include "core/schema/field.h"

#define CHOICES(name) const struct choice choices_##name[] =
#define END                                                                                    \
    {                                                                                          \
        .code = NULL                                                                           \
    }

#endif
