/* Saved view: the struct and the tags of core/model/saved_search.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_SAVED_SEARCH_H
#define TIDEWAITER_CORE_MODEL_SAVED_SEARCH_H

#include "core/model/types.h"

#define RECORD saved_search
#define RECORD_DEF "core/model/saved_search.def"
#include "core/schema/struct.h"

#endif
