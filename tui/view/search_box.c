/* The search box: a number, a name or words, and what they find in any type of record. */
#include "core/query/query.h"
#include "tui/view/menu.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/views.h"

static size_t fill_search(struct menu *menu, struct text typed, struct menu_item *items,
                          size_t room)
{
    AUTO_TXN struct txn *txn = NULL;
    struct app *app = menu->view.app;
    struct record_key *keys;
    size_t count;

    if (text_trim(typed).len == 0)
        return 0;
    if (store_begin(&txn, app->store) != ERR_OK ||
        search(txn, typed, room < 50 ? room : 50, menu->arena, &keys, &count) != ERR_OK) {
        app_fail(app); /* what cannot be searched is not "nothing found" */
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        struct text line = linked_line(app, txn, menu->arena, &keys[i]);
        const struct record_type *type = type_of_key(&keys[i]);

        items[i] = (struct menu_item){
            .name = label_text(menu->arena, &type->label,
                               app_language(app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH),
            .words = line,
            .key = keys[i]
        };
    }
    return count;
}

static void choose_search(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    struct record_key key = item->key;

    if (key.family != 0) /* a note or an event: the record that it stands beside */
        key = (struct record_key){ .id = key.id };
    view_pop(app, NULL);
    sheet_open(app, &key);
}

static const struct menu_type search_type = {
    .title = L("Find a number or words", "搜尋編號或字詞"),
    .help = L("A number of any kind is found first, then words of titles, names and "
              "descriptions, newest first.",
              "先找出任何編號，再找標題、姓名及描述內的字詞，最新者在前。"),
    .fill = fill_search,
    .choose = choose_search,
};

void search_open_with(struct app *app, struct text typed)
{
    struct menu *menu = menu_open(app, &search_type, NULL);

    editor_set(&menu->typed, typed);
    menu_fill(menu);
}

void search_open(struct app *app)
{
    search_open_with(app, TEXT(""));
}
