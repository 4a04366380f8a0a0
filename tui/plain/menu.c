/* A menu in lines: its items, numbered; what is typed narrows it. */
#include "tui/view/menu.h"
#include "i18n/text.h"
#include "tui/plain/plain_parts.h"

static void tell_items(struct plain *plain, struct menu *menu)
{
    struct plain_page *page = plain_page(plain);
    int end = page->first + PLAIN_PAGE;

    plain_label(plain, &menu->kind->title);
    if (menu->count == 0)
        plain_words(plain, N_("nothing found"));
    for (int i = page->first; i < end && i < (int)menu->count; i++) {
        struct text name = menu->items[i].name, words = menu->items[i].words;

        plain_printf(plain, "%d. %.*s%s%.*s", i + 1, (int)name.len, name.data,
                     name.len > 0 ? "  " : "", (int)words.len, words.data);
    }
    page->more = (int)menu->count > end;
}

static bool take_item(struct plain *plain, struct menu *menu, struct text said)
{
    int number = 0;

    for (size_t i = 0; i < said.len; i++) {
        if (said.data[i] < '0' || said.data[i] > '9')
            return false;
        number = number < 10000 ? number * 10 + (said.data[i] - '0') : number;
    }
    if (number < 1 || number > (int)menu->count) {
        plain_words(plain, N_("There is no row of that number."));
        return true;
    }
    menu->selected = number - 1;
    plain_press(plain, TKEY_ENTER);
    plain->again = true;
    return true;
}

static void turn_page(struct plain *plain, int by)
{
    struct plain_page *page = plain_page(plain);

    if (by > 0 && !page->more) {
        plain_words(plain, N_("That is the end."));
        return;
    }
    page->first = page->first + by < 0 ? 0 : page->first + by;
    plain->again = true;
}

void plain_menu(struct plain *plain, struct view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer answer = { 0 }, prompt = { 0 };
    struct menu *menu = (struct menu *)view;
    struct text said;

    if (plain->again)
        tell_items(plain, menu);
    plain->again = false;
    buffer_text(&prompt, app_words(plain->app, arena,
                                   plain_page(plain)->more
                                       ? N_("Number, or words to narrow it (Enter: more)")
                                       : N_("Number, or words to narrow it")));
    buffer_string(&prompt, ": ");
    if (!plain_ask(plain, buffer_as_text(&prompt), false, &answer))
        return;
    said = text_trim(buffer_as_text(&answer));
    if (said.len == 0 || text_is(said, "-"))
        turn_page(plain, said.len == 0 ? PLAIN_PAGE : -PLAIN_PAGE);
    else if (text_is(said, "^") || text_is(said, "=") || text_is(said, "quit"))
        plain_command(plain, said);
    else if (!take_item(plain, menu, said)) {
        if (said.data[0] == '/')
            said = text_trim((struct text){ said.data + 1, said.len - 1 });
        plain_press(plain, TKEY_CTRL('U'));
        plain_type(plain, said);
        plain_page(plain)->first = 0;
        plain->again = true;
    }
}
