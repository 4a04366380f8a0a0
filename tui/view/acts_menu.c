/* The acts of a record, as a menu. */
#include <stdint.h>

#include "tui/view/act_way.h"
#include "tui/view/menu.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/views.h"

static bool is_wanted(struct menu *menu, const struct act *act, struct text typed)
{
    return menu_matches(label_text(menu->arena, &act->label, LANGUAGE_BOTH), typed) ||
           menu_matches(text_of(act->name), typed);
}

/* Acts on this record, free acts of its type (hand over, shelve), and what is made as a part of it. */
static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    const struct record *record = menu->about;
    struct app *app = menu->view.app;
    size_t count = 0;

    for (const struct act *const *act = acts; record && *act && count < room; act++) {
        struct text help = app_label(app, menu->arena, &(*act)->help);

        if (!(*act)->hidden && act_is_about(*act, record->type) &&
            act_allowed(&app->session, *act) && act_fits(*act, record) &&
            act_permits(*act, &record->key, record->access) == ERR_OK &&
            is_wanted(menu, *act, typed))
            items[count++] =
                (struct menu_item){ .name = app_label(app, menu->arena, &(*act)->label),
                                    .words = help,
                                    .more = help,
                                    .data = *act };
    }
    return count;
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    const struct act *act = item->data;
    const struct record *record = menu->about;
    struct record_key key = record->key;

    view_pop(app, NULL);
    act_start(app, act, &key);
}

static const struct menu_type acts_type = {
    .title = L("What can be done", "可執行事項"),
    .help = L("The acts that you may do with this record, and what may be added to it.",
              "你可就此紀錄執行的事項，以及可加入的紀錄。"),
    .fill = fill,
    .choose = choose,
    .foot = true
};

void acts_open(struct app *app, struct record *record)
{
    struct menu *menu = menu_open(app, &acts_type, NULL);

    /* Its own, for the sheet below reads its record anew when the language changes. */
    menu->about = record_copy(menu->view.arena, record);
    menu_fill(menu);
}
