/* Signing key: the struct and the tags of core/model/signing_key.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_SIGNING_KEY_H
#define TIDEWAITER_CORE_MODEL_SIGNING_KEY_H

#include "core/model/types.h"

#define RECORD signing_key
#define RECORD_DEF "core/model/signing_key.def"
#include "core/schema/struct.h"

#endif
