/* What the palette offers: every act, list, queue, saved view and command, each with the names by which it is found.
 *
 * All of it lies in the arena that is handed in; the rows point into the tables of the program. */
#ifndef TIDEWAITER_TUI_VIEW_PALETTE_OFFERS_H
#define TIDEWAITER_TUI_VIEW_PALETTE_OFFERS_H

#include "core/query/queue.h"
#include "tui/view/view.h"

enum { OFFER_NAMES = 3, OFFER_NAME_ROOM = 64, OFFER_SUBJECTS = 64 };

enum offer_kind {
    OFFER_COMMAND,
    OFFER_ABOUT,
    OFFER_VIEW,
    OFFER_QUEUE,
    OFFER_LIST,
    OFFER_ACT,
    OFFER_PROGRAM,
    OFFER_KINDS
};

/* One thing that can be chosen; `of` is its row in the tables. */
struct offer {
    enum offer_kind kind;
    const void *of;
    const struct label *label, *help;
    const char *code;
    char name[OFFER_NAME_ROOM]; /* in the desk's file of what was used last */
    struct text folded[OFFER_NAMES];
    bool allowed;
    int used; /* 1: last; 0: not lately */
    int score;
};

struct palette {
    const struct view_type *below; /* the screen it stands over */
    struct offer *offers;
    size_t count;
    struct record_key subject; /* what acts are done upon; id 0: nothing */
    size_t subjects;
    const struct act *asking; /* which waits for its record */
};

/* What there is upon the screen `view`, with what was used last. */
struct palette *palette_new(struct arena *arena, struct view *view);
/* Keeps it as the one used last, in the officer's desk. */
void palette_used(struct app *app, const struct offer *used);

#endif
