/* A line (or some lines) of text that a person edits: by grapheme, with undo and redo, never more columns than its place.
 *
 * An editor owns its text. Limits are in characters; what is over the limit is not taken, and the caller is told.
 * Characters that no field may keep (controls, bidi marks) are never taken. A secret has no undo and is wiped when it ends.
 */
#ifndef TIDEWAITER_TUI_WIDGET_EDITOR_H
#define TIDEWAITER_TUI_WIDGET_EDITOR_H

#include "tui/screen/canvas.h"
#include "tui/screen/key.h"

/* One step of undo: what a change took out and put in, and where the cursor was before it. */
struct editor_change {
    size_t at, before;
    struct buffer removed, inserted;
};
enum {
    EDITOR_UNDO = 5000,
    EDITOR_LINE = 250
}; /* a page pasted into a search box is no search */

struct editor {
    struct buffer text;
    size_t cursor;   /* byte offset, always between clusters */
    int first;       /* first column (one line) or first line (several) that is shown */
    size_t limit;    /* characters; EDITOR_LINE unless said otherwise; 0: none */
    bool lines;      /* several lines: Enter makes a new one */
    bool half_width; /* full-width forms fold to ASCII as they are typed */
    bool upper;
    bool secret; /* shown as asterisks */
    struct editor_change *changes;
    size_t change_count, change_room, undo_bytes;
    size_t changes_done;   /* the later ones are undone */
    bool typing_run;       /* the last change was a typed character */
    int columns, rows;     /* of the place, as last drawn: Up, Down and the pages go by it */
    struct buffer wrapped; /* the rows of a text of wrapped_len bytes, */
    int wrapped_columns;   /* in so many columns; 0: none */
    size_t wrapped_len;
    size_t changed_from, unchanged_tail; /* since then; SIZE_MAX: not */
    int goal; /* the column that Up and Down keep to; -1: the cursor's */
};

void editor_init(struct editor *editor);
void editor_free(struct editor *editor);
void editor_set(struct editor *editor, struct text text); /* cursor at the end, forgets undo */
void editor_replace(struct editor *editor,
                    struct text text); /* the same as a change that can be undone */
struct text editor_text(const struct editor *editor);
enum editor_result { EDITOR_IGNORED, EDITOR_MOVED, EDITOR_CHANGED, EDITOR_FULL };
/* Takes characters, pastes, Left, Right, Home, End, Backspace, Delete, Ctrl+K (erase to the end of the line), Ctrl+U (erase
 * all), Ctrl+W (word), Ctrl+Z, Ctrl+Y; with lines also Up, Down, Enter, PgUp, PgDn as far as there is where to go. A key that
 * changes nothing is ignored. Full: what did not fit was left out; the text may have changed by what did. */
enum editor_result editor_key(struct editor *editor, const struct key *key);
enum editor_result editor_erase_rest(struct editor *editor); /* as Ctrl+K */
/* The cursor to a place of the box as it was last drawn. */
void editor_point(struct editor *editor, int row, int column);
/* Draws and, when focused, places the cursor. A box of one row or more; without focus it shows the start. */
void editor_draw(struct editor *editor, struct canvas *canvas, struct rect place,
                 enum role role, bool focused);
int editor_rows(struct editor *editor, int columns); /* rows that the whole text needs */
/* The cursor to the next place of these words, around the end; `here`: also where it stands. False: there is none. */
bool editor_find(struct editor *editor, struct text words, bool here);

#endif
