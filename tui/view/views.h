/* How each screen is opened; one file per screen beside this header. */
#ifndef TIDEWAITER_TUI_VIEW_VIEWS_H
#define TIDEWAITER_TUI_VIEW_VIEWS_H

#include "core/change/desk.h"
#include "core/model/act.h"
#include "tui/view/view.h"

/* Every screen of the program: key card, manual and tests go through them. */
#define VIEW_TYPES(X)                                                                          \
    X(sign_in)                                                                                 \
    X(home)                                                                                    \
    X(list)                                                                                    \
    X(sheet)                                                                                   \
    X(history)                                                                                 \
    X(form)                                                                                    \
    X(conflict)                                                                                \
    X(confirm)                                                                                 \
    X(draft)                                                                                   \
    X(menu)                                                                                    \
    X(picker)                                                                                  \
    X(counting)                                                                                \
    X(results)                                                                                 \
    X(second)                                                                                  \
    X(bulk)                                                                                    \
    X(columns)                                                                                 \
    X(label)                                                                                   \
    X(prompt)                                                                                  \
    X(scan)                                                                                    \
    X(door)

#define VIEW_DECLARE(name) extern const struct view_type name##_view;
VIEW_TYPES(VIEW_DECLARE)
#undef VIEW_DECLARE
extern const struct view_type *const view_types[]; /* ended by NULL */

struct form;

void sign_in_open(struct app *app);
void home_open(struct app *app);
void door_open(struct app *app, const struct record_key *disposal); /* its items, one by one */
void scan_open(struct app *app);                        /* moving exhibits by scanner alone */
void scan_open_with(struct app *app, struct text code); /* the same, with a first scan */
/* Keys of a scan that began with the scanner's prefix, before any view; false: no matter of a scan. */
bool scanned_key(struct app *app, const struct key *key);
void scanned_rest(struct app *app); /* its end never came: what came was all */
/* A list of records of a type; `of` (may be NULL): only those that refer to it through the index. */
void list_open(struct app *app, const struct record_type *type, const struct index_row *index,
               const struct record *of);
/* The same with a filter typed already ("officer:. state:C02"), which can be seen and changed there. `order`: the name of an
 * index of the type, or NULL for the usual order. */
void list_open_filtered(struct app *app, const struct record_type *type, struct text filter,
                        const char *order, bool backward);
/* Views of lists that were saved, one's own and shared ones: for the palette. */
struct saved_view {
    const struct record_type *type;
    struct text name;
};
size_t saved_views(struct app *app, struct arena *arena, struct saved_view *out, size_t room);
void saved_view_open(struct app *app, const struct saved_view *view);
void sheet_open(struct app *app,
                const struct record_key *key); /* case, exhibit and any other record */
/* The content of an attached file that is text; the journal says who looked. */
void file_text_open(struct app *app, const struct record_key *attachment);
/* The label of a record that has one, to be scanned from the screen. */
void label_open(struct app *app, const struct record_key *key);
void history_open(struct app *app, const struct record_key *key);
/* A form for an act; `base` the record as seen (amending) or NULL; `subject` (may be NULL) what it is done with. */
void form_open_act(struct app *app, const struct act *act, const struct record *base,
                   const struct record *subject);
/* What is done with a filled form in place of its act (marked rows, a preview); true: the form shall close now. What the call
 * points to lives as long as the form, whose view it gets (below it on the stack stands whoever opened the form). A question put
 * upon the form answers it by form_done(). */
typedef bool form_submit(struct view *form, const struct act_call *call);
/* The same form, handed to `submit` when it is filled (NULL: the act is done). */
void form_open_for(struct app *app, const struct act *act, const struct record *base,
                   const struct record *subject, form_submit *submit);
/* Goes on with a draft, of which a copy is taken: in its form, or where the record was changed, is gone, or the act is not the
 * officer's any more, in a view that shows what was typed beside what stands. */
void form_open_draft(struct app *app, const struct draft *draft);
struct text draft_words(const struct draft *draft, struct arena *arena); /* the first typed */
void drafts_say(struct app *app); /* after signing in: how many wait */
/* For `submit`: what is at fault in the form itself, at its fields; false: nothing is. */
bool form_refuse(struct view *form, const struct findings *findings);
void form_done(struct view *form); /* closes the form on top, and gives up its draft */
/* A pick list for a field (picks_offered()), narrowed by what was typed, upon the value that stands there (either may be empty);
 * the choice comes as a `struct text *` to `answered`. */
void picker_open(struct app *app, const struct field *field, struct text typed,
                 struct text standing, void (*answered)(struct view *below, void *result));
/* May this officer make a record that the field may refer to? */
bool new_possible(const struct app *app, const struct field *field);
/* The form that makes it, with what was typed in its name; the result is a `struct record_key *`. */
void new_open(struct app *app, const struct field *field, struct text typed,
              void (*answered)(struct view *below, void *result));
/* Asks before what cannot be taken back; the result is not NULL for yes. `action` is a static label, the box's title. */
void confirm_open(struct app *app, const struct label *action, const struct message *question,
                  void (*answered)(struct view *below, void *result));
/* Shows what the undoing of the last act would undo, and asks; or says why it cannot be undone. */
void undo_open(struct app *app);
/* Asks for the other person: number and password; the result is not NULL when session->other is unlocked. */
void second_open(struct app *app, const struct label *role, uint64_t officer,
                 void (*answered)(struct view *below, void *result));
/* The same where a scanner is at hand: what is typed as number or password is first offered to `scanned` (a code that came while
 * the question stood), and where it takes it, it is neither. */
void second_open_scanned(struct app *app, const struct label *role, uint64_t officer,
                         void (*answered)(struct view *below, void *result),
                         bool (*scanned)(struct view *below, struct text code));
struct form *form_of(struct view *view); /* of a form's view: what is typed and its faults */
/* Asks for one line of at most `limit` characters; the result is a `struct text *`. `question`: a static label. */
void prompt_open(struct app *app, const struct label *question, size_t limit,
                 void (*answered)(struct view *below, void *result));
void help_open(struct app *app);
void keys_open(struct app *app); /* of every screen */
/* `record` (may be NULL): the one that is amended, for the field's last change. */
void field_help_open(struct app *app, const struct field *field, const struct record *record);
/* Keys that every screen knows, in words. */
struct help_key {
    const char *keys;
    struct label what;
};
extern const struct help_key help_keys[]; /* ended by NULL keys */
void palette_open(struct app *app);
void messages_open(struct app *app);
void search_open(struct app *app);
void search_open_with(struct app *app, struct text typed); /* the same with words in it */

#endif
