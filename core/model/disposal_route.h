/* Way of disposal: the struct and the tags of core/model/disposal_route.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_DISPOSAL_ROUTE_H
#define TIDEWAITER_CORE_MODEL_DISPOSAL_ROUTE_H

#include "core/model/types.h"

#define RECORD disposal_route
#define RECORD_DEF "core/model/disposal_route.def"
#include "core/schema/struct.h"

#endif
