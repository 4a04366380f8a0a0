/* Disposal: the struct and the tags of core/model/disposal.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_DISPOSAL_H
#define TIDEWAITER_CORE_MODEL_DISPOSAL_H

#include "core/model/types.h"

#define RECORD disposal
#define RECORD_DEF "core/model/disposal.def"
#include "core/schema/struct.h"

#endif
