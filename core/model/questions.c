#include "core/model/questions.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define EXPAND_PART "core/model/part_table.h"
#include "core/model/questions.def"
