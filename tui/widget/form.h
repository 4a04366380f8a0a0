/* A form over any table of fields: what a record type or an act asks, a line for each, with labels, required marks, decoded
 * text beside codes, faults at the field. Sections are pages with a row of tabs; a list of several values a row is a small
 * table whose cells are lines too; a number with a wrong check digit opens a line for the reason that keeps it.
 *
 * A form owns its lines and works on one input struct (a record, or an act's questions) in the caller's arena. Lines never
 * move in memory, but rows of tables come and go, and with them their lines. What was typed is kept as typed until it can be
 * parsed, so that nothing is lost by a fault. A bilingual field has two lines. Lines that nobody typed in leave the input as
 * it was. Messages of a field's own table (required, too long) are the act's to find (form_findings); while typing, a form
 * tells what cannot be read or does not fit its kind.
 */
#ifndef TIDEWAITER_TUI_WIDGET_FORM_H
#define TIDEWAITER_TUI_WIDGET_FORM_H

#include "core/model/act.h"
#include "tui/widget/editor.h"

enum form_part { PART_WHOLE, PART_ZH, PART_EN, PART_REASON };
enum { NO_TABLE = -1 };
struct form_line {
    const struct field *field; /* of a cell: its row's */
    enum form_part part;
    int page;
    int table;    /* of a cell: its place among the form's tables; else NO_TABLE */
    int row;      /* of a cell, from 0 */
    void *values; /* the struct that holds the field: the input, or the row */
    struct editor editor;
    struct message fault; /* id NULL: none */
    bool warning;
    bool touched;        /* typed since the form was opened */
    bool shown_only;     /* BY_ACT, or ONCE when amending */
    bool hidden;         /* a reason that nothing asks for */
    struct text decoded; /* beside the field */
    int top;             /* row of its page where it was last drawn */
    struct rect box;     /* on the screen; no rows: it is not seen */
};

/* A list whose rows have several fields. Its cells stand row by row from `first` on; the last row is empty, to type in. */
struct form_table {
    const struct field *field;
    int page;
    int first, columns, rows;
    bool touched;
    char *items; /* of the list in the input; room for so many */
    int room;
};

enum { FORM_LABEL = 36, FORM_TEXT_ROWS = 3, FORM_PAGES = 16, FORM_ROWS_MOST = 1000 };
struct form {
    const struct act *act;
    void *input;
    struct arena *arena; /* the caller's: parsed values live in it */
    const struct lookup *lookup;
    enum language language;
    struct form_line **lines;
    int count, room;
    struct form_table *tables;
    int table_count;
    int focus; /* -1: there is nothing to type in */
    int page;  /* that is shown: the focus stands in it */
    int pages;
    int top;        /* first row of the page that is seen */
    int shown_rows; /* of the page, as last drawn */
    bool entered;   /* the focus has just come to its line: nothing typed there yet */
    bool dirty;
    int label_columns;     /* of the widest label in this language, at most FORM_LABEL */
    struct buffer removed; /* the row that was removed last; Ctrl+Z brings it back */
    int removed_table, removed_row;
    bool body;    /* the focused text takes the whole place */
    bool seeking; /* in it */
    bool not_found;
    struct editor sought;
    struct text note;             /* the view's, at the foot: when the draft was kept */
    struct rect tabs[FORM_PAGES]; /* as last drawn */
};

void form_open(struct form *form, const struct act *act, void *input,
               const struct lookup *lookup, enum language language, struct arena *arena);
void form_close(struct form *form);
void form_language(struct form *form, enum language language);
/* Text keys go to the focused line; Enter, Tab, Up, Down, BackTab move and check the line that is left; PgUp, PgDn go by
 * page of lines, then by section; a click goes where it is. In a field of several lines Enter makes a new one, and goes on
 * where the line it stands in is empty. In a table Up and Down keep to the column, Left and Right go on at a cell's ends, and
 * Enter leaves an empty row. A flag toggles by Space and takes y and n. */
enum form_result { FORM_IGNORED, FORM_USED, FORM_LAST }; /* FORM_LAST: Enter on the last line */
enum form_result form_key(struct form *form, const struct key *key);
/* Tabs, the page with the focus, and the foot. */
void form_draw(struct form *form, struct canvas *canvas, struct rect place);

struct form_line *form_focused(struct form *form); /* NULL: there is nothing to type in */
void form_focus(struct form *form, const struct form_line *line); /* checks the one it leaves */
/* As if typed (pick lists). */
void form_set(struct form *form, struct form_line *line, struct text typed);
/* As if the whole field were typed as it stands in another struct of the same table (what was said last time, what another
 * officer saved): all parts, all rows. An absent value empties it. */
void form_take(struct form *form, const struct field *field, const void *values);
/* F7: the value of the field, or of the cell above it, from `last` (an input of the same act; may be NULL). False: there is
 * none. For a section: all its empty lines; how many were filled. */
bool form_carry(struct form *form, struct form_line *line, const void *last);
int form_carry_section(struct form *form, const void *last);
/* F8: to the end of the field; all of a short one that was just entered, or of a flag; in a table whose row is empty, the row.
 * False: nothing was there. */
bool form_erase(struct form *form);
bool form_in_row(const struct form *form); /* the focus is in a row that can be removed */
void form_remove_row(struct form *form);

/* A long text in the whole of the place (F6), with its counts and a search (F3). Possible: the focused line is one. */
bool form_body_possible(const struct form *form);
void form_body(struct form *form, bool open);
/* Esc: out of the search, then out of the text. False: there was nothing to leave but the form. */
bool form_back(struct form *form);

/* Parses every line into the input. False: faults stand at their lines; the focus is on the first. */
bool form_parse(struct form *form);
/* Places them at their lines and cells in place of all earlier ones, those without a line of their own at the first; errors
 * draw the focus. */
void form_findings(struct form *form, const struct findings *findings);
bool form_next_fault(
    struct form *form); /* moves the focus to it, around the end; false: there is none */
int form_faults(const struct form *form);
/* What was typed, for a draft: a CBOR map, 4 x tag + part -> text, of a table 4 x tag + 1 -> its rows as such maps, of all
 * that was touched; and back (false: no such map, and nothing was taken; what this form does not have is passed over). */
void form_save(const struct form *form, struct buffer *out);
bool form_restore(struct form *form, struct bytes raw);

#endif
