/* Help for the screen or the field: its commands from their rows, the program's keys, a field from its table. */
#include "i18n/text.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

struct shown {
    struct menu *menu;
    struct menu_item *items;
    size_t count, room;
    struct text typed;
};

/* Help is read whole: what is too long for a row goes on in the next. */
enum { WORDS_COLUMNS = 50 };

static void put(struct shown *shown, struct text name, struct text words)
{
    struct text rest = words, line;

    if (!menu_matches(name, shown->typed) && !menu_matches(words, shown->typed))
        return;
    while (shown->count < shown->room && text_wrap(&rest, WORDS_COLUMNS, &line)) {
        shown->items[shown->count++] = (struct menu_item){ .name = name, .words = line };
        name = TEXT("");
    }
}

static void put_commands(struct shown *shown, const struct command *commands)
{
    struct app *app = shown->menu->view.app;

    for (const struct command *command = commands; command && command->name; command++) {
        char name[16], other[16] = "";
        struct text keys, label = app_label(app, shown->menu->arena, &command->label),
                          help = app_label(app, shown->menu->arena, &command->help);

        key_text(name, &command->key);
        if (command->other.code != TKEY_NONE)
            key_text(other, &command->other);
        keys = arena_printf(shown->menu->arena, "%s%s%s", name, *other ? ", " : "", other);
        put(shown, keys,
            arena_printf(shown->menu->arena, "%.*s: %.*s", (int)label.len, label.data,
                         (int)help.len, help.data));
    }
}

/* Keys that every list, form and menu knows. */
static const struct {
    const char *keys;
    struct label what;
} common[] = {
    { "Up, Down, PgUp, PgDn", L("move; Home and End to the ends", "移動；Home及End至首尾") },
    { "Enter", L("open, accept and go on", "開啟、接納並繼續") },
    { "Tab, Shift+Tab", L("next and previous field or page", "下一個及上一個欄位或分頁") },
    { "Esc, F12", L("back one screen; what was typed is kept as a draft",
                    "返回上一畫面；已輸入內容保留為草稿") },
    { "Space", L("mark a row; yes or no in a field", "選取一列；欄位內切換是與否") },
    { "Alt+1 .. Alt+0",
      L("F1 .. F10 on keyboards without F-keys", "沒有F鍵的鍵盤，以此代替F1至F10") },
};

static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    struct shown shown = { menu, items, 0, room, typed };
    const struct view *of = menu->about;

    put_commands(&shown, of->type->commands);
    put_commands(&shown, app_commands);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        put(&shown, text_of(common[i].keys),
            app_label(menu->view.app, menu->arena, &common[i].what));
    return shown.count;
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    (void)item;
    view_pop(menu->view.app, NULL);
}

static const struct menu_type screen_type = {
    .title = L("Help for this screen: type to find a key", "本畫面說明：輸入字詞搜尋按鍵"),
    .help = L("What this screen is for and what can be done on it.",
              "本畫面的用途及可執行的指令。"),
    .fill = fill,
    .choose = choose,
    .name_columns = 22
};

/* ---- of a field ---- */

static size_t fill_field(struct menu *menu, struct text typed, struct menu_item *items,
                         size_t room)
{
    struct shown shown = { menu, items, 0, room, typed };
    const struct field *field = menu->about;
    struct app *app = menu->view.app;
    static const struct label name = L("Field", "欄位"), what = L("What it holds", "內容"),
                              how = L("How to type it", "輸入方法"),
                              must = L("Required", "必填"),
                              choices = L("F4 chooses", "按F4揀選"),
                              permanent = L("Name in files", "檔案內名稱");

    put(&shown, app_label(app, menu->arena, &name), app_label(app, menu->arena, &field->label));
    if (field->help.en)
        put(&shown, app_label(app, menu->arena, &what),
            app_label(app, menu->arena, &field->help));
    put(&shown, app_label(app, menu->arena, &how),
        app_label(app, menu->arena, &field_kind(field)->how));
    if (field->flags & REQUIRED)
        put(&shown, app_label(app, menu->arena, &must), TEXT("*"));
    for (const struct choice *choice = field->choices; choice && choice->code; choice++)
        put(&shown, text_of(choice->code), app_label(app, menu->arena, &choice->label));
    if (field->codes)
        put(&shown, app_label(app, menu->arena, &choices), text_of(field->codes));
    put(&shown, app_label(app, menu->arena, &permanent), text_of(field->name));
    return shown.count;
}

static const struct menu_type field_type = {
    .title = L("Help for this field", "本欄位說明"),
    .help = L("What the field holds and how it is typed.", "欄位的內容及輸入方法。"),
    .fill = fill_field,
    .choose = choose,
    .name_columns = 22
};

void help_open(struct app *app)
{
    menu_open(app, &screen_type, view_top(app));
}

void field_help_open(struct app *app, const struct field *field)
{
    menu_open(app, &field_type, field);
}
