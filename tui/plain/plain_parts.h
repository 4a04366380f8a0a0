/* What the files of the line mode share; nothing outside tui/plain*.c includes it. */
#ifndef TIDEWAITER_TUI_PLAIN_PLAIN_PARTS_H
#define TIDEWAITER_TUI_PLAIN_PLAIN_PARTS_H

#include "tui/plain/plain.h"

enum { PLAIN_ROWS = 24, PLAIN_COLUMNS = 80, PLAIN_PAGE = 20 };

/* Where one view was told last: rows of a screen, items of a menu, fields of a form. */
struct plain_page {
    int view;  /* as it was opened */
    int first; /* of a menu: its first item on this page */
    int count; /* rows told */
    int below; /* the line of the screen after the last of them: what is said of the chosen row stands there */
    int at; /* the row that the cursor stands in; of a form: the field to be asked */
    int number; /* of the page, from 0: what stands above the rows is told once; of a form: the section */
    bool more; /* rows follow that were not told */
};

struct plain {
    struct app *app;
    const struct plain_io *io;
    struct canvas *canvas;
    struct plain_page pages[APP_VIEWS];
    struct buffer path; /* as told last */
    int said;           /* messages told so far */
    uint64_t officer;   /* who was told to be signed in */
    bool again;         /* the top view is to be told anew */
    bool ended;         /* nobody answers any more */
    uint64_t size_seen; /* of the store */
};

/* ---- plain.c ---- */

struct plain_page *plain_page(struct plain *plain);
void plain_tell(struct plain *plain, struct text line);
void plain_printf(struct plain *plain, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void plain_words(struct plain *plain, const char *id); /* a plain sentence */
void plain_label(struct plain *plain, const struct label *label);
/* False: nobody answers, and the view is left. The answer is trimmed of what is no text. */
bool plain_ask(struct plain *plain, struct text prompt, bool secret, struct buffer *answer);
void plain_press(struct plain *plain, enum key_code code);
void plain_type(struct plain *plain, struct text text); /* as if typed in one go */
/* What an answer means everywhere: ^ ? : / = a command's name or label, a key's name; false: nothing. */
bool plain_command(struct plain *plain, struct text answer);
/* Starts with it, whatever the case or form of the letters. */
bool plain_begins(struct text whole, struct text start);

/* ---- rows.c ---- */

void plain_draw(struct plain *plain, struct view *view);
/* A row as a line: without frames, and wide gaps made narrow; empty where nothing stands in it. */
void plain_row(const struct canvas *canvas, int row, struct buffer *out);
bool plain_lines(struct plain *plain, int from, int to); /* false: there were none */
void plain_rows(struct plain *plain, struct view *view); /* the page from the cursor on */
void plain_go(struct plain *plain, int n);               /* to row n of the page, from 0 */
/* What stands under the rows about the one that is chosen; false: nothing. */
bool plain_below(struct plain *plain, struct view *view);

/* ---- screen.c ---- */

void plain_screen(struct plain *plain, struct view *view);
void plain_confirm(struct plain *plain, struct view *view);
void plain_pair(struct plain *plain, struct view *view); /* staff number and password */

/* ---- menu.c, form.c ---- */

void plain_menu(struct plain *plain, struct view *view);
void plain_form(struct plain *plain, struct view *view);

#endif
