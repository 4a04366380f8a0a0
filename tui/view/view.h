/* Views: a screen is a struct of few functions and a state of its own; a stack of them is the program.
 *
 * A view draws its state and takes keys; it never waits. A question is a view on the stack; when it closes it hands a
 * result to the view below. Commands are rows beside the view that owns them: key bar, help, palette, scripts and manual
 * read the same rows. Only tui/app.c waits for keys, so every screen can be played by a script.
 *
 * Each view has an arena for what lives as long as it does, and owns it. `app` owns the views and outlives them all.
 */
#ifndef TIDEWAITER_TUI_VIEW_VIEW_H
#define TIDEWAITER_TUI_VIEW_VIEW_H

#include "core/model/access.h"
#include "core/model/accounts.h"
#include "core/model/codes.h"
#include "tui/screen/canvas.h"
#include "tui/screen/key.h"

struct app;
struct view;

enum command_flag {
    COMMAND_BAR = 1 << 0,    /* stands in the key bar */
    COMMAND_ROW = 1 << 1,    /* needs a selected row */
    COMMAND_TEXT = 1 << 2,   /* its letter works only where no text is typed */
    COMMAND_SCREEN = 1 << 3, /* about the screen itself: not offered in lines */
};

struct command {
    const char *name; /* "filter": for ever, in scripts and the palette; NULL ends a table */
    struct key key;   /* the first key */
    struct key other; /* a second one; code TKEY_NONE: none */
    struct label label;
    struct label help;
    unsigned flags;
    void (*run)(struct view *view);
    bool (*possible)(struct view *view); /* NULL: always */
};

struct view_type {
    const char *name;
    struct label label; /* of the screen in key card and manual */
    struct label help;  /* what the screen is for, in a sentence or two */
    const struct command *commands;
    size_t size; /* of its state; begins with struct view */
    void (*draw)(struct view *view, struct canvas *canvas, struct rect body);
    bool (*key)(struct view *view,
                const struct key *key); /* what no command took; true: used */
    void (*title)(struct view *view,
                  struct buffer *out); /* its part of the path in the title row */
    void (*refresh)(
        struct view
            *view); /* the store or the language changed, or it comes to the top again */
    bool (*idle)(struct view *view); /* a slice of further work; true: there is more */
    /* What is worth drawing only where the officer rests, such as the detail beside a list: rest() is called once when no
     * key came for so many milliseconds; -1: it is not wanted now. */
    int (*rest_ms)(struct view *view);
    void (*rest)(struct view *view);
    /* A scan that began with the scanner's prefix, complete; true: it was for this screen or its field. NULL, or false: it is
     * looked up. */
    bool (*scanned)(struct view *view, struct text code);
    void (*copy)(struct view *view,
                 struct buffer *out); /* what Ctrl+C takes; NULL: the row of the cursor */
    void (*keep)(struct view *view);  /* saves its draft now */
    bool (*leave)(struct view *view); /* Esc: false where it asks first */
    /* What this one is about, for help: the act of a form, the type of a list. NULL: nothing to add. */
    const struct label *(*about)(struct view *view);
    /* What acts are done upon: the marked rows, else the present record; how many. NULL: none. */
    size_t (*records)(struct view *view, struct record_key *out, size_t room);
    /* Does an act upon many marked rows at once. NULL: one record at a time. */
    void (*upon_marked)(struct view *view, const struct act *act);
    void (*close)(struct view *view); /* frees what the arena does not hold */
    bool typing;                      /* letters are text */
    bool scans;   /* a paste is what a scanner typed: each of its lines is a code */
    bool bare;    /* no command of the program but help and language (sign-in) */
    bool overlay; /* drawn over the view below, which stays visible */
};

struct view {
    const struct view_type *type;
    struct app *app;
    struct arena *arena;
    bool typing; /* letters are text just now, though not always in this view */
    int opened;  /* no two of an app have the same */
    /* Set by whoever opened it: called when it closes with a result (NULL: cancelled). */
    void (*answered)(struct view *below, void *result);
};

static inline bool view_typing(const struct view *view)
{
    return view->type->typing || view->typing;
}

enum { APP_VIEWS = 24, APP_MESSAGES = 256, APP_RECENT = 20 };

struct said {
    struct message message;
    enum severity severity;
    bool good;
    int64_t at_ms;
    struct record_key about; /* the record that it speaks of; id 0: none */
};

struct app {
    struct store *store;
    struct codes *codes;
    struct session session;
    struct access_reader
        *reader; /* the session's: what its officer may not read, no view gets */
    struct view *views[APP_VIEWS];
    int count;
    int opened;                     /* views so far */
    struct said said[APP_MESSAGES]; /* the newest is said[(said_count - 1) % APP_MESSAGES] */
    int said_count;
    struct record_key recent[APP_RECENT]; /* opened last, the newest first; see recent.h */
    int recent_count;
    bool recent_changed;
    uint64_t size_seen; /* of the store, when it was last looked at */
    bool message_shown;
    bool quit;
    bool repaint;  /* Ctrl+L */
    int bells;     /* to be rung, one after the other */
    bool scanning; /* a scanner's prefix came: what follows is a code, not typed */
    struct buffer scan;
    struct buffer copied;      /* for the terminal's clipboard; empty: none */
    const struct canvas *seen; /* as last drawn; NULL: nothing yet */
    bool lines;                /* shown line by line (plain.h), not as a screen */
    bool too_small;            /* it shows nothing but that */
    bool mouse_off;            /* the terminal's own selecting of text */
};

void app_start(struct app *app, struct store *store, struct codes *codes,
               enum language language);
void app_end(struct app *app);
/* The store is read as this app's officer from now on: two sessions may take turns upon one store. */
void app_reads(struct app *app);
/* Draws the frame (title, body, message, key bar), or "too small" below 80 x 24. */
void app_draw(struct app *app, struct canvas *canvas);
/* One key through the top view: its commands, the program's, then its own key function. */
void app_key(struct app *app, const struct key *key);
/* The mouse (mouse.c). A click on the key bar or any place that was marked by canvas_hit(); true: it was one. And what no
 * view took: a click brings the cursor to its row by Up and Down, a double click also opens it, the wheel moves. */
bool app_click(struct app *app, const struct key *key);
void app_point(struct app *app, const struct key *key);
bool app_idle(struct app *app);   /* one slice of work of the top view; true: more waits */
int app_rest_ms(struct app *app); /* of the top view; -1: it wants no rest */
void app_rest(struct app *app);
/* Nobody typed for a while: drafts are kept, and what others have saved is shown. */
void app_look_around(struct app *app);
void app_keep(struct app *app); /* every view saves its draft (hang-up) */
void app_refresh(struct app *app);

/* For views. */
struct view *view_push(struct app *app,
                       const struct view_type *type); /* zeroed state, an arena */
void view_pop(struct app *app,
              void *result); /* closes the top view; result is read before it is freed */
struct view *view_top(struct app *app);
void app_say(struct app *app, const char *id, ...)
    __attribute__((format(printf, 2, 3)));                            /* good news */
void app_say_message(struct app *app, const struct message *message); /* the same */
void app_warn(struct app *app, const char *id, ...) __attribute__((format(printf, 2, 3)));
/* The message said last speaks of this record: the list of messages leads to it. */
void app_said_about(struct app *app, const struct record_key *key);
void app_fail(struct app *app); /* shows the last failure */
enum language app_language(const struct app *app);
const struct lookup *app_lookup(struct app *app);
/* A record was opened; that is journaled where it is sensitive. */
void app_opened(struct app *app, const struct record_key *key);
struct text app_label(struct app *app, struct arena *arena, const struct label *label);
struct text app_words(struct app *app, struct arena *arena, const char *id);
bool command_possible(struct view *view, const struct command *command);
/* "F3, /": its keys, without a letter where letters are typed text. */
struct text command_keys(struct arena *arena, const struct view_type *type,
                         const struct command *command);
void command_run(struct view *view, const struct command *command); /* or says that it cannot */
extern const struct command app_commands[];                         /* of the whole program */

#define KEY(symbol)                                                                            \
    {                                                                                          \
        .code = TKEY_##symbol                                                                  \
    }
#define KEY_OF(letter)                                                                         \
    {                                                                                          \
        .code = TKEY_CHARACTER, .point = (letter)                                              \
    }
#define KEY_CTRL(letter)                                                                       \
    {                                                                                          \
        .code = TKEY_CTRL(letter)                                                              \
    }

#endif
