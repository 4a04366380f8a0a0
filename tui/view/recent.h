/* What the officer opened last: shown at home, kept in the officer's desk from one day to the next. */
#ifndef TIDEWAITER_TUI_VIEW_RECENT_H
#define TIDEWAITER_TUI_VIEW_RECENT_H

#include "tui/view/view.h"

void recent_load(struct app *app); /* after signing in; a damaged file counts as none */
void recent_add(struct app *app,
                const struct record_key *key); /* the newest first, each once */
void recent_save(
    struct app *app); /* where something was added; a full disk loses no more than this */

#endif
