/* Outside system: the struct and the tags of core/model/outside_system.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_OUTSIDE_SYSTEM_H
#define TIDEWAITER_CORE_MODEL_OUTSIDE_SYSTEM_H

#include "core/model/types.h"

#define RECORD outside_system
#define RECORD_DEF "core/model/outside_system.def"
#include "core/schema/struct.h"

#endif
