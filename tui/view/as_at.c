/* Choosing a moment of the past: what is typed first, and the entries of the record's own history below. */
#include "tui/view/as_at.h"

#include "core/base/seams.h"
#include "core/model/act.h"
#include "core/query/links.h"
#include "i18n/text.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

enum { PICKED_MOST = 190 };

/* What the menu is opened for: lives in its own arena. */
struct moments {
    struct record_key key;
    size_t count;
    struct happening *happenings;
    struct as_at typed; /* where what is typed is a moment */
};

void as_at_banner(struct app *app, struct canvas *canvas, int row, struct as_at at)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct message message;
    char time[40];
    enum language language = app_language(app);
    struct text words;

    moment_print(time, moment_of_ms((int64_t)at.time_ms, OFFSET_HONG_KONG));
    message_set(&message, N_("AS AT %s (entry %llu): as recorded by then. F5: back to now"),
                time, (unsigned long long)(at.size > 0 ? at.size - 1 : 0));
    words = sentence(arena, &message, language);
    if (text_width(words) > canvas->columns - 2 && language == LANGUAGE_BOTH)
        words = sentence(arena, &message, LANGUAGE_ZH);
    canvas_put_padded(canvas, row, 0, canvas->columns,
                      arena_printf(arena, " %.*s", (int)words.len, words.data), ROLE_WARNING);
}

/* False: no moment at which anything was recorded. */
static bool parse_moment(struct app *app, struct text typed, struct as_at *out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct moment moment;
    int64_t now = now_ms();

    if (!moment_parse(&moment, text_trim(typed), now) ||
        !journal_time(moment, now, &out->time_ms))
        return false;
    if (store_begin(&txn, app->store) != ERR_OK ||
        journal_size_at(txn, out->time_ms, &out->size) != ERR_OK) {
        app_fail(app);
        return false;
    }
    return out->size > 0;
}

/* Which act, upon which record where it is another, and who did it. */
static struct text happening_words(struct menu *menu, const struct happening *happening)
{
    const struct moments *moments = menu->about;
    const struct revision *revision = &happening->revision;
    struct app *app = menu->view.app;
    const struct act *act = act_named(revision->act);
    struct text name = act ? app_label(app, menu->arena, &act->label) : revision->act;
    AUTO_BUFFER struct buffer who = { 0 };

    if (happening->key.id != moments->key.id) {
        app_lookup(app)->reference(app_lookup(app)->context,
                                   (struct reference){ .id = happening->key.id },
                                   app_language(app), &who);
        who.len = text_split(buffer_as_text(&who), ' ', &(struct text){ 0 }).len;
        buffer_string(&who, " · ");
    }
    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = revision->officer }, app_language(app),
                               &who);
    return arena_printf(menu->arena, "%.*s · %.*s", (int)name.len, name.data, (int)who.len,
                        (const char *)who.data);
}

static struct text time_words(struct arena *arena, uint64_t time_ms)
{
    char time[40];

    moment_print(time, moment_of_ms((int64_t)time_ms, OFFSET_HONG_KONG));
    return arena_text(arena, text_of(time));
}

static size_t fill_moments(struct menu *menu, struct text typed, struct menu_item *items,
                           size_t room)
{
    struct moments *moments = (struct moments *)(uintptr_t)menu->about;
    size_t count = 0;

    if (!moments)
        return 0;
    if (parse_moment(menu->view.app, typed, &moments->typed))
        items[count++] =
            (struct menu_item){ .name = time_words(menu->arena, moments->typed.time_ms),
                                .words =
                                    app_words(menu->view.app, menu->arena, N_("as typed")) };
    for (size_t i = 0; i < moments->count && count < room; i++) {
        const struct revision *revision = &moments->happenings[i].revision;
        struct text name = time_words(menu->arena, revision->time_ms),
                    words = happening_words(menu, &moments->happenings[i]);

        if (menu_matches(name, typed) || menu_matches(words, typed))
            items[count++] =
                (struct menu_item){ .name = name, .words = words, .data = revision };
    }
    return count;
}

static void choose_moment(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    const struct moments *moments = menu->about;
    const struct revision *revision = item->data;
    struct record_key key = moments->key;
    struct as_at at = moments->typed;

    if (revision)
        at = (struct as_at){ .size = revision->sequence + 1, .time_ms = revision->time_ms };
    view_pop(app, NULL);
    sheet_open_at(app, &key, at);
}

static const struct menu_type moments_type = {
    .title = L("As at: type a date and time, or choose an entry",
               "截至何時：輸入日期及時間，或揀選一項紀錄"),
    .help =
        L("The record and all that hangs on it as they stood at a moment: type a date, or a "
          "date and time, or choose what happened to it.",
          "檢視紀錄及其一切相關紀錄在某時刻的內容：輸入日期或日期及時間，或揀選一項曾發生的事項"
          "。"),
    .fill = fill_moments,
    .choose = choose_moment,
    .name_columns = 19
};

void as_at_open(struct app *app, const struct record_key *key)
{
    struct menu *menu = menu_open(app, &moments_type, NULL);
    struct moments *moments = arena_alloc(menu->view.arena, sizeof *moments);
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;
    enum err err = store_begin(&txn, app->store);

    moments->key = *key;
    if (err == ERR_OK)
        err = record_get(txn, key, TAG_LIST_LAST, menu->view.arena, &record);
    if (err == ERR_OK)
        err = happenings(txn, record, PICKED_MOST, menu->view.arena, &moments->happenings,
                         &moments->count);
    if (err != ERR_OK)
        app_fail(app);
    menu->about = moments;
    menu_fill(menu);
}
