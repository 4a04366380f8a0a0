/* Mode: the struct and the tags of core/model/mode.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_MODE_H
#define TIDEWAITER_CORE_MODEL_MODE_H

#include "core/model/types.h"

#define RECORD mode
#define RECORD_DEF "core/model/mode.def"
#include "core/schema/struct.h"

#endif
