/* The history of a record: each revision with its fields from what to what, and the record as at that moment. */
#include "tui/view/views.h"

#include "core/change/history.h"
#include "core/model/elements.h"
#include "i18n/text.h"

struct history {
    struct view view;
    struct record_key of;
    struct revision *revisions;
    size_t count;
    size_t selected;
    bool as_at; /* the whole record as it stood, instead of what changed */
    int scroll;
};

struct drawing {
    struct history *self;
    struct canvas *canvas;
    struct rect place;
    struct arena *arena;
    int row; /* of the text, from 0 */
};

static void put_line(struct drawing *drawing, int indent, struct text line, enum role role)
{
    int row = drawing->row++ - drawing->self->scroll;

    if (row >= 0 && row < drawing->place.rows)
        canvas_put(drawing->canvas, drawing->place.row + row, drawing->place.column + indent,
                   drawing->place.columns - indent, line, role);
}

static void put_wrapped(struct drawing *drawing, int indent, struct text text, enum role role)
{
    struct text rest = text, line;

    while (text_wrap(&rest, drawing->place.columns - indent, &line))
        put_line(drawing, indent, line, role);
}

/* The names of the fields that a record calls approximate. */
static struct text names_of_tags(struct drawing *drawing, const struct list *tags)
{
    const struct record_type *type =
        drawing->self->revisions[drawing->self->selected].record->type;
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < tags->count; i++) {
        const struct field *field =
            field_find(type, (uint16_t)((const struct tag_item *)tags->items)[i].tag.value);

        if (out.len > 0)
            buffer_string(&out, "; ");
        if (field)
            buffer_text(&out,
                        app_label(drawing->self->view.app, drawing->arena, &field->label));
    }
    return arena_text(drawing->arena, buffer_as_text(&out));
}

static struct text shown(struct drawing *drawing, const struct field *field, const void *value,
                         enum language language)
{
    if (field->tag == TAG_APPROXIMATE)
        return names_of_tags(drawing, value);
    return value_show(drawing->arena, field, value, app_lookup(drawing->self->view.app),
                      language);
}

static void put_change(const struct field *field, const void *a, const void *b, void *context)
{
    struct drawing *drawing = context;
    struct app *app = drawing->self->view.app;
    enum language language = value_differs_in(field, a, b, app_lookup(app), app_language(app));

    put_line(drawing, 0, app_label(drawing->self->view.app, drawing->arena, &field->label),
             ROLE_LABEL);
    if (a && field_kind(field)->present(a)) {
        put_line(drawing, 2, TEXT("-"), ROLE_DIM);
        drawing->row--;
        put_wrapped(drawing, 4, shown(drawing, field, a, language), ROLE_DIM);
    }
    if (b && field_kind(field)->present(b)) {
        put_line(drawing, 2, TEXT("+"), ROLE_GOOD);
        drawing->row--;
        put_wrapped(drawing, 4, shown(drawing, field, b, language), ROLE_VALUE);
    }
}

static void draw_revision(struct history *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct drawing drawing = { self, canvas, place, arena, 0 };
    const struct revision *now = &self->revisions[self->selected];
    const struct record *before =
        self->selected + 1 < self->count ? self->revisions[self->selected + 1].record : NULL;

    if (text_present(now->reason))
        put_wrapped(&drawing, 0, now->reason, ROLE_WARNING);
    if (now->damaged) {
        put_wrapped(&drawing, 0,
                    app_words(self->view.app, arena,
                              N_("This revision is damaged and is not shown.")),
                    ROLE_DAMAGED);
        return;
    }
    if (!now->record) {
        put_wrapped(
            &drawing, 0,
            app_words(self->view.app, arena,
                      N_("The text of this revision was lawfully erased; its proof stands.")),
            ROLE_WARNING);
        return;
    }
    record_diff(now->record->type, self->as_at ? NULL : before, now->record, put_change,
                &drawing);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct history *self = (struct history *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    int list = self->count < 7 ? (int)self->count : 7;
    size_t first = self->selected >= 7 ? self->selected - 6 : 0;
    static const struct label changed = L("What changed", "更改內容"),
                              stood = L("As at this moment", "截至此刻的內容");

    for (int i = 0; i < list; i++) {
        const struct revision *revision = &self->revisions[first + (size_t)i];
        const struct act *act = act_named(revision->act);
        AUTO_BUFFER struct buffer who = { 0 };
        char time[40];
        enum role role = first + (size_t)i == self->selected ? ROLE_SELECTED : ROLE_NORMAL;

        moment_print(time, moment_of_ms((int64_t)revision->time_ms, OFFSET_HONG_KONG));
        app_lookup(view->app)->reference(app_lookup(view->app)->context,
                                         (struct reference){ .id = revision->officer },
                                         app_language(view->app), &who);
        canvas_put_padded(canvas, body.row + i, 0, 2,
                          role == ROLE_SELECTED ? TEXT(">") : TEXT(" "), role);
        canvas_put_right(canvas, body.row + i, 2, 4,
                         arena_printf(arena, "%u", revision->revision), role);
        canvas_put_padded(canvas, body.row + i, 6, 20, arena_printf(arena, "  %s", time), role);
        canvas_put_padded(canvas, body.row + i, 26, 26,
                          act ? app_label(view->app, arena, &act->label) : revision->act, role);
        canvas_put_padded(canvas, body.row + i, 52, body.columns - 52, buffer_as_text(&who),
                          role);
    }
    canvas_rule(canvas, body.row + list, 0, body.columns,
                app_label(view->app, arena, self->as_at ? &stood : &changed), ROLE_BORDER);
    if (self->count > 0)
        draw_revision(self, canvas,
                      (struct rect){ body.row + list + 1, 1, body.rows - list - 1,
                                     body.columns - 2 });
    canvas_cursor(canvas, body.row + (int)(self->selected - first), 0);
}

static bool key(struct view *view, const struct key *key)
{
    struct history *self = (struct history *)view;

    switch (key->code) {
    case TKEY_DOWN:
        self->selected += self->selected + 1 < self->count;
        self->scroll = 0;
        return true;
    case TKEY_UP:
        self->selected -= self->selected > 0;
        self->scroll = 0;
        return true;
    case TKEY_PAGE_DOWN:
        self->scroll += 8;
        return true;
    case TKEY_PAGE_UP:
        self->scroll = self->scroll > 8 ? self->scroll - 8 : 0;
        return true;
    default:
        return false;
    }
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_words(view->app, arena, N_("History")));
}

static void run_as_at(struct view *view)
{
    struct history *self = (struct history *)view;

    self->as_at = !self->as_at;
    self->scroll = 0;
}

static const struct command commands[] = {
    { .name = "as-at",
      .key = KEY(F4),
      .other = KEY_OF('a'),
      .label = L("As at / changes", "截至此刻/更改"),
      .flags = COMMAND_BAR,
      .run = run_as_at,
      .help = L("The whole record as it stood then, or only what changed.",
                "顯示當時的全部內容，或只顯示更改。") },
    { .name = NULL },
};

static size_t records(struct view *view, struct record_key *out, size_t room)
{
    if (room == 0)
        return 0;
    *out = ((struct history *)view)->of;
    return 1;
}

const struct view_type history_view = {
    .name = "history",
    .label = L("History", "修訂紀錄"),
    .help = L("Every revision of a record: who made it, when, by which act, and what it "
              "changed. Nothing is ever overwritten.",
              "紀錄的歷次修訂：何人、何時、以何事項修訂及更改內容。資料不會被覆蓋。"),
    .commands = commands,
    .size = sizeof(struct history),
    .draw = draw,
    .key = key,
    .title = title,
    .records = records,
};

void history_open(struct app *app, const struct record_key *key)
{
    struct history *self = (struct history *)view_push(app, &history_view);
    AUTO_TXN struct txn *txn = NULL;
    enum err err;

    self->of = *key;
    err = store_begin(&txn, app->store);
    if (err == ERR_OK)
        err = history_read(txn, key, 0, 500, self->view.arena, &self->revisions, &self->count);
    if (err != ERR_OK) {
        app_fail(app);
        view_pop(app, NULL);
    }
}
