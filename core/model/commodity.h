/* Commodity: the struct and the tags of core/model/commodity.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_COMMODITY_H
#define TIDEWAITER_CORE_MODEL_COMMODITY_H

#include "core/model/types.h"

#define RECORD commodity
#define RECORD_DEF "core/model/commodity.def"
#include "core/schema/struct.h"

#endif
