/* The content of an attached file that is text: its lines, to be read and searched. Whoever looks at it is in the journal before
 * the first line is shown. */
#include "core/model/attachment.h"
#include "i18n/text.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

enum { SHOWN_BYTES = 1 << 20 };

static void put_line(struct menu *menu, struct text line, size_t number, struct text typed,
                     struct menu_item *items, size_t room, size_t *count)
{
    struct message more;

    if (*count >= room || (typed.len > 0 && !menu_matches(line, typed)))
        return;
    if (*count == room - 1) {
        message_set(&more,
                    N_("There are more lines: write the file out, or type a word to find "
                       "those that hold it."));
        line = sentence(menu->arena, &more, app_language(menu->view.app));
    }
    items[(*count)++] =
        (struct menu_item){ .name = arena_printf(menu->arena, "%zu", number), .words = line };
}

static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    const struct text *content = menu->about;
    struct text rest = content ? *content : (struct text){ 0 };
    size_t count = 0, number = 0;

    while (rest.len > 0) {
        struct text line = text_split(rest, '\n', &rest);

        put_line(menu, text_safe_in(menu->arena, line, TEXT_ONE_LINE), ++number, typed, items,
                 room, &count);
    }
    return count;
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    (void)item;
    view_pop(menu->view.app, NULL);
}

static const struct menu_type file_type = {
    .title =
        L("Content of the attached file: type to find a word", "附件檔案內容：輸入字詞搜尋"),
    .help = L("The lines of a text file. That you looked at it stands in the journal.",
              "文字檔案的內容。你已檢視此檔案，並記入操作紀錄。"),
    .fill = fill,
    .choose = choose,
    .name_columns = 5,
    .wraps = true
};

/* The file where it is text that can be shown; false: it was said why not. */
static bool read_text(struct app *app, const struct record_key *key, struct arena *arena,
                      struct bytes *out)
{
    AUTO_TXN struct txn *txn = NULL;
    const struct attachment_record *attachment;
    struct record *record;

    if (store_begin(&txn, app->store) != ERR_OK ||
        record_get(txn, key, 0, arena, &record) != ERR_OK) {
        app_fail(app);
        return false;
    }
    attachment = (const struct attachment_record *)record;
    if (!text_is(attachment->media_type, "text/plain") ||
        attachment->bytes.value > SHOWN_BYTES) {
        app_warn(app,
                 N_("Only text of at most 1 MB is shown here. Write the file out to look at "
                    "it."));
        return false;
    }
    if (attachment_read(app->store, attachment, arena, out) == ERR_OK)
        return true;
    app_fail(app);
    return false;
}

void file_text_open(struct app *app, const struct record_key *key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes data;
    struct menu *menu;
    struct text content;

    if (!read_text(app, key, arena, &data))
        return;
    if (attachment_viewed(&app->session, key) != ERR_OK) {
        app_fail(app);
        return;
    }
    menu = menu_open(app, &file_type, NULL);
    content = arena_text(menu->view.arena, (struct text){ (const char *)data.data, data.len });
    menu->about = arena_copy(menu->view.arena, &content, sizeof content);
    menu_fill(menu);
}
