/* Seal: the struct and the tags of core/model/seal.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_SEAL_H
#define TIDEWAITER_CORE_MODEL_SEAL_H

#include "core/model/types.h"

#define RECORD seal
#define RECORD_DEF "core/model/seal.def"
#include "core/schema/struct.h"

#endif
