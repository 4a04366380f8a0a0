/* Party: the struct and the tags of core/model/party.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_PARTY_H
#define TIDEWAITER_CORE_MODEL_PARTY_H

#include "core/model/types.h"

#define RECORD party
#define RECORD_DEF "core/model/party.def"
#include "core/schema/struct.h"

#endif
