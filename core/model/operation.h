/* Operation: the struct and the tags of core/model/operation.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_OPERATION_H
#define TIDEWAITER_CORE_MODEL_OPERATION_H

#include "core/model/types.h"

#define RECORD operation
#define RECORD_DEF "core/model/operation.def"
#include "core/schema/struct.h"

#endif
