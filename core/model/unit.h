/* Unit of measure: the struct and the tags of core/model/unit.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_UNIT_H
#define TIDEWAITER_CORE_MODEL_UNIT_H

#include "core/model/types.h"

#define RECORD unit
#define RECORD_DEF "core/model/unit.def"
#include "core/schema/struct.h"

#endif
