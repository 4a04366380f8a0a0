/* The rows of lists inside records: a struct and its table for each entry of elements.def. */
#ifndef TIDEWAITER_CORE_MODEL_ELEMENTS_H
#define TIDEWAITER_CORE_MODEL_ELEMENTS_H

#define EXPAND_PART "core/model/part_struct.h"
#include "core/model/elements.def"
#undef EXPAND_PART

#endif
