/* Stocktake: the struct and the tags of core/model/stocktake.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_STOCKTAKE_H
#define TIDEWAITER_CORE_MODEL_STOCKTAKE_H

#include "core/model/types.h"

#define RECORD stocktake
#define RECORD_DEF "core/model/stocktake.def"
#include "core/schema/struct.h"

#endif
