/* The history of a record: each revision with its fields from what to what, and the record as at that moment. */
#include "tui/view/views.h"

#include "core/change/history.h"
#include "core/model/elements.h"
#include "i18n/difference.h"
#include "i18n/text.h"
#include "tui/view/as_at.h"

enum { REVISIONS_MOST = 500, REVISIONS_SHOWN = 7, LABELS = 24, LONG_TEXT = 60, AROUND = 24 };

struct history {
    struct view view;
    struct record_key of;
    struct revision *revisions;
    size_t count;
    size_t read; /* one more than count, where there are more than are listed */
    size_t selected;
    bool as_at; /* the whole record as it stood, instead of what changed */
    int scroll;
    int furthest; /* to which it can be scrolled, as last drawn */
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

/* A mark, and the text beside it. */
static void put_marked(struct drawing *drawing, const char *mark, struct text text,
                       enum role role)
{
    if (!drawing->self->as_at) { /* the whole record: nothing is new or gone */
        put_line(drawing, 2, text_of(mark), role);
        drawing->row--;
    }
    put_wrapped(drawing, 4, text, role);
}

/* The rows of one list that the other has not. */
static void put_rows(struct drawing *drawing, const struct field *field, const struct list *of,
                     const struct list *other, const char *mark, enum language language)
{
    size_t size = field->element->size;

    for (size_t i = 0; i < of->count; i++) {
        struct list one = { (const char *)of->items + i * size, 1 };
        bool there = false;

        for (size_t k = 0; k < other->count && !there; k++) {
            struct list same = { (const char *)other->items + k * size, 1 };

            there = value_equal(field, &one, &same);
        }
        if (!there)
            put_marked(drawing, mark, shown(drawing, field, &one, language),
                       *mark == '-' ? ROLE_DIM : ROLE_VALUE);
    }
}

static bool is_text(const struct field *field)
{
    return field->kind == KIND_TEXT || field->kind == KIND_BITEXT;
}

/* Of a long text only what changed, with a few words around it. */
static void put_difference(struct drawing *drawing, struct text old, struct text new)
{
    struct difference *parts;
    size_t count;

    text_difference(old, new, drawing->arena, &parts, &count);
    put_marked(drawing, "~", difference_shown(parts, count, AROUND, drawing->arena),
               ROLE_VALUE);
}

/* "before -> after" on the label's own row where it has room, else below it. */
static bool put_short(struct drawing *drawing, struct text label, struct text old,
                      struct text new)
{
    struct text words = arena_printf(drawing->arena, "%.*s -> %.*s", (int)old.len, old.data,
                                     (int)new.len, new.data);
    int room = drawing->place.columns - LABELS - 2;

    if (old.len == 0)
        words = drawing->self->as_at
                    ? new
                    : arena_printf(drawing->arena, "+ %.*s", (int)new.len, new.data);
    if (new.len == 0)
        words = arena_printf(drawing->arena, "- %.*s", (int)old.len, old.data);
    if (text_width(label) > LABELS || text_width(words) > room)
        return false;
    put_line(drawing, LABELS - text_width(label), label, ROLE_LABEL);
    drawing->row--;
    put_line(drawing, LABELS + 2, words, ROLE_VALUE);
    return true;
}

static void put_change(const struct field *field, const void *a, const void *b, void *context)
{
    static const struct list nothing = { NULL, 0 };
    struct drawing *drawing = context;
    struct app *app = drawing->self->view.app;
    enum language language = value_differs_in(field, a, b, app_lookup(app), app_language(app));
    struct text label = app_label(app, drawing->arena, &field->label), old = TEXT(""),
                new = TEXT("");
    bool was = a && field_kind(field)->present(a), is = b && field_kind(field)->present(b);

    if (field->kind == KIND_LIST && field->tag != TAG_APPROXIMATE) {
        put_line(drawing, 0, label, ROLE_LABEL);
        put_rows(drawing, field, a ? a : &nothing, b ? b : &nothing, "-", language);
        put_rows(drawing, field, b ? b : &nothing, a ? a : &nothing, "+", language);
        return;
    }
    if (was)
        old = shown(drawing, field, a, language);
    if (is)
        new = shown(drawing, field, b, language);
    if (put_short(drawing, label, old, new))
        return;
    put_line(drawing, 0, label, ROLE_LABEL);
    if (was && is && is_text(field) && (old.len > LONG_TEXT || new.len > LONG_TEXT)) {
        put_difference(drawing, old, new);
        return;
    }
    if (was)
        put_marked(drawing, "-", old, ROLE_DIM);
    if (is)
        put_marked(drawing, "+", new, ROLE_VALUE);
}

/* Where it stands in the journal, and what the journal is committed to: "entry 1369, 5dc9..4328". */
static void put_entry(struct drawing *drawing, const struct revision *revision)
{
    struct history *self = drawing->self;
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer hex = { 0 };
    struct statement_item item;
    struct revision read;
    struct message message;

    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        revision_read(txn, &self->of, revision->sequence, drawing->arena, &read, &item) !=
            ERR_OK)
        return;
    hex_encode(&hex, (struct bytes){ item.commitment.byte, sizeof item.commitment.byte });
    message_set(&message, N_("Journal entry %llu, body %s"),
                (unsigned long long)revision->sequence,
                arena_printf(drawing->arena, "%.4s..%.4s", (const char *)hex.data,
                             (const char *)hex.data + hex.len - 4)
                    .data);
    put_line(drawing, 0, sentence(drawing->arena, &message, app_language(self->view.app)),
             ROLE_DIM);
}

/* Behind the oldest that is listed. */
static void put_more(struct drawing *drawing)
{
    const struct history *self = drawing->self;
    struct message message;

    if (self->read == self->count || self->selected + 1 < self->count)
        return;
    message_set(&message,
                N_("The newest %d revisions are listed here. On the command line, \"tidewaiter "
                   "show\" with the word \"history\" lists all."),
                (int)REVISIONS_MOST);
    put_wrapped(drawing, 0, sentence(drawing->arena, &message, app_language(self->view.app)),
                ROLE_WARNING);
}

static void put_revision(struct drawing *drawing)
{
    struct history *self = drawing->self;
    struct arena *arena = drawing->arena;
    const struct revision *now = &self->revisions[self->selected];
    const struct record *before =
        self->selected + 1 < self->read ? self->revisions[self->selected + 1].record : NULL;

    put_more(drawing);
    put_entry(drawing, now);
    if (text_present(now->reason))
        put_wrapped(drawing, 0, now->reason, ROLE_WARNING);
    if (text_present(now->remark))
        put_wrapped(drawing, 0, now->remark, ROLE_VALUE);
    if (now->damaged) {
        put_wrapped(drawing, 0,
                    app_words(self->view.app, arena,
                              N_("This revision is damaged and is not shown.")),
                    ROLE_DAMAGED);
        return;
    }
    if (!now->record) {
        put_wrapped(
            drawing, 0,
            app_words(self->view.app, arena,
                      N_("The text of this revision was lawfully erased; its proof stands.")),
            ROLE_WARNING);
        return;
    }
    record_diff(now->record->type, self->as_at ? NULL : before, now->record, put_change,
                drawing);
}

static void draw_revision(struct history *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct drawing drawing = { self, canvas, place, arena, 0 };

    put_revision(&drawing);
    self->furthest = drawing.row > place.rows ? drawing.row - place.rows : 0;
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct history *self = (struct history *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    int list = self->count < REVISIONS_SHOWN ? (int)self->count : REVISIONS_SHOWN;
    size_t first = self->selected >= REVISIONS_SHOWN ? self->selected - REVISIONS_SHOWN + 1 : 0;
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
    case TKEY_HOME:
        self->selected = 0;
        self->scroll = 0;
        return true;
    case TKEY_END:
        self->selected = self->count > 0 ? self->count - 1 : 0;
        self->scroll = 0;
        return true;
    case TKEY_PAGE_DOWN:
        self->scroll = self->scroll + 8 < self->furthest ? self->scroll + 8 : self->furthest;
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

/* The sheet, and all that is opened from it, as it stood when this revision had been made. */
static void run_sheet(struct view *view)
{
    struct history *self = (struct history *)view;
    const struct revision *revision = &self->revisions[self->selected];
    struct record_key key = self->of;

    sheet_open_at(view->app, &key,
                  (struct as_at){ .size = revision->sequence + 1,
                                  .time_ms = revision->time_ms });
}

static bool has_revision(struct view *view)
{
    struct history *self = (struct history *)view;

    return self->selected < self->count && self->revisions[self->selected].record;
}

static const struct command commands[] = {
    { .name = "open",
      .key = KEY(ENTER),
      .other = KEY_OF('t'),
      .label = L("As at then", "截至當時"),
      .flags = COMMAND_BAR,
      .run = run_sheet,
      .possible = has_revision,
      .help = L("The record and all that hangs on it, as they stood when this was saved.",
                "檢視此修訂儲存時的紀錄及其一切相關紀錄。") },
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
        err = history_read(txn, key, 0, REVISIONS_MOST + 1, self->view.arena, &self->revisions,
                           &self->read);
    self->count = self->read < REVISIONS_MOST ? self->read : REVISIONS_MOST;
    if (err != ERR_OK) {
        app_fail(app);
        view_pop(app, NULL);
    }
}
