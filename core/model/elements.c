#include "core/model/elements.h"

#include "core/model/choices.h"

#define EXPAND_PART "core/model/part_table.h"
#include "core/model/elements.def"
