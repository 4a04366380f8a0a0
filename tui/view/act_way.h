/* From an act to its form: what it is done upon, and what is asked first. */
#ifndef TIDEWAITER_TUI_VIEW_ACT_WAY_H
#define TIDEWAITER_TUI_VIEW_ACT_WAY_H

#include "tui/view/view.h"

/* Is this act offered upon a record of the type: done to it, or making what belongs to it? */
bool act_is_about(const struct act *act, const struct record_type *type);
/* Must it be told upon which record? (Acts that make or are free need not.) */
bool act_needs_record(const struct act *act);
/* The names of the types that it is done upon, space between: its own; of a note, what has a running sheet. */
const char *act_subjects(const struct act *act);
/* Opens its form; `key` what it is done upon (NULL: nothing). A record that cannot be read is said. */
void act_start(struct app *app, const struct act *act, const struct record_key *key);

#endif
