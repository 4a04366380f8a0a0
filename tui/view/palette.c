/* The palette: every act and every screen by name. */
#include "tui/view/menu.h"
#include "tui/view/views.h"

static struct menu_item act_item(struct menu *menu, const struct act *act)
{
    return (struct menu_item){ .name = app_label(menu->view.app, menu->arena, &act->label),
                               .words = app_label(menu->view.app, menu->arena, &act->help),
                               .data = act };
}

static bool act_wanted(struct menu *menu, const struct act *act, struct text typed)
{
    return menu_matches(label_text(menu->arena, &act->label, LANGUAGE_BOTH), typed) ||
           menu_matches(text_of(act->name), typed);
}

static size_t fill_palette(struct menu *menu, struct text typed, struct menu_item *items,
                           size_t room)
{
    struct app *app = menu->view.app;
    size_t count = 0;

    for (const struct record_type *const *type = record_types; *type && count < room; type++)
        if ((*type)->family == 0 &&
            (menu_matches(label_text(menu->arena, &(*type)->plural, LANGUAGE_BOTH), typed) ||
             menu_matches(text_of((*type)->name), typed)))
            items[count++] =
                (struct menu_item){ .name = app_label(app, menu->arena, &(*type)->plural),
                                    .words = app_label(app, menu->arena, &(*type)->help),
                                    .key = { .n = 1 },
                                    .data = *type };
    for (const struct act *const *act = acts; *act && count < room; act++)
        if (!(*act)->hidden && ((*act)->form == ACT_MAKES || (*act)->form == ACT_FREE) &&
            (*act)->type && (*act)->type->family == 0 && act_allowed(&app->session, *act) &&
            act_wanted(menu, *act, typed))
            items[count++] = act_item(menu, *act);
    return count;
}

static void choose_palette(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    bool is_type = item->key.n == 1;
    const void *data = item->data;

    view_pop(app, NULL);
    if (is_type)
        list_open(app, data, NULL, NULL);
    else
        form_open_act(app, data, NULL, NULL);
}

static const struct menu_type palette_type = {
    .title = L("Commands", "指令"),
    .help = L("Every act, list and command by its Chinese or English name or its code.",
              "以中英文名稱或編碼找出所有事項、清單及指令。"),
    .fill = fill_palette,
    .choose = choose_palette,
    .name_columns = 26
};

void palette_open(struct app *app)
{
    menu_open(app, &palette_type, NULL);
}
