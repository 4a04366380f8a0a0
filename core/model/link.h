/* Link: the struct and the tags of core/model/link.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_LINK_H
#define TIDEWAITER_CORE_MODEL_LINK_H

#include "core/model/types.h"

#define RECORD link
#define RECORD_DEF "core/model/link.def"
#include "core/schema/struct.h"

#endif
