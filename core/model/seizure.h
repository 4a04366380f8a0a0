/* Seizure: the struct and the tags of core/model/seizure.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_SEIZURE_H
#define TIDEWAITER_CORE_MODEL_SEIZURE_H

#include "core/model/types.h"

#define RECORD seizure
#define RECORD_DEF "core/model/seizure.def"
#include "core/schema/struct.h"

#endif
