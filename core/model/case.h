/* Case: the struct and the tags of core/model/case.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_CASE_H
#define TIDEWAITER_CORE_MODEL_CASE_H

#include "core/model/types.h"

#define RECORD case
#define RECORD_DEF "core/model/case.def"
#include "core/schema/struct.h"

/* States in which a case refuses changes to facts. */
bool case_is_closed(struct text state);

#endif
