/* What acts ask for: a struct act_NAME and its table for each entry of questions.def. */
#ifndef TIDEWAITER_CORE_MODEL_QUESTIONS_H
#define TIDEWAITER_CORE_MODEL_QUESTIONS_H

#define EXPAND_PART "core/model/part_struct.h"
#include "core/model/questions.def"
#undef EXPAND_PART

#endif
