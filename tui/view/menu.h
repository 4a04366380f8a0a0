/* A menu over the screen below: type to narrow, arrows, Enter. The palette, the search box, help, messages and the acts of a
 * record are all menus that differ in what fills them and what choosing does.
 *
 * A menu owns its arena; `fill` takes what its items need from it and is called anew when something is typed or the language
 * changes. What lives as long as the menu is in view.arena.
 */
#ifndef TIDEWAITER_TUI_VIEW_MENU_H
#define TIDEWAITER_TUI_VIEW_MENU_H

#include "tui/view/view.h"
#include "tui/widget/editor.h"

enum { MENU_ITEMS = 500 };

struct menu_item {
    struct text name;  /* in the first column: a code, a key, an id */
    struct text words; /* in the second one */
    struct text right; /* at the right edge: a key */
    struct text more;  /* at the foot while it is chosen */
    const void *data;  /* what it stands for */
    struct record_key key;
    bool heading; /* a caption over those that follow; cannot be chosen */
    bool dim;     /* cannot be done now; `more` says why */
};

struct menu {
    struct view view;
    const struct menu_type *kind;
    struct editor typed;
    struct menu_item items[MENU_ITEMS];
    size_t count;
    int selected, scroll;
    struct rect place;   /* of the items, at the last drawing */
    struct arena *arena; /* of the items */
    const void *about;   /* what it was opened for */
};

struct menu_type {
    struct label title;
    struct label help; /* what it is for */
    size_t (*fill)(struct menu *menu, struct text typed, struct menu_item *items, size_t room);
    /* The menu is closed by view_pop() in here, or stays. */
    void (*choose)(struct menu *menu, const struct menu_item *item);
    int name_columns; /* at least; 0: as many as the names need, at most a half */
    bool wraps;       /* words that are too long go on in the next row */
    bool foot;        /* two rows at the foot for `more` */
};

struct menu *menu_open(struct app *app, const struct menu_type *kind, const void *about);
void menu_fill(struct menu *menu);
/* Does a folded needle stand in this text? For fillers. */
bool menu_matches(struct text words, struct text typed);

#endif
