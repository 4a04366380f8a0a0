/* Offence: the struct and the tags of core/model/offence.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_OFFENCE_H
#define TIDEWAITER_CORE_MODEL_OFFENCE_H

#include "core/model/types.h"

#define RECORD offence
#define RECORD_DEF "core/model/offence.def"
#include "core/schema/struct.h"

#endif
