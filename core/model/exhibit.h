/* Exhibit: the struct and the tags of core/model/exhibit.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_EXHIBIT_H
#define TIDEWAITER_CORE_MODEL_EXHIBIT_H

#include "core/model/types.h"

#define RECORD exhibit
#define RECORD_DEF "core/model/exhibit.def"
#include "core/schema/struct.h"

#endif
