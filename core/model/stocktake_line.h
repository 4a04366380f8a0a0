/* Scan of a stocktake: the struct and the tags of core/model/stocktake_line.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_STOCKTAKE_LINE_H
#define TIDEWAITER_CORE_MODEL_STOCKTAKE_LINE_H

#include "core/model/types.h"

#define RECORD stocktake_line
#define RECORD_DEF "core/model/stocktake_line.def"
#include "core/schema/struct.h"

#endif
