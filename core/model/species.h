/* Species: the struct and the tags of core/model/species.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_SPECIES_H
#define TIDEWAITER_CORE_MODEL_SPECIES_H

#include "core/model/types.h"

#define RECORD species
#define RECORD_DEF "core/model/species.def"
#include "core/schema/struct.h"

#endif
