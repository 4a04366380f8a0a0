/* Entry: the struct and the tags of core/model/entry.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_ENTRY_H
#define TIDEWAITER_CORE_MODEL_ENTRY_H

#include "core/model/types.h"

#define RECORD entry
#define RECORD_DEF "core/model/entry.def"
#include "core/schema/struct.h"

#endif
