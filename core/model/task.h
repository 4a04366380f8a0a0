/* Task: the struct and the tags of core/model/task.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_TASK_H
#define TIDEWAITER_CORE_MODEL_TASK_H

#include "core/model/types.h"

#define RECORD task
#define RECORD_DEF "core/model/task.def"
#include "core/schema/struct.h"

#endif
