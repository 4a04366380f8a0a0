/* Inspection: the struct and the tags of core/model/inspection.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_INSPECTION_H
#define TIDEWAITER_CORE_MODEL_INSPECTION_H

#include "core/model/types.h"

#define RECORD inspection
#define RECORD_DEF "core/model/inspection.def"
#include "core/schema/struct.h"

#endif
