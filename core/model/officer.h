/* Officer: the struct and the tags of core/model/officer.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_OFFICER_H
#define TIDEWAITER_CORE_MODEL_OFFICER_H

#include "core/model/types.h"

#define RECORD officer
#define RECORD_DEF "core/model/officer.def"
#include "core/schema/struct.h"

#endif
