/* A moment of the past: which entries of the journal had been written. Picked from a history it is exact even where many
 * entries bear one millisecond; typed, it is every entry up to that time. */
#ifndef TIDEWAITER_TUI_VIEW_AS_AT_H
#define TIDEWAITER_TUI_VIEW_AS_AT_H

#include "tui/view/view.h"

struct as_at {
    uint64_t size;    /* entries that had been written; 0: now */
    uint64_t time_ms; /* as typed, or of the last of them */
};

/* The sheet of a record as at a moment; size 0: as it is now. */
void sheet_open_at(struct app *app, const struct record_key *key, struct as_at at);
/* Asks for the moment: typed in any usual way, or picked from the history of the record. */
void as_at_open(struct app *app, const struct record_key *key);
/* The row that says so on every such screen. */
void as_at_banner(struct app *app, struct canvas *canvas, int row, struct as_at at);

#endif
