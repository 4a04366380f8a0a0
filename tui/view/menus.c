/* The acts of a record, as a menu. */

#include <stdint.h>

#include "tui/view/menu.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/views.h"

/* ---- acts ---- */

static struct menu_item act_item(struct menu *menu, const struct act *act)
{
    struct text label = app_label(menu->view.app, menu->arena, &act->label),
                help = app_label(menu->view.app, menu->arena, &act->help);

    return (struct menu_item){ .name = label, .words = help, .data = act };
}

static bool act_wanted(struct menu *menu, const struct act *act, struct text typed)
{
    return menu_matches(label_text(menu->arena, &act->label, LANGUAGE_BOTH), typed) ||
           menu_matches(text_of(act->name), typed);
}

/* An act that makes a record which must name one of this type: a seizure of a case, an exhibit of a seizure. */
static bool makes_part_of(const struct act *act, const struct record_type *type)
{
    if (act->form != ACT_MAKES)
        return false;
    for (size_t i = 0; i < act->type->count; i++) {
        const struct field *field = &act->type->fields[i];

        if (field->kind == KIND_REFERENCE && (field->flags & REQUIRED) &&
            act_takes(act, field) && text_is(text_of(field->targets), type->name))
            return true;
    }
    return false;
}

/* Acts on this record, free acts of its type (hand over, shelve), and what is made as a part of it. */
static size_t fill_acts(struct menu *menu, struct text typed, struct menu_item *items,
                        size_t room)
{
    const struct record *record = menu->about;
    size_t count = 0;

    for (const struct act *const *act = acts; record && *act && count < room; act++)
        if (!(*act)->hidden &&
            (makes_part_of(*act, record->type) ||
             ((*act)->type == record->type && (*act)->form != ACT_MAKES)) &&
            act_allowed(&menu->view.app->session, *act) && act_wanted(menu, *act, typed))
            items[count++] = act_item(menu, *act);
    return count;
}

static void choose_act(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    const struct act *act = item->data;
    struct record *record = (struct record *)(uintptr_t)menu->about;
    struct record *copy;
    AUTO_ARENA struct arena *arena = arena_new();

    copy = record_copy(arena, record);
    view_pop(app, NULL);
    form_open_act(app, act, act->form == ACT_AMENDS ? copy : NULL, copy);
}

static const struct menu_type acts_type = {
    .title = L("What can be done", "可執行事項"),
    .help = L("The acts that you may do with this record, and what may be added to it.",
              "你可就此紀錄執行的事項，以及可加入的紀錄。"),
    .fill = fill_acts,
    .choose = choose_act,
    .name_columns = 26
};

void acts_open(struct app *app, struct record *record)
{
    struct menu *menu = menu_open(app, &acts_type, NULL);

    /* Its own, for the sheet below reads its record anew when the language changes. */
    menu->about = record_copy(menu->view.arena, record);
    menu_fill(menu);
}
