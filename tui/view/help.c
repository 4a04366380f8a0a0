/* Help for a screen: what it is for, and its commands with their keys, which Enter runs; and the keys of every screen. */
#include "i18n/text.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

/* A menu has no commands of its own: what can be done is done on the screen below it. */
struct help_of {
    struct view *top, *below;
};

struct rows {
    struct menu *menu;
    struct menu_item *items;
    size_t count, room;
    struct text typed;
    const struct label *heading; /* not yet put: it waits for a row under it */
};

static void put(struct rows *rows, struct menu_item item)
{
    struct menu *menu = rows->menu;

    if (!menu_matches(item.name, rows->typed) && !menu_matches(item.words, rows->typed))
        return;
    if (rows->heading && rows->count < rows->room)
        rows->items[rows->count++] =
            (struct menu_item){ .name = app_label(menu->view.app, menu->arena, rows->heading),
                                .heading = true };
    rows->heading = NULL;
    if (rows->count < rows->room)
        rows->items[rows->count++] = item;
}

static struct text said(struct menu *menu, const struct label *label, const struct label *help)
{
    struct text a = app_label(menu->view.app, menu->arena, label),
                b = app_label(menu->view.app, menu->arena, help);

    return arena_printf(menu->arena, "%.*s%s%.*s", (int)a.len, a.data,
                        app_language(menu->view.app) == LANGUAGE_ZH ? "：" : ": ", (int)b.len,
                        b.data);
}

static void put_keys(struct rows *rows, const struct view_type *type,
                     const struct command *commands)
{
    for (const struct command *command = commands; command && command->name; command++)
        put(rows,
            (struct menu_item){ .name = command_keys(rows->menu->arena, type, command),
                                .words = said(rows->menu, &command->label, &command->help) });
}

/* What cannot be done now stands there all the same: help says what there is. */
static void put_commands(struct rows *rows, struct view *of, const struct command *commands)
{
    struct arena *arena = rows->menu->arena;

    for (const struct command *command = commands; command && command->name; command++)
        put(rows,
            (struct menu_item){ .name = command_keys(arena, of->type, command),
                                .words = said(rows->menu, &command->label, &command->help),
                                .dim = !command_possible(of, command),
                                .data = command });
}

/* Keys that every list, form and menu knows. */
const struct help_key help_keys[] = {
    { "Up, Down, PgUp, PgDn", L("move; Home and End to the ends", "移動；Home及End至首尾") },
    { "Enter", L("open, accept and go on", "開啟、接納並繼續") },
    { "Tab, Shift+Tab", L("next and previous field or page", "下一個及上一個欄位或分頁") },
    { "Esc, F12", L("back one screen; what was typed is kept as a draft",
                    "返回上一畫面；已輸入內容保留為草稿") },
    { "Space", L("mark a row; yes or no in a field", "選取一列；欄位內切換是與否") },
    { "Alt+1 .. Alt+0",
      L("F1 .. F10 on keyboards without F-keys", "沒有F鍵的鍵盤，以此代替F1至F10") },
    { NULL, { NULL, NULL } },
};

static void put_purpose(struct rows *rows, struct view *of)
{
    const struct label *about = of->type->about ? of->type->about(of) : NULL;
    struct app *app = of->app;
    struct arena *arena = rows->menu->arena;

    const struct label *first = of->type == &menu_view ? about : &of->type->help;

    put(rows, (struct menu_item){ .name = app_label(app, arena, &of->type->label),
                                  .words = app_label(app, arena, first) });
    if (about && about != first)
        put(rows, (struct menu_item){ .words = app_label(app, arena, about) });
}

static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    static const struct label here = L("On this screen: Enter does it", "本畫面：按Enter執行"),
                              everywhere = L("Everywhere", "各畫面通用"),
                              moving = L("Moving about", "移動及操作");
    struct rows rows = { menu, items, 0, room, typed, NULL };
    const struct help_of *of = menu->about;

    if (!of)
        return 0; /* while it is being opened */
    put_purpose(&rows, of->top);
    if (of->below != of->top)
        put_purpose(&rows, of->below);
    rows.heading = &here;
    put_commands(&rows, of->below, of->below->type->commands);
    rows.heading = &everywhere;
    put_commands(&rows, of->top, app_commands);
    rows.heading = &moving;
    for (const struct help_key *row = help_keys; row->keys; row++)
        put(&rows,
            (struct menu_item){ .name = text_of(row->keys),
                                .words = app_label(menu->view.app, menu->arena, &row->what) });
    return rows.count;
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    const struct help_of *of = menu->about;
    const struct command *command = item->data;
    struct view *below = of->below;
    struct app *app = menu->view.app;

    if (!command)
        return; /* a sentence, to be read */
    while (view_top(app) != below)
        view_pop(app, NULL);
    command_run(below, command);
}

static const struct menu_type help_type = {
    .title = L("Help for this screen: type to find a key", "本畫面說明：輸入字詞搜尋按鍵"),
    .help = L("What this screen is for and what can be done on it.",
              "本畫面的用途及可執行的指令。"),
    .fill = fill,
    .choose = choose,
    .wraps = true
};

void help_open(struct app *app)
{
    struct help_of of = { view_top(app), NULL };
    struct menu *menu;

    of.below = of.top;
    for (int i = app->count - 1; i > 0 && app->views[i]->type == &menu_view; i--)
        of.below = app->views[i - 1];
    menu = menu_open(app, &help_type, NULL);
    menu->about = arena_copy(menu->view.arena, &of, sizeof of);
    menu_fill(menu);
}

/* ---- the keys of every screen ---- */

static size_t fill_keys(struct menu *menu, struct text typed, struct menu_item *items,
                        size_t room)
{
    static const struct label everywhere = L("Everywhere", "各畫面通用");
    static const struct view_type any = { .name = "any" };
    struct rows rows = { menu, items, 0, room, typed, &everywhere };

    put_keys(&rows, &any, app_commands);
    for (const struct view_type *const *type = view_types; *type; type++) {
        rows.heading = &(*type)->label;
        put_keys(&rows, *type, (*type)->commands);
    }
    return rows.count;
}

static void close_keys(struct menu *menu, const struct menu_item *item)
{
    (void)item;
    view_pop(menu->view.app, NULL);
}

static const struct menu_type keys_type = {
    .title = L("Keys of every screen: type to find one", "各畫面按鍵：輸入字詞搜尋"),
    .help = L("The keys of all screens. `tidewaiter help keys` prints them on a card.",
              "所有畫面的按鍵。以tidewaiter help keys可列印按鍵一覽。"),
    .fill = fill_keys,
    .choose = close_keys,
    .wraps = true
};

void keys_open(struct app *app)
{
    menu_open(app, &keys_type, NULL);
}
