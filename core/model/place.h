/* Place: the struct and the tags of core/model/place.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_PLACE_H
#define TIDEWAITER_CORE_MODEL_PLACE_H

#include "core/model/types.h"

#define RECORD place
#define RECORD_DEF "core/model/place.def"
#include "core/schema/struct.h"

#endif
