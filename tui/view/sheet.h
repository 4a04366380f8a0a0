/* The sheet of a record, as its files share it: sheet.c (the view and its keys), sheet_tabs.c (which tabs, their counts and
 * their menu), sheet_summary.c (what the record says), sheet_chain.c (an exhibit's custody), sheet_lineage.c (what it was split
 * from and into), sheet_weights.c (its weights as a chart), sheet_gate.c (whether it may be disposed of), sheet_lines.c (what is
 * in a disposal), sheet_notes.c (the running
 * sheet), sheet_links.c (records that name this one, and cases that share something with it).
 *
 * A sheet shows the record as it is now or, read only, as it stood when the journal had `at.size` entries; whatever is
 * opened from it then stands at the same moment. What is drawn is read in refresh(), into `arena`, which is made anew there.
 * Promise of the past: the record, events and running sheet are exactly what the journal says; lists of what names the record
 * are the records that name it today and did so then; names of codes and of other records are those of today.
 */
#ifndef TIDEWAITER_TUI_VIEW_SHEET_H
#define TIDEWAITER_TUI_VIEW_SHEET_H

#include "core/change/history.h"
#include "core/query/links.h"
#include "tui/view/as_at.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/views.h"
#include "tui/widget/editor.h"
#include "tui/widget/grid.h"

enum tab_kind {
    TAB_SUMMARY,
    TAB_CHAIN,
    TAB_GATE,
    TAB_LINES,
    TAB_ITEMS,
    TAB_LINEAGE,
    TAB_WEIGHTS,
    TAB_LINKS,
    TAB_NOTES,
    TAB_RELATED,
    TAB_KINDS
};
enum {
    TABS = 40,
    TAB_COUNT_MOST = 99,
    SHEET_ROWS = 600,
    RELATED_MOST = 60,
    FIELDS_SHOWN = 128,
    LINEAGE_MOST = 200
};

/* What the tabs of one kind do; a kind is one row and one file. */
struct sheet;
struct tab_type {
    struct label label;                             /* empty: what the linked type is called */
    enum err (*read)(struct sheet *, struct txn *); /* NULL: the record is all that it needs */
    void (*draw)(struct sheet *, struct canvas *, struct rect place);
    bool (*key)(struct sheet *, const struct key *); /* moves by rows; true: used */
    bool (*can_open)(struct sheet *);
    bool (*open)(struct sheet *); /* on Enter; false: nothing is named there */
};
extern const struct tab_type summary_tab, chain_tab, gate_tab, lines_tab, items_tab,
    lineage_tab, weights_tab, links_tab, notes_tab, related_tab;

struct tab {
    enum tab_kind kind;
    struct link link;
    size_t count; /* of its rows, at most TAB_COUNT_MOST */
    bool more;    /* there are more */
    bool shown;   /* in the bar of tabs; the others are in the menu */
};

/* Where a field of the summary was drawn last: what Up and Down walk over. */
struct place_of_field {
    const struct field *field;
    int row, rows;
};

/* One exhibit of the tree that this one belongs to. */
struct lineage_row {
    struct record_key key;
    int depth;
    struct record *record; /* NULL: damaged, gone or withheld */
};

struct weight_point {
    const struct custody_event_record *event;
    int64_t value; /* in millionths of the base unit */
};
struct weights {
    struct weight_point *points; /* the newest first */
    size_t count;
    bool banded; /* a weight is recorded: between low and high it may be */
    int64_t low, high, least, most;
    struct text allowance; /* percent */
};

struct sheet {
    struct view view;
    struct record_key key;
    struct as_at at;
    struct record *record; /* NULL: it could not be read */
    struct arena *arena;
    struct tab tabs[TABS];
    int tab_count, tab;
    int selected, scroll;
    int rows, text_rows; /* visible ones at the last drawing, and all of them */
    /* summary */
    struct place_of_field places[FIELDS_SHOWN];
    int place_count;
    uint16_t focus; /* tag of the field with the cursor */
    /* chain, running sheet */
    struct family_page events, notes;
    struct editor sought; /* in the running sheet; view.typing: being typed */
    /* of an exhibit: what stands against its disposal; of a disposal: its lines */
    struct findings gate;
    struct sheet_line *lines; /* sheet_lines.c */
    size_t line_count;
    struct family_page items; /* of a hand-over that goes on item by item */
    /* an exhibit's lineage and weights */
    struct lineage_row *lineage;
    size_t lineage_count;
    bool lineage_more;
    struct weights weights;
    /* linked records */
    struct grid grid;
    bool grid_live;
    struct buffer prefix;
    /* related cases */
    struct related_case *related;
    size_t related_count;
    bool related_more;
};

/* ---- reading ---- */

/* The record as this sheet shows it: now, or then. */
enum err sheet_read(const struct sheet *sheet, struct txn *txn, const struct record_key *key,
                    struct record **out);
/* Events or notes, newest first; then only those that were entered by then. */
enum err sheet_family(const struct sheet *sheet, struct txn *txn, uint8_t family,
                      struct family_page *out);
enum language sheet_language(const struct sheet *sheet); /* one: for places without room */

/* ---- tabs ---- */

enum err tabs_find(struct sheet *sheet, struct txn *txn);
struct text tab_label(struct sheet *sheet, struct arena *arena, const struct tab *tab);
void tabs_draw(struct sheet *sheet, struct canvas *canvas, int row, int columns);
void tabs_open(struct sheet *sheet);               /* their menu */
void sheet_show_tab(struct sheet *sheet, int tab); /* reads it */

/* ---- what the kinds share ---- */

/* The cursor over `count` rows of which `page` are seen at once. */
bool rows_key(struct sheet *sheet, const struct key *key, int count, int page);

/* The kind of the tab that is chosen. */
const struct tab_type *tab_type(const struct sheet *sheet);

const struct field *summary_field(const struct sheet *sheet); /* with the cursor; or NULL */
void notes_seek(struct sheet *sheet); /* opens the line where words are typed */
enum err lineage_there(struct sheet *sheet, struct txn *txn,
                       bool *out); /* others than itself */

/* What Enter opens: one record at once, several from a menu. False: nothing is named. */
bool sheet_follow(struct sheet *sheet, const struct field *field, const struct record *record);
/* All that an event names. */
bool sheet_follow_event(struct sheet *sheet, const struct record *event);

#endif
