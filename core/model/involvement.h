/* Involvement: the struct and the tags of core/model/involvement.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_INVOLVEMENT_H
#define TIDEWAITER_CORE_MODEL_INVOLVEMENT_H

#include "core/model/types.h"

#define RECORD involvement
#define RECORD_DEF "core/model/involvement.def"
#include "core/schema/struct.h"

#endif
