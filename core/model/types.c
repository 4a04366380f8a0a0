#include "core/model/types.h"

#define TYPE_ROW(name) &name##_type,
const struct record_type *const record_types[] = { RECORD_TYPES(TYPE_ROW) NULL };
