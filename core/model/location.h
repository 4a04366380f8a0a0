/* Store location: the struct and the tags of core/model/location.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_LOCATION_H
#define TIDEWAITER_CORE_MODEL_LOCATION_H

#include "core/model/types.h"

#define RECORD location
#define RECORD_DEF "core/model/location.def"
#include "core/schema/struct.h"

/* Is the officer among those who may enter this one location? An empty list lets everybody in. */
bool location_admits(const struct location_record *location, uint64_t officer);

#endif
