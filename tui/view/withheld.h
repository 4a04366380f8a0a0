/* What stands above a record of which the officer may read only a part: that it is so, and whom to ask. */
#ifndef TIDEWAITER_TUI_VIEW_WITHHELD_H
#define TIDEWAITER_TUI_VIEW_WITHHELD_H

#include "tui/view/view.h"

/* What is left of the place; all of it where nothing but PRIVATE fields is withheld. */
struct rect withheld_draw(struct app *app, struct canvas *canvas, struct rect place,
                          const struct record *record);

#endif
