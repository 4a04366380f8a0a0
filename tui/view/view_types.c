/* The list of the screens as a table. */
#include "tui/view/views.h"

#define VIEW_ROW(name) &name##_view,
const struct view_type *const view_types[] = { VIEW_TYPES(VIEW_ROW) NULL };
#undef VIEW_ROW
