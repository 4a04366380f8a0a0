/* Expands an entry of questions.def or elements.def (core/model/part.h) to its table of fields. No guard: it is included
 * once for each entry. */
#include "core/model/part.h"

#define ELEMENT PART_STRUCT
#define RECORD_DEF PART_DEF
#include "core/schema/table.h"
const struct element_type PART_TYPE = { PART_TABLE(PART_STRUCT), .label = PART_LABEL };
#undef PART
