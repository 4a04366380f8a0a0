/* Values of fields beside each other, for two questions: whose value stands when two officers saved, and what a draft
 * would change. A row for each field with one line and more for each side; where it is a choice, one side is chosen.
 *
 * Whoever owns it gives rows and captions, which live as long, and draws it as a part of an own view.
 */
#ifndef TIDEWAITER_TUI_VIEW_COMPARE_H
#define TIDEWAITER_TUI_VIEW_COMPARE_H

#include "tui/view/view.h"

enum { COMPARE_SIDES = 3, COMPARE_LINES = 3 };
struct compare_row {
    const struct field *field; /* NULL: no field of the form any more */
    struct text label;
    struct text note; /* who changed it and when; absent: nobody is named */
    struct text values[COMPARE_SIDES];
    int chosen; /* a side from 1; 0: not yet chosen */
};
struct compare {
    struct compare_row *rows;
    int count;
    const struct label *captions[COMPARE_SIDES];
    int sides;
    bool choosing; /* side 0 cannot be chosen: it is what both began with */
    int selected, top;
    struct rect place; /* as last drawn */
};

/* Of long texts, what all sides begin with alike is left out but for its end, so that the difference is seen. */
void compare_cut(struct compare_row *row, int sides, struct arena *arena);
/* The cursor stands in the selected row. */
void compare_draw(struct compare *compare, struct app *app, struct canvas *canvas,
                  struct rect place);
/* Up, Down, PgUp, PgDn, wheel, a click; where it is a choice also Left, Right, Space, 1 and 2. True: used. */
bool compare_key(struct compare *compare, const struct key *key);
int compare_open(const struct compare *compare); /* rows where nothing is chosen yet */
void compare_choose_all(struct compare *compare, int side);
/* What each of the values holds, in words: in the language of the screen, or in both where two that differ look alike in it.
 * A value NULL: nothing. */
void compare_values(struct app *app, struct arena *arena, const struct field *field,
                    const void *const *values, int count, struct text *out);

#endif
