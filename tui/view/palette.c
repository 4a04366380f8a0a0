/* The palette: every act, list and command by Chinese or English name or by code, and any record by its number. */
#include <stdlib.h>
#include <string.h>

#include "i18n/fold.h"
#include "i18n/text.h"
#include "tui/view/act_way.h"
#include "tui/view/menu.h"
#include "tui/view/name_match.h"
#include "tui/view/palette_offers.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/views.h"

enum { LAST_SHOWN = 5, RECORDS = 5 };

/* ---- rows ---- */

/* Upon what an act would be done, or what it asks for first. */
static struct text act_words(struct menu *menu, const struct offer *offer)
{
    const struct palette *palette = menu->about;
    const struct act *act = offer->of;
    struct app *app = menu->view.app;
    struct message message;
    struct text rest;

    if (offer->kind == OFFER_ABOUT && palette->subjects > 1) {
        message_set(&message, N_("upon %zu marked"), palette->subjects);
    } else if (offer->kind == OFFER_ABOUT) {
        AUTO_BUFFER struct buffer id = { 0 };

        key_print(&id, &palette->subject);
        message_set(&message, N_("upon %s"), arena_string(menu->arena, buffer_as_text(&id)));
    } else if (act_needs_record(act)) {
        message_set(
            &message, N_("asks: %p"),
            label_argument(
                &type_named(text_split(text_of(act_subjects(act)), ' ', &rest))->label));
    } else {
        return TEXT("");
    }
    return sentence(menu->arena, &message,
                    app_language(app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH);
}

static struct menu_item row_of(struct menu *menu, const struct offer *offer)
{
    const struct palette *palette = menu->about;
    static const struct label list = L("list", "清單");
    struct app *app = menu->view.app;
    struct text help = app_label(app, menu->arena, offer->help);
    struct menu_item item = { .name = app_label(app, menu->arena, offer->label),
                              .data = offer };

    item.more = arena_printf(menu->arena, "%.*s (%s)", (int)help.len, help.data, offer->code);
    if (offer->kind == OFFER_COMMAND || offer->kind == OFFER_PROGRAM)
        item.right = command_keys(menu->arena, palette->below, offer->of);
    else if (offer->kind == OFFER_VIEW)
        item.words =
            app_label(app, menu->arena, &((const struct saved_view *)offer->of)->type->plural);
    else if (offer->kind == OFFER_LIST || offer->kind == OFFER_QUEUE)
        item.words = label_text(menu->arena, &list,
                                app_language(app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH);
    else
        item.words = act_words(menu, offer);
    if (!offer->allowed) {
        const struct act *act = offer->of;
        struct message why;

        message_set(&why, N_("This needs the right to %p, which you do not have."),
                    label_argument(right_label(act->right)));
        item.dim = true;
        item.more = sentence(menu->arena, &why, app_language(app));
    }
    return item;
}

struct rows {
    struct menu *menu;
    struct menu_item *items;
    size_t count, room;
};

static void put(struct rows *rows, struct menu_item item)
{
    if (rows->count < rows->room)
        rows->items[rows->count++] = item;
}

/* A caption, taken back where nothing comes under it. */
static void put_heading(struct rows *rows, const struct label *label)
{
    if (rows->count > 0 && rows->items[rows->count - 1].heading)
        rows->count--;
    if (label)
        put(rows, (struct menu_item){
                      .name = app_label(rows->menu->view.app, rows->menu->arena, label),
                      .heading = true });
}

/* ---- with nothing typed ---- */

/* An act that first asks for a record is found by its name; in the whole list it would stand a hundred times. */
static bool is_offered(const struct offer *offer)
{
    const struct act *act = offer->of;

    return offer->allowed && (offer->kind != OFFER_ACT || !act_needs_record(act));
}

static size_t fill_all(struct rows *rows, const struct palette *palette)
{
    static const struct label last = L("Last used", "最近使用");
    static const struct label kinds[OFFER_KINDS] = {
        [OFFER_COMMAND] = L("On this screen", "本畫面"),
        [OFFER_ABOUT] = L("Upon this record", "就此紀錄"),
        [OFFER_VIEW] = L("Saved views", "已存檢視"),
        [OFFER_QUEUE] = L("Waiting", "待辦"),
        [OFFER_LIST] = L("Lists", "清單"),
        [OFFER_ACT] = L("Acts", "事項"),
        [OFFER_PROGRAM] = L("Everywhere", "各畫面通用"),
    };

    put_heading(rows, &last);
    for (int place = 1; place <= LAST_SHOWN; place++)
        for (size_t i = 0; i < palette->count; i++)
            if (palette->offers[i].used == place && palette->offers[i].allowed)
                put(rows, row_of(rows->menu, &palette->offers[i]));
    for (int kind = 0; kind < OFFER_KINDS; kind++) {
        put_heading(rows, &kinds[kind]);
        for (size_t i = 0; i < palette->count; i++)
            if ((int)palette->offers[i].kind == kind && is_offered(&palette->offers[i]))
                put(rows, row_of(rows->menu, &palette->offers[i]));
    }
    put_heading(rows, NULL);
    return rows->count;
}

/* ---- with something typed ---- */

static bool has_digit(struct text typed)
{
    for (size_t i = 0; i < typed.len; i++)
        if (typed.data[i] >= '0' && typed.data[i] <= '9')
            return true;
    return false;
}

/* A number opens its record. */
static void put_records(struct rows *rows, struct text typed)
{
    AUTO_BUFFER struct buffer half = { 0 };
    AUTO_TXN struct txn *txn = NULL;
    struct menu *menu = rows->menu;
    struct app *app = menu->view.app;
    struct record_key *keys;
    size_t count;

    text_to_halfwidth(&half, typed);
    if (!has_digit(buffer_as_text(&half)) || store_begin(&txn, app->store) != ERR_OK ||
        search(txn, typed, RECORDS, menu->arena, &keys, &count) != ERR_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        static const struct label open = L("Open the record.", "開啟此紀錄。");
        const struct record_type *type = type_of_key(&keys[i]);

        if (keys[i].family == 0)
            put(rows, (struct menu_item){ .name = app_label(app, menu->arena, &type->label),
                                          .words = linked_line(app, txn, menu->arena, &keys[i]),
                                          .more = app_label(app, menu->arena, &open),
                                          .key = keys[i] });
    }
}

/* Not allowed is said only to who asks for the very act. */
static int score_of(const struct offer *offer, struct text typed)
{
    int best = 0;

    for (int i = 0; i < OFFER_NAMES; i++) {
        int score = name_match(offer->folded[i], typed);

        best = score > best ? score : best;
    }
    return offer->allowed || best == NAME_EXACT ? best : 0;
}

struct match {
    struct offer *offer;
};

static int better(const void *a, const void *b)
{
    const struct offer *x = ((const struct match *)a)->offer,
                       *y = ((const struct match *)b)->offer;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if ((x->used > 0) != (y->used > 0))
        return x->used > 0 ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x < y ? -1 : 1;
}

/* Words that no act or list is called are sought in the records. */
static void put_search(struct rows *rows, struct text typed)
{
    static const struct label find = L("Search the records", "搜尋紀錄"),
                              what = L("Numbers and words of all records.",
                                       "所有紀錄的編號及字詞。");
    struct app *app = rows->menu->view.app;

    put(rows, (struct menu_item){ .name = app_label(app, rows->menu->arena, &find),
                                  .words = arena_text(rows->menu->arena, typed),
                                  .more = app_label(app, rows->menu->arena, &what) });
}

static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    struct rows rows = { menu, items, 0, room };
    struct palette *palette = (struct palette *)menu->about;
    AUTO_BUFFER struct buffer wanted = { 0 };
    struct match *found;
    size_t count = 0;

    if (!palette)
        return 0; /* while it is being opened */
    fold(&wanted, text_trim(typed));
    if (wanted.len == 0)
        return fill_all(&rows, palette);
    put_records(&rows, text_trim(typed));
    found = arena_array(menu->arena, palette->count, sizeof *found);
    for (size_t i = 0; i < palette->count; i++) {
        palette->offers[i].score = score_of(&palette->offers[i], buffer_as_text(&wanted));
        if (palette->offers[i].score > 0)
            found[count++].offer = &palette->offers[i];
    }
    qsort(found, count, sizeof *found, better);
    for (size_t i = 0; i < count; i++)
        put(&rows, row_of(menu, found[i].offer));
    put_search(&rows, text_trim(typed));
    return rows.count;
}

/* ---- choosing ---- */

/* The record that an act asked for is chosen: the palette makes room for its form. */
static void record_chosen(struct view *below, void *result)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct palette *palette = ((struct menu *)below)->about;
    const struct act *act = palette->asking;
    struct app *app = below->app;
    struct field field = { .kind = KIND_REFERENCE, .targets = act_subjects(act) };
    struct reference reference;
    struct record_key key;

    if (!result)
        return;
    if (!app_lookup(app)->reference_typed(app_lookup(app)->context, &field,
                                          *(struct text *)result, &reference)) {
        app_warn(app, N_("Nothing is found under \"%s\"."),
                 arena_string(arena, *(struct text *)result));
        return;
    }
    key = key_of_reference(reference);
    view_pop(app, NULL);
    act_start(app, act, &key);
}

static void ask_for_record(struct menu *menu, const struct act *act)
{
    struct palette *palette = (struct palette *)menu->about;
    struct field *field = arena_alloc(menu->view.arena, sizeof *field);

    field->kind = KIND_REFERENCE;
    field->name = act->type->name;
    field->label = act->label;
    field->targets = act_subjects(act);
    palette->asking = act;
    picker_open(menu->view.app, field, TEXT(""), TEXT(""), record_chosen);
}

static void choose_act(struct menu *menu, const struct offer *offer)
{
    const struct palette *palette = menu->about;
    struct record_key subject = palette->subject;
    const struct act *act = offer->of;
    bool about = offer->kind == OFFER_ABOUT; /* the offer ends with its menu */
    bool several = about && palette->subjects > 1;
    struct app *app = menu->view.app;

    if (offer->kind == OFFER_ACT && act_needs_record(act)) {
        ask_for_record(menu, act);
        return;
    }
    view_pop(app, NULL);
    if (several)
        view_top(app)->type->upon_marked(view_top(app), act);
    else
        act_start(app, act, about ? &subject : NULL);
}

static void choose_offer(struct menu *menu, const struct offer *offer)
{
    const struct command *command = offer->of;
    struct app *app = menu->view.app;

    palette_used(app, offer);
    switch (offer->kind) {
    case OFFER_COMMAND:
    case OFFER_PROGRAM:
        view_pop(app, NULL);
        command_run(view_top(app), command);
        return;
    case OFFER_VIEW: {
        AUTO_ARENA struct arena *arena = arena_new();
        struct saved_view saved = *(const struct saved_view *)offer->of;

        saved.name = arena_text(arena, saved.name);
        view_pop(app, NULL);
        saved_view_open(app, &saved);
        return;
    }
    case OFFER_QUEUE: {
        const struct queue *queue = offer->of;

        view_pop(app, NULL);
        list_open_filtered(app, queue->type, text_of(queue->filter), queue->order,
                           queue->backward);
        return;
    }
    case OFFER_LIST: {
        const struct record_type *type = offer->of;

        view_pop(app, NULL);
        list_open(app, type, NULL, NULL);
        return;
    }
    default:
        choose_act(menu, offer);
    }
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    AUTO_ARENA struct arena *arena = arena_new();
    struct record_key key = item->key;
    struct text typed = arena_text(arena, item->words);

    if (item->dim) {
        const struct act *act = ((const struct offer *)item->data)->of;

        app_warn(app, N_("This needs the right to %p, which you do not have."),
                 label_argument(right_label(act->right)));
    } else if (item->data) {
        struct offer offer = *(const struct offer *)item->data; /* it ends with the palette */

        choose_offer(menu, &offer);
    } else {
        view_pop(app, NULL);
        if (key.id != 0)
            sheet_open(app, &key);
        else
            search_open_with(app, typed);
    }
}

static const struct menu_type palette_type = {
    .title = L("Commands: type a name, a code or a number", "指令：輸入名稱、編碼或編號"),
    .help =
        L("Every act, list and command by its Chinese or English name or its code, the best "
          "match first; a number opens its record. Its key stands at the right.",
          "以中英文名稱或編碼找出所有事項、清單及指令，最相符者在前；輸入編號可開啟紀錄。"
          "按鍵列於右方。"),
    .fill = fill,
    .choose = choose,
    .foot = true
};

void palette_open(struct app *app)
{
    struct view *below = view_top(app);
    struct menu *menu = menu_open(app, &palette_type, NULL);

    menu->about = palette_new(menu->view.arena, below);
    menu_fill(menu);
}
