/* Outside reference: the struct and the tags of core/model/outside_reference.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_OUTSIDE_REFERENCE_H
#define TIDEWAITER_CORE_MODEL_OUTSIDE_REFERENCE_H

#include "core/model/types.h"

#define RECORD outside_reference
#define RECORD_DEF "core/model/outside_reference.def"
#include "core/schema/struct.h"

#endif
