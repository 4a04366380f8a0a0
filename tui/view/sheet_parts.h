/* Lines of a sheet: how events, notes and linked records are said. */
#ifndef TIDEWAITER_TUI_VIEW_SHEET_PARTS_H
#define TIDEWAITER_TUI_VIEW_SHEET_PARTS_H

#include "core/model/custody_event.h"
#include "core/model/note.h"
#include "tui/view/view.h"

const char *custody_time(struct arena *arena, struct moment moment);
/* Late, discrepancy with both accounts, weight, remark: what an event says besides its row. */
void event_more(struct buffer *out, struct app *app, struct arena *arena,
                const struct custody_event_record *event);
struct text note_head(struct app *app, struct arena *arena, const struct note_record *note);
/* Number, state and title of a linked record in one line; a damaged one says so. */
struct text linked_line(struct app *app, struct txn *txn, struct arena *arena,
                        const struct record_key *key);
/* A field's label; in Chinese alone where both languages do not fit. */
struct text sheet_label(struct app *app, struct arena *arena, const struct field *field,
                        int columns);
/* A field's value as shown, "about" where the record says that it is approximate. */
struct text sheet_value(struct app *app, struct arena *arena, const struct record *record,
                        const struct field *field);

/* The first act of a form on a type that the officer may do; NULL: none. */
const struct act *act_of_form(const struct session *session, const struct record_type *type,
                              enum act_form form);
void acts_open(struct app *app, struct record *record); /* a menu of what can be done with it */

#endif
