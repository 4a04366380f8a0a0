/* What the program has said since the officer signed in, newest first; a record that was spoken of is one Enter away. */
#include "core/base/seams.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

static const struct label *severity_of(const struct said *said)
{
    static const struct label done = L("Done", "完成"), notice = L("Notice", "注意"),
                              error = L("Error", "錯誤");

    return said->good ? &done : said->severity == SEVERITY_ERROR ? &error : &notice;
}

static struct text record_of(struct menu *menu, const struct said *said)
{
    AUTO_BUFFER struct buffer id = { 0 };

    if (said->about.id != 0)
        key_print(&id, &said->about);
    return arena_text(menu->arena, buffer_as_text(&id));
}

static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    struct app *app = menu->view.app;
    size_t count = 0;

    for (int i = app->said_count - 1;
         i >= 0 && i >= app->said_count - APP_MESSAGES && count < room; i--) {
        const struct said *said = &app->said[i % APP_MESSAGES];
        struct text words = sentence(menu->arena, &said->message, app_language(app)),
                    severity = app_label(app, menu->arena, severity_of(said));
        char *time = arena_alloc(menu->arena, 40);

        moment_print(time, moment_of_ms(said->at_ms, OFFSET_HONG_KONG));
        words = arena_printf(menu->arena, "%.*s%s%.*s", (int)severity.len, severity.data,
                             app_language(app) == LANGUAGE_ZH ? "：" : ": ", (int)words.len,
                             words.data);
        if (menu_matches(words, typed) ||
            menu_matches(sentence(menu->arena, &said->message, LANGUAGE_BOTH), typed) ||
            menu_matches(record_of(menu, said), typed))
            items[count++] = (struct menu_item){ .name = text_of(time),
                                                 .words = words,
                                                 .right = record_of(menu, said),
                                                 .key = said->about };
    }
    return count;
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    struct record_key key = item->key;
    struct app *app = menu->view.app;

    view_pop(app, NULL);
    if (key.id != 0)
        sheet_open(app, &key);
}

static const struct menu_type messages_type = {
    .title = L("Messages: type to find one", "訊息：輸入字詞搜尋"),
    .help = L("Everything that the program has said since you signed in, newest first. Enter "
              "opens the record that was spoken of, Ctrl+C copies the message.",
              "登入以來系統的所有訊息，最新者在前。按Enter開啟有關紀錄，按Ctrl+C複製訊息。"),
    .fill = fill,
    .choose = choose,
    .wraps = true
};

void messages_open(struct app *app)
{
    menu_open(app, &messages_type, NULL);
}
