/* Opening session: the struct and the tags of core/model/opening.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_OPENING_H
#define TIDEWAITER_CORE_MODEL_OPENING_H

#include "core/model/types.h"

#define RECORD opening
#define RECORD_DEF "core/model/opening.def"
#include "core/schema/struct.h"

#endif
