/* A menu over the screen below: type to narrow, arrows, Enter. Pick lists, the palette, the search box and the acts of
 * a record are all menus that differ in what fills them and what choosing does. */
#ifndef TIDEWAITER_TUI_VIEW_MENU_H
#define TIDEWAITER_TUI_VIEW_MENU_H

#include "tui/view/view.h"
#include "tui/widget/editor.h"

enum { MENU_ITEMS = 200 };

struct menu_item {
    struct text name; /* in the first column: a code, a key, an id */
    struct text words;
    const void *data; /* what it stands for */
    struct record_key key;
};

struct menu {
    struct view view;
    const struct menu_type *kind;
    struct editor typed;
    struct menu_item items[MENU_ITEMS];
    size_t count;
    int selected, scroll, rows;
    struct arena *arena; /* of the items */
    const void *about;   /* what it was opened for */
};

struct menu_type {
    struct label title;
    struct label help; /* what it is for */
    size_t (*fill)(struct menu *menu, struct text typed, struct menu_item *items, size_t room);
    /* The menu is closed by view_pop() in here, or stays. */
    void (*choose)(struct menu *menu, const struct menu_item *item);
    int name_columns;
};

struct menu *menu_open(struct app *app, const struct menu_type *kind, const void *about);
void menu_fill(struct menu *menu);
/* Does a folded needle stand in this text? For fillers. */
bool menu_matches(struct text words, struct text typed);

#endif
