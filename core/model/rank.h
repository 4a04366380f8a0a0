/* Rank: the struct and the tags of core/model/rank.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_RANK_H
#define TIDEWAITER_CORE_MODEL_RANK_H

#include "core/model/types.h"

#define RECORD rank
#define RECORD_DEF "core/model/rank.def"
#include "core/schema/struct.h"

#endif
