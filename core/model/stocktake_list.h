/* List of a stocktake: the struct and the tags of core/model/stocktake_list.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_STOCKTAKE_LIST_H
#define TIDEWAITER_CORE_MODEL_STOCKTAKE_LIST_H

#include "core/model/types.h"

#define RECORD stocktake_list
#define RECORD_DEF "core/model/stocktake_list.def"
#include "core/schema/struct.h"

#endif
