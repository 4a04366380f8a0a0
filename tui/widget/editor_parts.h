/* What the sources of the editor share. Nothing else includes it. */
#ifndef TIDEWAITER_TUI_WIDGET_EDITOR_PARTS_H
#define TIDEWAITER_TUI_WIDGET_EDITOR_PARTS_H

#include "tui/widget/editor.h"

/* Ends a run of typing; ignored where the cursor stands there already. */
enum editor_result editor_move(struct editor *editor, size_t offset);
/* Up and down by rows; ignored where there is no further one. */
enum editor_result editor_move_rows(struct editor *editor, int step);

#endif
