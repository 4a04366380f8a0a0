/* Notice: the struct and the tags of core/model/notice.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_NOTICE_H
#define TIDEWAITER_CORE_MODEL_NOTICE_H

#include "core/model/types.h"

#define RECORD notice
#define RECORD_DEF "core/model/notice.def"
#include "core/schema/struct.h"

#endif
