/* What the files of the form's view share: its state, its draft, saving. Nothing outside tui/view/form_*.c includes it.
 *
 * A form's view owns its widget and its draft. The input that is typed lives in the view's arena, and so does the record as
 * the officer saw it (`base`). Whoever opened the form with `submit` gets the filled call in place of the write path.
 */
#ifndef TIDEWAITER_TUI_VIEW_FORM_PARTS_H
#define TIDEWAITER_TUI_VIEW_FORM_PARTS_H

#include "core/change/desk.h"
#include "core/change/last.h"
#include "tui/view/views.h"
#include "tui/widget/form.h"

/* Records offered beside the field that is typed in. */
enum { OFFERS_MOST = 5 };
struct offer {
    struct record_key key;
    struct text number, words;
};
struct offers {
    struct arena *arena; /* NULL: nothing was looked for yet */
    const struct form_line *line;
    struct text typed; /* what was looked for */
    struct offer items[OFFERS_MOST];
    int count;
    int selected; /* -1: the cursor is in the field */
    bool closed;
    struct rect place; /* as last drawn; no rows: not shown */
};

struct form_view {
    struct view view;
    const struct act *act;
    struct record *base;    /* amending: what was seen */
    struct record *subject; /* what it is done with; NULL: nothing */
    form_submit *submit;    /* NULL: the act is done */
    void (*rebased)(
        struct form_view *self); /* what goes on when it is chosen whose values stand */
    const struct record *newer;  /* while that is asked: the record as it stands */
    struct form form;
    char draft[64]; /* its file; "": none yet */
    int64_t kept_ms;
    bool kept;       /* the file exists */
    bool unkept;     /* keeping it failed last time */
    bool waiting;    /* there was a draft of this form when it was opened */
    bool tried;      /* an attempt to save ended unknown: `request` finds it */
    bool tried_kept; /* and stands in the draft */
    uint8_t request[16];
    struct last_input
        *last; /* what the officer said in this act last time; NULL: not read yet */
    int saved; /* records saved in a row before this one */
    bool next; /* another one follows when it is saved */
    struct offers offers;
    struct buffer note;     /* what the foot says, as last drawn */
    struct buffer kept_raw; /* what it holds: nothing is written twice */
};

static inline struct record_key form_subject_key(const struct form_view *self)
{
    return self->subject ? self->subject->key : (struct record_key){ 0 };
}

static inline struct form_line *form_line_at(const struct form *form, int i)
{
    return form->lines[i];
}

/* What was typed there cannot be understood: the input holds what stood before. */
static inline bool form_line_faulty(const struct form_line *line)
{
    return line->touched && line->fault.id && !line->warning;
}

/* ---- form_draft.c ---- */

/* A half-filled form is kept as it is typed, at most every three seconds. False: it could not be kept, and that was said; it
 * is tried again. A form for many records at once is no act upon one of them: what was typed is there for Ctrl+F. */
enum { KEEP_EVERY_MS = 3000 };
bool form_draft_keep(struct form_view *self);
void form_draft_drop(struct form_view *self);
/* Into a form just opened; what of it cannot be read is said. */
void form_draft_resume(struct form_view *self, const struct draft *draft);
/* A draft of the same act upon the same record is taken up again; of a new record it is only said that there is one. */
void form_draft_offer(struct form_view *self);
bool form_draft_waits(struct form_view *self);
void form_draft_choose(struct form_view *self);

/* ---- form_conflict.c ---- */

/* The record stands otherwise than the form began with. What only the other officer changed is taken in and named; where both
 * changed a field, a view asks whose value stands, and then calls `then` (NULL: nothing). */
void form_rebase(struct form_view *self, const struct record *now,
                 void (*then)(struct form_view *self));

/* After saving: what another officer changed meanwhile in other fields, by their labels; empty: nothing. */
struct text form_merged(struct form_view *self, const struct record_key *key,
                        struct arena *arena);

/* ---- form_save.c ---- */

void form_view_save(struct form_view *self); /* everything is parsed already */

/* ---- form_carry.c ---- */

enum err form_last_note(struct form_view *self); /* after saving: for the next time */
void form_take_over(struct form_view *self);     /* the focused field, from the last record */
void form_take_over_section(struct form_view *self);
bool form_can_carry(struct form_view *self);
void form_carry_toggle(
    struct form_view *self); /* the focused field goes along to the next, or no more */
bool form_can_go_on(const struct form_view *self);
/* The same form for the next record, with what is carried; the cursor stands in the first empty field. */
struct form_next {
    const struct act *act;
    const struct record *subject;
    int saved;
};
void form_go_on(struct app *app, const struct form_next *next);
void form_note(struct form_view *self, struct buffer *out);

/* ---- form_seen.c ---- */

int form_seen_rest_ms(struct form_view *self);
void form_seen_rest(struct form_view *self);
bool form_seen_key(struct form_view *self, const struct key *key); /* before the form's own */
void form_seen_draw(struct form_view *self, struct canvas *canvas, struct rect body);
void form_seen_close(struct form_view *self);

/* ---- form_view.c ---- */

/* The form by itself, without a draft. NULL: the officer may not, and that was said. */
struct form_view *form_push(struct app *app, const struct act *act, const struct record *base,
                            const struct record *subject, form_submit *submit);

#endif
