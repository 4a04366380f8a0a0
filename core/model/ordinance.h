/* Ordinance: the struct and the tags of core/model/ordinance.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_ORDINANCE_H
#define TIDEWAITER_CORE_MODEL_ORDINANCE_H

#include "core/model/types.h"

#define RECORD ordinance
#define RECORD_DEF "core/model/ordinance.def"
#include "core/schema/struct.h"

#endif
