/* Help for a field, from its row in the table: what it holds, how it is typed, what it may hold, who sets it, its last change. */
#include "core/change/history.h"
#include "core/model/choices.h"
#include "i18n/text.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

enum { REVISIONS = 100 };

/* What the menu was opened for; lives as long as it. */
struct field_of {
    const struct field *field;
    struct record_key record; /* that is amended; id 0: none */
    struct revision last;     /* time 0: it is not known */
};

struct rows {
    struct menu *menu;
    struct menu_item *items;
    size_t count, room;
    struct text typed;
};

static void put(struct rows *rows, struct text name, struct text words)
{
    if (words.len > 0 && rows->count < rows->room &&
        (menu_matches(name, rows->typed) || menu_matches(words, rows->typed)))
        rows->items[rows->count++] = (struct menu_item){ .name = name, .words = words };
}

static struct text label(struct rows *rows, const struct label *words)
{
    return app_label(rows->menu->view.app, rows->menu->arena, words);
}

static void put_label(struct rows *rows, const struct label *name, const struct label *words)
{
    if (words->en)
        put(rows, label(rows, name), label(rows, words));
}

/* ---- what it holds and how it is typed ---- */

static void put_kind(struct rows *rows, const struct field *field)
{
    static const struct label kind = L("Kind", "類別"), how = L("How to type it", "輸入方法"),
                              most = L("At most", "上限"), preset = L("Begins with", "預設");
    struct message message;

    put_label(rows, &kind, &field_kind(field)->label);
    put_label(rows, &how, &field_kind(field)->how);
    if (field->kind == KIND_LIST)
        for (size_t i = 0; i < field->element->count; i++)
            put_label(rows, &field->element->fields[i].label,
                      &field_kind(&field->element->fields[i])->how);
    if (field->kind == KIND_TEXT || field->kind == KIND_BITEXT) {
        message_set(&message, N_("%zu characters"), field_max(field));
        put(rows, label(rows, &most),
            sentence(rows->menu->arena, &message, app_language(rows->menu->view.app)));
    }
    put(rows, label(rows, &preset), text_of(field->preset));
}

static void put_flags(struct rows *rows, const struct field *field)
{
    static const struct label name = L("Rules", "規則");
    static const struct {
        unsigned flag;
        struct label words;
    } flags[] = {
        { REQUIRED, L("It must be filled.", "必須填寫。") },
        { ONCE, L("It is typed once and not amended later.", "只填一次，其後不可修改。") },
        { BY_ACT, L("Acts set it; it is never typed.", "由事項設定，不可直接輸入。") },
        { SEARCHED, L("Its words are found by the search.", "搜尋功能可找到其字詞。") },
        { BLIND, L("Nobody is shown it.", "不向任何人顯示。") },
        { PRIVATE, L("It is seen by those who need to know, and in no list.",
                     "只供須知者查閱，不在清單顯示。") },
    };

    AUTO_BUFFER struct buffer all = { 0 };

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!(field->flags & flags[i].flag))
            continue;
        buffer_string(&all, all.len > 0 ? " " : "");
        buffer_text(&all, label(rows, &flags[i].words));
    }
    put(rows, label(rows, &name), arena_text(rows->menu->arena, buffer_as_text(&all)));
}

/* ---- who sets it ---- */

/* The roles that have a right, in the words of the table of roles. */
static void put_roles(struct buffer *out, struct rows *rows, enum right right)
{
    for (const struct choice *role = choices_role; role->code; role++) {
        struct text words = label(rows, &role->label);

        if (!(rights_of_role(text_of(role->code)) & right))
            continue;
        if (out->len > 0)
            buffer_string(out, "; ");
        buffer_text(out, words);
    }
}

static void put_act(struct rows *rows, const struct act *act)
{
    AUTO_BUFFER struct buffer roles = { 0 };

    put_roles(&roles, rows, act->right);
    put(rows, label(rows, &act->label), arena_text(rows->menu->arena, buffer_as_text(&roles)));
}

/* The acts whose forms ask for this field. */
static void put_acts(struct rows *rows, const struct field_of *of)
{
    for (const struct act *const *act = acts; *act; act++) {
        struct act_fields fields = act_fields(*act);
        bool asks = of->field >= fields.fields && of->field < fields.fields + fields.count;

        if (!(*act)->hidden && asks && act_takes(*act, of->field))
            put_act(rows, *act);
    }
}

/* ---- what it may hold ---- */

static void put_codes(struct rows *rows, const struct field *field)
{
    struct app *app = rows->menu->view.app;
    struct code_entry *codes;
    size_t count = codes_match(app->codes, field->codes, field->entity, TEXT(""), rows->room,
                               rows->menu->arena, &codes);

    for (size_t i = 0; i < count; i++) {
        struct label name = {
            arena_string(rows->menu->arena,
                         codes[i].name.en.len > 0 ? codes[i].name.en : TEXT("")),
            arena_string(rows->menu->arena,
                         codes[i].name.zh.len > 0 ? codes[i].name.zh : TEXT(""))
        };

        put(rows, codes[i].code, label(rows, &name));
    }
}

static void put_values(struct rows *rows, const struct field *field)
{
    static const struct label records = L("Records of", "有關紀錄");
    struct text rest = text_of(field->targets);

    for (const struct choice *choice = field->choices; choice && choice->code; choice++)
        put(rows, text_of(choice->code), label(rows, &choice->label));
    if (field->codes)
        put_codes(rows, field);
    while (text_present(rest)) {
        const struct record_type *type = type_named(text_split(rest, ' ', &rest));

        if (type)
            put_label(rows, &records, &type->plural);
    }
    if (field->kind == KIND_LIST && field->element->count > 0)
        put_values(rows, &field->element->fields[0]);
}

/* ---- its last change ---- */

/* The newest revision whose value is not that of the one before. */
static void last_change(struct field_of *of, struct app *app, struct arena *arena)
{
    AUTO_TXN struct txn *txn = NULL;
    struct revision *revisions;
    size_t count;

    if (of->record.id == 0 || store_begin(&txn, app->store) != ERR_OK ||
        history_read(txn, &of->record, 0, REVISIONS, arena, &revisions, &count) != ERR_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct record *now = revisions[i].record,
                            *before = i + 1 < count ? revisions[i + 1].record : NULL;

        if (!now || (i + 1 < count && !before) ||
            field_find(now->type, of->field->tag) != of->field)
            return; /* what was dropped or is damaged cannot be compared */
        if (before ? !value_equal(of->field, field_value(of->field, now),
                                  field_value(of->field, before))
                   : count < REVISIONS) {
            of->last = revisions[i];
            return;
        }
    }
}

static void put_last_change(struct rows *rows, const struct field_of *of)
{
    static const struct label name = L("Last change", "最近更改");
    const struct revision *last = &of->last;
    struct app *app = rows->menu->view.app;
    const struct act *act = act_named(last->act);
    AUTO_BUFFER struct buffer who = { 0 };
    struct text what;
    char time[40];

    if (last->time_ms == 0)
        return;
    moment_print(time, moment_of_ms((int64_t)last->time_ms, OFFSET_HONG_KONG));
    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = last->officer }, app_language(app),
                               &who);
    what = act ? label(rows, &act->label) : last->act;
    put(rows, label(rows, &name),
        arena_printf(rows->menu->arena, "%s  %.*s  %.*s", time, (int)who.len,
                     (const char *)who.data, (int)what.len, what.data));
}

/* ---- the menu ---- */

static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    static const struct label name = L("Field", "欄位"), what = L("What it holds", "內容"),
                              permanent = L("Name in files", "檔案內名稱"),
                              who = L("Who may set it, by which act", "何人可以何事項填寫"),
                              values = L("What it may hold", "可填的值");
    struct rows rows = { menu, items, 0, room, typed };
    const struct field_of *of = menu->about;
    struct menu_item *heading;

    if (!of)
        return 0; /* while it is being opened */
    put_label(&rows, &name, &of->field->label);
    put_label(&rows, &what, &of->field->help);
    put_kind(&rows, of->field);
    put_flags(&rows, of->field);
    put_last_change(&rows, of);
    put(&rows, label(&rows, &permanent), text_of(of->field->name));
    for (int part = 0; part < 2 && rows.count < room; part++) {
        heading = &items[rows.count++];
        *heading = (struct menu_item){ .name = label(&rows, part == 0 ? &who : &values),
                                       .heading = true };
        if (part == 0)
            put_acts(&rows, of);
        else
            put_values(&rows, of->field);
        if (heading == &items[rows.count - 1])
            rows.count--; /* nothing came under it */
    }
    return rows.count;
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    (void)item;
    view_pop(menu->view.app, NULL);
}

static const struct menu_type field_type = {
    .title = L("Help for this field: type to find a value", "本欄位說明：輸入字詞搜尋可填的值"),
    .help = L("What the field holds, how it is typed, and what it may hold.",
              "欄位的內容、輸入方法及可填的值。"),
    .fill = fill,
    .choose = choose,
    .wraps = true
};

void field_help_open(struct app *app, const struct field *field, const struct record *record)
{
    struct menu *menu = menu_open(app, &field_type, NULL);
    struct field_of *of = arena_alloc(menu->view.arena, sizeof *of);

    *of = (struct field_of){ .field = field };
    if (record)
        of->record = record->key;
    last_change(of, app, menu->view.arena);
    menu->about = of;
    menu_fill(menu);
}
