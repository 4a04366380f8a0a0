/* Examination: the struct and the tags of core/model/examination.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_EXAMINATION_H
#define TIDEWAITER_CORE_MODEL_EXAMINATION_H

#include "core/model/types.h"

#define RECORD examination
#define RECORD_DEF "core/model/examination.def"
#include "core/schema/struct.h"

#endif
