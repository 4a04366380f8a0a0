/* Two menus: the pick list of a field, and the acts of a record. */

#include <stdint.h>

#include "core/base/seams.h"
#include "core/query/query.h"
#include "tui/view/menu.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/views.h"

/* The filler's items are the menu's own arena's. */
static struct text both_words(struct menu *menu, const struct bitext *name)
{
    struct label label = {
        arena_string(menu->arena, text_present(name->en) ? name->en : TEXT("")),
        arena_string(menu->arena, text_present(name->zh) ? name->zh : TEXT(""))
    };

    return app_label(menu->view.app, menu->arena, &label);
}

/* ---- pick list of a field ---- */

static size_t fill_choices(struct menu *menu, const struct field *field, struct text typed,
                           struct menu_item *items, size_t room)
{
    size_t count = 0;

    for (const struct choice *choice = field->choices; choice->code && count < room; choice++) {
        struct text words = label_text(menu->arena, &choice->label, LANGUAGE_BOTH);

        if (menu_matches(words, typed) || menu_matches(text_of(choice->code), typed))
            items[count++] = (struct menu_item){ .name = text_of(choice->code),
                                                 .words = app_label(menu->view.app, menu->arena,
                                                                    &choice->label) };
    }
    return count;
}

static size_t fill_codes(struct menu *menu, const struct field *field, struct text typed,
                         struct menu_item *items, size_t room)
{
    struct code_entry *entries;
    size_t count = codes_match(menu->view.app->codes, field->codes, field->entity, typed, room,
                               menu->arena, &entries);

    for (size_t i = 0; i < count; i++)
        items[i] = (struct menu_item){ .name = entries[i].code,
                                       .words = both_words(menu, &entries[i].name) };
    return count;
}

/* Records of the field's types: found by the search box's rules, or the newest of each type. */
static size_t fill_references(struct menu *menu, const struct field *field, struct text typed,
                              struct menu_item *items, size_t room)
{
    AUTO_TXN struct txn *txn = NULL;
    struct text rest = text_of(field->targets);
    struct app *app = menu->view.app;
    size_t count = 0;

    if (store_begin(&txn, app->store) != ERR_OK)
        return 0;
    while (text_present(rest) && count < room) {
        const struct record_type *type = type_named(text_split(rest, ' ', &rest));
        struct query query = { .type = type, .index = &type->indexes[0], .direction = FORWARD };
        struct filter *filter = NULL;
        struct query_slice slice;
        struct message why;

        if (typed.len > 0 &&
            filter_parse(&filter, menu->arena, type, typed, app_lookup(app), &why) != ERR_OK)
            return count;
        query.filter = filter;
        if (query_slice(txn, &query, (struct bytes){ 0 }, room - count < 60 ? room - count : 60,
                        100, app_lookup(app), menu->arena, &slice) != ERR_OK)
            return count;
        for (size_t i = 0; i < slice.count; i++) {
            AUTO_BUFFER struct buffer id = { 0 }, title = { 0 };

            if (slice.rows[i].damaged)
                continue;
            key_print(&id, &slice.rows[i].key);
            app_lookup(app)->reference(app_lookup(app)->context,
                                       reference_of(slice.rows[i].record), app_language(app),
                                       &title);
            items[count++] =
                (struct menu_item){ .name = arena_text(menu->arena, buffer_as_text(&id)),
                                    .words = arena_text(menu->arena, buffer_as_text(&title)) };
        }
    }
    return count;
}

static size_t fill_field(struct menu *menu, struct text typed, struct menu_item *items,
                         size_t room)
{
    const struct field *field = menu->about;

    if (field->kind == KIND_LIST && field->element->count > 0)
        field = &field->element->fields[0];
    switch (field->kind) {
    case KIND_CHOICE:
        return fill_choices(menu, field, typed, items, room);
    case KIND_CODE:
        return fill_codes(menu, field, typed, items, room);
    case KIND_REFERENCE:
        return fill_references(menu, field, typed, items, room);
    default:
        return 0;
    }
}

static void choose_field(struct menu *menu, const struct menu_item *item)
{
    struct text chosen = item->name;

    view_pop(menu->view.app, &chosen);
}

static const struct menu_type picker_type = {
    .title = L("Choose", "揀選"),
    .help = L("What this field may hold: type a code or a part of a name, Enter takes it.",
              "此欄可填的內容：輸入編碼或部分名稱，按Enter選用。"),
    .fill = fill_field,
    .choose = choose_field,
    .name_columns = 16
};

void picker_open(struct app *app, const struct field *field,
                 void (*answered)(struct view *below, void *result))
{
    struct menu *menu = menu_open(app, &picker_type, field);

    menu->view.answered = answered;
}

/* ---- acts ---- */

static struct menu_item act_item(struct menu *menu, const struct act *act)
{
    struct text label = app_label(menu->view.app, menu->arena, &act->label),
                help = app_label(menu->view.app, menu->arena, &act->help);

    return (struct menu_item){ .name = label, .words = help, .data = act };
}

static bool act_wanted(struct menu *menu, const struct act *act, struct text typed)
{
    return menu_matches(label_text(menu->arena, &act->label, LANGUAGE_BOTH), typed) ||
           menu_matches(text_of(act->name), typed);
}

/* An act that makes a record which must name one of this type: a seizure of a case, an exhibit of a seizure. */
static bool makes_part_of(const struct act *act, const struct record_type *type)
{
    if (act->form != ACT_MAKES)
        return false;
    for (size_t i = 0; i < act->type->count; i++) {
        const struct field *field = &act->type->fields[i];

        if (field->kind == KIND_REFERENCE && (field->flags & REQUIRED) &&
            act_takes(act, field) && text_is(text_of(field->targets), type->name))
            return true;
    }
    return false;
}

/* Acts on this record, free acts of its type (hand over, shelve), and what is made as a part of it. */
static size_t fill_acts(struct menu *menu, struct text typed, struct menu_item *items,
                        size_t room)
{
    const struct record *record = menu->about;
    size_t count = 0;

    for (const struct act *const *act = acts; record && *act && count < room; act++)
        if (!(*act)->hidden &&
            (makes_part_of(*act, record->type) ||
             ((*act)->type == record->type && (*act)->form != ACT_MAKES)) &&
            act_allowed(&menu->view.app->session, *act) && act_wanted(menu, *act, typed))
            items[count++] = act_item(menu, *act);
    return count;
}

static void choose_act(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    const struct act *act = item->data;
    struct record *record = (struct record *)(uintptr_t)menu->about;
    struct record *copy;
    AUTO_ARENA struct arena *arena = arena_new();

    copy = record_copy(arena, record);
    view_pop(app, NULL);
    form_open_act(app, act, act->form == ACT_AMENDS ? copy : NULL, copy);
}

static const struct menu_type acts_type = {
    .title = L("What can be done", "可執行事項"),
    .help = L("The acts that you may do with this record, and what may be added to it.",
              "你可就此紀錄執行的事項，以及可加入的紀錄。"),
    .fill = fill_acts,
    .choose = choose_act,
    .name_columns = 26
};

void acts_open(struct app *app, struct record *record)
{
    struct menu *menu = menu_open(app, &acts_type, NULL);

    /* Its own, for the sheet below reads its record anew when the language changes. */
    menu->about = record_copy(menu->view.arena, record);
    menu_fill(menu);
}
