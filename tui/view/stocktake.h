/* The screens of a stocktake: counting it, and what it came to. */
#ifndef TIDEWAITER_TUI_VIEW_STOCKTAKE_H
#define TIDEWAITER_TUI_VIEW_STOCKTAKE_H

#include "tui/view/views.h"

/* The scanner's screen of an open stocktake in which the officer counts; else it is said why not. */
void counting_open(struct app *app, const struct record_key *key);
/* The same of the open stocktake in which this officer counts; where there is none, that is said. */
void counting_open_own(struct app *app);
/* Says, where the scanner is taken up, that such a stocktake waits. */
void stocktake_remind(struct app *app);
/* Results by class, and the acts that correct the record. While it is counted each counter sees his or her own pass alone. */
void results_open(struct app *app, const struct record_key *key);
bool stocktake_is(const struct record *record); /* NULL is none */
/* Of a stocktake: the screen in which the officer goes on counting, else its results. */
void stocktake_open(struct app *app, const struct record *record);
/* The stocktake that an act has opened or joined, in which the officer goes on to count; id 0: none. */
struct record_key stocktake_begun(const struct act *act, const struct change_result *result);

#endif
