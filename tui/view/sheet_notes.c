/* The running sheet: newest first, whole texts, and words to be found in it. */
#include "tui/view/sheet.h"

#include "i18n/fold.h"
#include "i18n/text.h"

struct reading {
    struct sheet *self;
    struct canvas *canvas;
    struct rect place;
    struct arena *arena;
    struct text sought; /* folded; empty: none */
    int row;
};

static struct text folded(struct arena *arena, struct text t)
{
    AUTO_BUFFER struct buffer out = { 0 };

    fold(&out, t);
    return arena_text(arena, buffer_as_text(&out));
}

static struct text note_text(struct reading *r, const struct note_record *note)
{
    const struct field *field = field_find(&note_type, tag_note_text);

    return value_show(r->arena, field, field_value(field, &note->head),
                      app_lookup(r->self->view.app), app_language(r->self->view.app));
}

static bool row_seen(const struct reading *r)
{
    return r->row >= r->self->scroll && r->row < r->self->scroll + r->place.rows;
}

static int screen_row(const struct reading *r)
{
    return r->place.row + r->row - r->self->scroll;
}

static bool holds(struct reading *r, struct text t)
{
    return r->sought.len > 0 && fold_contains(folded(r->arena, t), r->sought);
}

static void put_line(struct reading *r, struct text line, enum role role)
{
    if (row_seen(r))
        canvas_put(r->canvas, screen_row(r), 2, r->place.columns - 4, line,
                   holds(r, line) ? ROLE_MATCH : role);
    r->row++;
}

static void put_wrapped(struct reading *r, struct text text, enum role role)
{
    struct text rest = text, line;

    while (text_wrap(&rest, r->place.columns - 4, &line))
        put_line(r, line, role);
}

/* "3 · 2026-11-20 09:00 · Action taken · who": the number is what a correction names. */
static void put_head(struct reading *r, const struct record *record, bool damaged)
{
    struct app *app = r->self->view.app;
    struct text head =
        damaged ? app_words(app, r->arena, N_("This entry is damaged and is not shown."))
                : note_head(app, r->arena, (const struct note_record *)record);
    struct text words =
        arena_printf(r->arena, "%u · %.*s", record->key.n, (int)head.len, head.data);
    int columns = text_width(words) + 6;

    if (row_seen(r))
        canvas_rule(r->canvas, screen_row(r), 0,
                    columns < r->place.columns ? columns : r->place.columns, words,
                    damaged ? ROLE_DAMAGED : ROLE_BORDER);
    r->row++;
}

static void put_note(struct reading *r, size_t i)
{
    struct family_page *notes = &r->self->notes;
    const struct note_record *note = (const struct note_record *)notes->records[i];
    struct text text;

    if (notes->damaged[i]) {
        put_head(r, &note->head, true);
        return;
    }
    text = note_text(r, note);
    if (r->sought.len > 0 && !holds(r, text) &&
        !holds(r, note_head(r->self->view.app, r->arena, note)))
        return;
    put_head(r, &note->head, false);
    put_wrapped(r, text, ROLE_VALUE);
    if (text_present(note->notebook))
        put_wrapped(r, note->notebook, ROLE_DIM);
    if (text_present(note->remark))
        put_wrapped(r, note->remark, ROLE_DIM);
}

static int draw_seeker(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    static const struct label find = L("Find", "搜尋");
    int column = 1;

    if (!self->view.typing && self->sought.text.len == 0)
        return 0;
    column += canvas_put(canvas, place.row, column, 20, app_label(self->view.app, arena, &find),
                         ROLE_LABEL) +
              1;
    editor_draw(&self->sought, canvas, (struct rect){ place.row, column, 1, 40 },
                self->view.typing ? ROLE_FIELD_FOCUS : ROLE_FIELD, self->view.typing);
    return 1;
}

static void notes_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int head = draw_seeker(self, canvas, place);
    struct reading r = { .self = self,
                         .canvas = canvas,
                         .place = { place.row + head, 0, place.rows - head, place.columns },
                         .arena = arena,
                         .sought = folded(arena, text_trim(editor_text(&self->sought))) };

    if (!self->view.typing)
        canvas_cursor(canvas, r.place.row, 0);
    for (size_t i = 0; i < self->notes.count; i++)
        put_note(&r, i);
    self->rows = r.place.rows;
    self->text_rows = r.row;
    if (r.row == 0)
        canvas_put(canvas, r.place.row + 1, 2, place.columns - 4,
                   app_words(self->view.app, arena,
                             self->notes.count == 0 ? N_("Nothing is written here yet.")
                                                    : N_("No entry holds these words.")),
                   ROLE_DIM);
}

void notes_seek(struct sheet *self)
{
    self->view.typing = true;
    self->scroll = 0;
}

static bool seek_key(struct sheet *self, const struct key *key)
{
    if (key->code == TKEY_ENTER || key->code == TKEY_DOWN || key->code == TKEY_ESCAPE) {
        self->view.typing = false;
        if (key->code == TKEY_ESCAPE)
            editor_set(&self->sought, TEXT(""));
        return true;
    }
    self->scroll = 0;
    return editor_key(&self->sought, key) != EDITOR_IGNORED || key->code == TKEY_CHARACTER ||
           key->code == TKEY_PASTE;
}

static bool notes_key(struct sheet *self, const struct key *key)
{
    if (self->view.typing)
        return seek_key(self, key);
    if (key->code != TKEY_ESCAPE)
        return key_moves(key, self->text_rows - self->rows + 1, self->rows - 1, &self->scroll);
    if (self->sought.text.len == 0)
        return false;
    editor_set(&self->sought, TEXT(""));
    return true;
}

static enum err notes_read(struct sheet *self, struct txn *txn)
{
    return sheet_family(self, txn, note_type.family, &self->notes);
}

static bool notes_can_open(struct sheet *self)
{
    return self->view.typing; /* Enter ends the typing */
}

static bool notes_open(struct sheet *self)
{
    self->view.typing = false;
    return true;
}

const struct tab_type notes_tab = {
    .label = L("Running sheet", "調查日誌"),
    .read = notes_read,
    .draw = notes_draw,
    .key = notes_key,
    .can_open = notes_can_open,
    .open = notes_open,
};
