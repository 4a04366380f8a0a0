/* Exhibit of a disposal: the struct and the tags of core/model/disposal_line.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_DISPOSAL_LINE_H
#define TIDEWAITER_CORE_MODEL_DISPOSAL_LINE_H

#include "core/model/types.h"

#define RECORD disposal_line
#define RECORD_DEF "core/model/disposal_line.def"
#include "core/schema/struct.h"

#endif
