/* Outcome: the struct and the tags of core/model/outcome.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_OUTCOME_H
#define TIDEWAITER_CORE_MODEL_OUTCOME_H

#include "core/model/types.h"

#define RECORD outcome
#define RECORD_DEF "core/model/outcome.def"
#include "core/schema/struct.h"

#endif
