/* What the program has said since the officer signed in. */
#include "core/base/seams.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

static size_t fill_messages(struct menu *menu, struct text typed, struct menu_item *items,
                            size_t room)
{
    struct app *app = menu->view.app;
    size_t count = 0;

    for (int i = app->said_count - 1;
         i >= 0 && i >= app->said_count - APP_MESSAGES && count < room; i--) {
        struct said *said = &app->said[i % APP_MESSAGES];
        struct text words = sentence(menu->arena, &said->message, app_language(app));
        char *time = arena_alloc(menu->arena, 40);

        moment_print(time, moment_of_ms(said->at_ms, OFFSET_HONG_KONG));
        if (menu_matches(words, typed))
            items[count++] = (struct menu_item){ .name = text_of(time), .words = words };
    }
    return count;
}

static void choose_message(struct menu *menu, const struct menu_item *item)
{
    (void)item;
    view_pop(menu->view.app, NULL);
}

static const struct menu_type messages_type = {
    .title = L("Messages", "訊息"),
    .help = L("Everything that the program has said since you signed in, newest first.",
              "登入以來系統的所有訊息，最新者在前。"),
    .fill = fill_messages,
    .choose = choose_message,
    .name_columns = 18
};

void messages_open(struct app *app)
{
    menu_open(app, &messages_type, NULL);
}
