/* A bar code on the screen, dark upon light as scanners want it whatever the terminal's own ground is, with its quiet zone.
 *
 * Half blocks give square cells to a QR code (two rows in one) and fine bars to Code 128 (two in one column). Where ambiguous
 * characters are wide, blanks of a dark and a light ground are drawn instead, and twice the place is needed. */
#ifndef TIDEWAITER_TUI_WIDGET_SYMBOL_DRAW_H
#define TIDEWAITER_TUI_WIDGET_SYMBOL_DRAW_H

#include "core/report/symbol.h"
#include "tui/screen/canvas.h"

/* How much place it takes; of a linear code the columns, its height is the caller's. */
struct rect symbol_size(const struct symbol *symbol, bool ascii);
/* False: there is no room, and nothing is drawn. Of a linear code all rows of the place are bars. */
bool symbol_draw(struct canvas *canvas, struct rect place, const struct symbol *symbol);

#endif
