/* Records that what is being typed may mean: a small list beside the field, which never takes the typing away. Down goes into
 * it, Enter takes, Esc closes it. In a reference it fills the field; in a new record it is that record, which comes back to
 * the form below, or is opened. */
#include "tui/view/form_parts.h"

#include "core/query/picks.h"
#include "core/query/seen.h"
#include "i18n/text.h"

enum { REST_MS = 200, NUMBER_COLUMNS = 16, LEAST_COLUMNS = 40 };

/* ---- where it is asked ---- */

static const struct field *list_of(const struct form_view *self, const struct form_line *line)
{
    return line->table == NO_TABLE ? line->field : self->form.tables[line->table].field;
}

/* A name or number of the very record that is made. */
static bool of_new_record(const struct form_view *self, const struct form_line *line)
{
    return self->act->form == ACT_MAKES && line->part != PART_REASON &&
           seen_tells(self->act->type, list_of(self, line), line->field);
}

/* A reference that is typed in and not understood yet. */
static bool of_reference(const struct form_line *line)
{
    return line->field->kind == KIND_REFERENCE && !text_present(line->decoded);
}

static bool is_asked(const struct form_view *self, const struct form_line *line)
{
    return line && line->touched && !line->shown_only &&
           seen_enough(editor_text(&line->editor)) &&
           (of_reference(line) || of_new_record(self, line));
}

/* ---- looking ---- */

static struct text words_of(struct form_view *self, const struct record *record,
                            struct arena *arena)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct app *app = self->view.app;

    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];
        struct text shown;

        if (!(field->flags & LISTED) || field->tag == TAG_NUMBER || field->tag == TAG_STATE ||
            !field_present(field, record))
            continue;
        shown = value_show(arena, field, field_value(field, record), app_lookup(app),
                           app_language(app));
        buffer_string(&out, out.len > 0 ? "  " : "");
        buffer_text(&out, shown);
    }
    return text_safe_in(arena, buffer_as_text(&out), TEXT_ONE_LINE);
}

static struct text number_of(const struct record *record, struct arena *arena)
{
    AUTO_BUFFER struct buffer id = { 0 };
    const struct field *field = field_find(record->type, TAG_NUMBER);

    if (field && field_present(field, record))
        return value_print(arena, field, field_value(field, record));
    key_print(&id, &record->key);
    return arena_text(arena, buffer_as_text(&id));
}

static void add_type(struct form_view *self, struct txn *txn, const struct record_type *type)
{
    struct offers *offers = &self->offers;
    struct record **found;
    size_t count;

    if (seen_find(txn, type, offers->typed, offers->arena, &found, &count) != ERR_OK)
        return; /* nothing is offered; whoever saves hears what is wrong */
    for (size_t i = 0; i < count && offers->count < OFFERS_MOST; i++)
        offers->items[offers->count++] =
            (struct offer){ found[i]->key, number_of(found[i], offers->arena),
                            words_of(self, found[i], offers->arena) };
}

static void look(struct form_view *self, const struct form_line *line)
{
    AUTO_TXN struct txn *txn = NULL;
    struct offers *offers = &self->offers;
    struct text rest;

    if (!offers->arena)
        offers->arena = arena_new();
    arena_reset(offers->arena);
    offers->line = line;
    offers->typed = arena_text(offers->arena, editor_text(&line->editor));
    offers->count = 0;
    offers->selected = -1;
    offers->closed = false;
    if (store_begin(&txn, self->view.app->store) != ERR_OK)
        return;
    if (!of_reference(line)) {
        add_type(self, txn, self->act->type);
        return;
    }
    rest = text_of(line->field->targets);
    while (text_present(rest)) {
        const struct record_type *type = type_named(text_split(rest, ' ', &rest));

        if (type)
            add_type(self, txn, type);
    }
}

/* What was looked for last stands in the line still. */
static bool is_known(const struct form_view *self, const struct form_line *line)
{
    return self->offers.line == line && self->offers.arena &&
           text_equal(self->offers.typed, editor_text(&line->editor));
}

int form_seen_rest_ms(struct form_view *self)
{
    const struct form_line *line = form_focused(&self->form);

    return is_asked(self, line) && !is_known(self, line) ? REST_MS : -1;
}

void form_seen_rest(struct form_view *self)
{
    const struct form_line *line = form_focused(&self->form);

    if (is_asked(self, line) && !is_known(self, line))
        look(self, line);
}

void form_seen_close(struct form_view *self)
{
    arena_free(self->offers.arena);
    self->offers = (struct offers){ .arena = NULL };
}

/* ---- showing ---- */

static bool is_shown(struct form_view *self)
{
    const struct form_line *line = form_focused(&self->form);

    return self->offers.count > 0 && !self->offers.closed && self->offers.line == line &&
           is_asked(self, line);
}

/* Under the field, or above it where there is no room. */
static struct rect place_of(const struct form_view *self, struct rect body)
{
    struct rect field = self->offers.line->box;
    int rows = self->offers.count + 2, column = field.column;
    int columns = body.column + body.columns - column - 1;

    if (columns < LEAST_COLUMNS) {
        columns = LEAST_COLUMNS;
        column = body.column + body.columns - columns - 1;
    }
    if (field.row + field.rows + rows <= body.row + body.rows)
        return (struct rect){ field.row + field.rows, column, rows, columns };
    return (struct rect){ field.row - rows, column, rows, columns };
}

void form_seen_draw(struct form_view *self, struct canvas *canvas, struct rect body)
{
    static const struct label titles[] = {
        L("Seen before: Down, Enter opens it", "已有紀錄：按下鍵及Enter開啟"),
        L("Seen before: Down, Enter uses it", "已有紀錄：按下鍵及Enter採用"),
        L("Down, Enter takes it", "按下鍵及Enter填入"),
    };
    const struct label *title;
    AUTO_ARENA struct arena *arena = arena_new();
    struct offers *offers = &self->offers;
    struct rect place;

    offers->place = (struct rect){ 0 };
    if (!is_shown(self) || offers->line->box.rows == 0)
        return;
    place = place_of(self, body);
    if (place.row < body.row)
        return;
    title = of_reference(offers->line) ? &titles[2] : &titles[self->view.answered != NULL];
    canvas_fill(canvas, place, ROLE_NORMAL);
    canvas_box(canvas, place, app_label(self->view.app, arena, title), ROLE_BORDER);
    for (int i = 0; i < offers->count; i++) {
        bool chosen = i == offers->selected;
        enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;
        int row = place.row + 1 + i, column = place.column + 1, columns = place.columns - 2;

        canvas_put_padded(canvas, row, column, 2, chosen ? TEXT(">") : TEXT(" "), role);
        canvas_put_padded(canvas, row, column + 2, NUMBER_COLUMNS, offers->items[i].number,
                          role);
        canvas_put_padded(canvas, row, column + 2 + NUMBER_COLUMNS,
                          columns - 2 - NUMBER_COLUMNS, offers->items[i].words, role);
        if (chosen)
            canvas_cursor(canvas, row, column);
    }
    offers->place = place;
}

/* ---- taking ---- */

static void take(struct form_view *self, int which)
{
    AUTO_BUFFER struct buffer id = { 0 };
    struct app *app = self->view.app;
    struct record_key key = self->offers.items[which].key;
    struct form_line *line = form_focused(&self->form);

    self->offers.closed = true;
    if (of_reference(line)) {
        key_print(&id, &key);
        form_set(&self->form, line, buffer_as_text(&id));
        return;
    }
    if (!self->view.answered) {
        sheet_open(app, &key); /* the form waits below it */
        return;
    }
    form_draft_drop(self);
    self->form.dirty = false;
    view_pop(app, &key);
}

static bool click(struct form_view *self, const struct key *key)
{
    struct rect place = self->offers.place;
    int row = key->row - place.row - 1;

    if (key->button != 1 || row < 0 || row >= self->offers.count ||
        key->column < place.column || key->column >= place.column + place.columns)
        return false;
    take(self, row);
    return true;
}

bool form_seen_key(struct form_view *self, const struct key *key)
{
    struct offers *offers = &self->offers;

    if (!is_shown(self) || offers->place.rows == 0)
        return false;
    switch (key->code) {
    case TKEY_MOUSE:
        return click(self, key);
    case TKEY_DOWN:
        offers->selected =
            offers->selected + 1 < offers->count ? offers->selected + 1 : offers->selected;
        return true;
    case TKEY_UP:
        if (offers->selected < 0)
            return false;
        offers->selected--;
        return true;
    case TKEY_ESCAPE:
        offers->closed = true;
        return true;
    case TKEY_ENTER:
        if (offers->selected < 0)
            return false;
        take(self, offers->selected);
        return true;
    default:
        offers->selected = -1;
        return false;
    }
}
