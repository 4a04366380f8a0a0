/* Running sheet entry: the struct and the tags of core/model/note.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_NOTE_H
#define TIDEWAITER_CORE_MODEL_NOTE_H

#include "core/model/types.h"

#define RECORD note
#define RECORD_DEF "core/model/note.def"
#include "core/schema/struct.h"

#endif
