/* Thing: the struct and the tags of core/model/thing.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_THING_H
#define TIDEWAITER_CORE_MODEL_THING_H

#include "core/model/types.h"

#define RECORD thing
#define RECORD_DEF "core/model/thing.def"
#include "core/schema/struct.h"

#endif
