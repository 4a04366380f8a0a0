/* Expands an entry of questions.def or elements.def (core/model/part.h) to its struct, its tags and the declaration of its
 * table. No guard: it is included once for each entry. */
#include "core/model/part.h"

#define ELEMENT PART_STRUCT
#define RECORD_DEF PART_DEF
#include "core/schema/struct.h"
extern const struct element_type PART_TYPE;
#undef PART
