/* Item of a hand-over: the struct and the tags of core/model/handover_line.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_HANDOVER_LINE_H
#define TIDEWAITER_CORE_MODEL_HANDOVER_LINE_H

#include "core/model/types.h"

#define RECORD handover_line
#define RECORD_DEF "core/model/handover_line.def"
#include "core/schema/struct.h"

#endif
