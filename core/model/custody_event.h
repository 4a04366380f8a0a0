/* Custody event: the struct and the tags of core/model/custody_event.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_CUSTODY_EVENT_H
#define TIDEWAITER_CORE_MODEL_CUSTODY_EVENT_H

#include "core/model/types.h"

#define RECORD custody_event
#define RECORD_DEF "core/model/custody_event.def"
#include "core/schema/struct.h"

#endif
