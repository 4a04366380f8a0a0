/* Hand-over: the struct and the tags of core/model/handover.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_HANDOVER_H
#define TIDEWAITER_CORE_MODEL_HANDOVER_H

#include "core/model/types.h"

#define RECORD handover
#define RECORD_DEF "core/model/handover.def"
#include "core/schema/struct.h"

#endif
