/* State: the struct and the tags of core/model/status.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_STATUS_H
#define TIDEWAITER_CORE_MODEL_STATUS_H

#include "core/model/types.h"

#define RECORD status
#define RECORD_DEF "core/model/status.def"
#include "core/schema/struct.h"

#endif
