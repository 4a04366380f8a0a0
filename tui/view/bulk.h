/* One act done upon many records: a preview says for each what will happen or why it is refused, and then those that can be done
 * are done, one after another, each of them wholly or not at all. Acts whose form asks for a list of such records (hand over,
 * shelve) are done once for all of them, BULK_TOGETHER at a time.
 */
#ifndef TIDEWAITER_TUI_VIEW_BULK_H
#define TIDEWAITER_TUI_VIEW_BULK_H

#include "tui/view/views.h"

enum { BULK_MOST = 500, BULK_TOGETHER = 100 };

/* May this act be done upon many records of the type at once? */
bool bulk_possible(const struct app *app, const struct act *act,
                   const struct record_type *type);
/* Upon the form that was filled for the act; what `call` points to lives as long as that form. When it ends the form is closed too. Each record
 * that was done is handed to `done` with the view that opened the form. */
void bulk_open(struct app *app, const struct act_call *call, const struct record_key *keys,
               size_t count, void (*done)(struct view *opener, const struct record_key *key));

#endif
