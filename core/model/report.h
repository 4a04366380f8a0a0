/* Report: the struct and the tags of core/model/report.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_REPORT_H
#define TIDEWAITER_CORE_MODEL_REPORT_H

#include "core/model/types.h"

#define RECORD report
#define RECORD_DEF "core/model/report.def"
#include "core/schema/struct.h"

#endif
