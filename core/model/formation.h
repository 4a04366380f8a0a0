/* Formation: the struct and the tags of core/model/formation.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_FORMATION_H
#define TIDEWAITER_CORE_MODEL_FORMATION_H

#include "core/model/types.h"

#define RECORD formation
#define RECORD_DEF "core/model/formation.def"
#include "core/schema/struct.h"

#endif
