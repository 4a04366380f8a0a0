/* Where an exhibit comes from and what was made of it: the tree of splits, samples and joins from its first parent down, with
 * what each holds and where it stands. */
#include "tui/view/sheet.h"

#include "core/model/exhibit.h"
#include "i18n/text.h"

enum { DEPTH_MOST = 12, CHILDREN_PAGE = 64 };

/* The exhibit that all were split from; damage or a ring ends the way up. */
static struct record_key first_parent(struct sheet *self, struct txn *txn)
{
    struct record_key key = self->key;

    for (int level = 0; level < DEPTH_MOST; level++) {
        struct record *record;
        uint64_t parent;

        if (sheet_read(self, txn, &key, &record) != ERR_OK)
            return key;
        parent = ((const struct exhibit_record *)record)->parent.id;
        if (parent == 0)
            return key;
        key = (struct record_key){ .id = parent };
    }
    return key;
}

static enum err add_tree(struct sheet *self, struct txn *txn, const struct record_key *key,
                         int depth)
{
    struct lineage_row *row = &self->lineage[self->lineage_count];
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference parent = { .id = key->id };
    const void *values[] = { &parent };
    struct index_page page;
    enum err err;

    if (self->lineage_count == LINEAGE_MOST || depth == DEPTH_MOST) {
        self->lineage_more = true;
        return ERR_OK;
    }
    self->lineage_count++;
    *row = (struct lineage_row){ .key = *key, .depth = depth };
    err = sheet_read(self, txn, key, &row->record);
    if (err == ERR_MISSING || err == ERR_DAMAGED || err == ERR_REFUSED)
        row->record = NULL; /* named where it would have stood */
    else
        TRY(err);
    index_prefix(&prefix, &exhibit_type, index_named(&exhibit_type, "by_parent"), values, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, CHILDREN_PAGE,
                   self->arena, &page));
    self->lineage_more |= page.more;
    for (size_t i = 0; i < page.count; i++)
        TRY(add_tree(self, txn, &page.keys[i], depth + 1));
    return ERR_OK;
}

static enum err lineage_read(struct sheet *self, struct txn *txn)
{
    struct record_key first = first_parent(self, txn);

    self->lineage = arena_array(self->arena, LINEAGE_MOST, sizeof *self->lineage);
    self->lineage_count = 0;
    self->lineage_more = false;
    TRY(add_tree(self, txn, &first, 0));
    if ((size_t)self->selected >= self->lineage_count)
        self->selected = 0;
    return ERR_OK;
}

enum err lineage_there(struct sheet *self, struct txn *txn, bool *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference parent = { .id = self->key.id };
    const void *values[] = { &parent };
    struct index_page page;

    *out = ((const struct exhibit_record *)self->record)->parent.id != 0;
    index_prefix(&prefix, &exhibit_type, index_named(&exhibit_type, "by_parent"), values, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, 1, arena, &page));
    *out |= page.count > 0;
    return ERR_OK;
}

/* ---- drawing ---- */

static struct text shown(struct sheet *self, struct arena *arena, const struct record *record,
                         uint16_t tag)
{
    const struct field *field = field_find(record->type, tag);

    return field_present(field, record)
               ? value_show(arena, field, field_value(field, record),
                            app_lookup(self->view.app), sheet_language(self))
               : TEXT("");
}

/* What is there now, and of how much: "880 / 1,000 kg" where some of it went elsewhere. */
static struct text amount(struct sheet *self, struct arena *arena, const struct record *record)
{
    struct text all = shown(self, arena, record, tag_exhibit_quantity),
                left = shown(self, arena, record, tag_exhibit_remaining);

    return left.len == 0 ? all
                         : arena_printf(arena, "%.*s / %.*s", (int)left.len, left.data,
                                        (int)all.len, all.data);
}

static void draw_row(struct sheet *self, struct canvas *canvas, int at, int columns,
                     const struct lineage_row *row, bool chosen)
{
    AUTO_ARENA struct arena *arena = arena_new();
    enum role role = chosen                        ? ROLE_SELECTED
                     : row->key.id == self->key.id ? ROLE_PLACE
                                                   : ROLE_NORMAL;
    int column = 2 + 2 * row->depth, state = columns - 20;

    if (chosen) {
        canvas_fill(canvas, (struct rect){ at, 0, 1, columns }, role);
        canvas_put(canvas, at, 0, 1, TEXT(">"), role);
        canvas_cursor(canvas, at, 0);
    }
    if (row->depth > 0)
        canvas_put(canvas, at, column - 2, 2, TEXT("+-"), role);
    if (!row->record) {
        canvas_put(canvas, at, column, columns - column,
                   app_words(self->view.app, arena,
                             N_("This entry is damaged and is not shown.")),
                   ROLE_DAMAGED);
        return;
    }
    column += canvas_put(canvas, at, column, 14,
                         shown(self, arena, row->record, tag_exhibit_number), role) +
              1;
    canvas_put(canvas, at, column, 36 - column,
               shown(self, arena, row->record, tag_exhibit_commodity), role);
    canvas_put(canvas, at, 37, state - 38, amount(self, arena, row->record), role);
    canvas_put(canvas, at, state, columns - state,
               shown(self, arena, row->record, tag_exhibit_state), role);
}

/* What was used up or lost of the record itself, below its row; else nothing. */
static int draw_gone(struct sheet *self, struct canvas *canvas, int at, int columns,
                     const struct lineage_row *row)
{
    static const uint16_t gone[] = { tag_exhibit_used_up, tag_exhibit_lost };
    AUTO_ARENA struct arena *arena = arena_new();
    int column = 6 + 2 * row->depth, start = column;

    for (size_t i = 0; row->record && i < sizeof gone / sizeof *gone; i++) {
        struct text value = shown(self, arena, row->record, gone[i]);
        struct text label =
            label_text(arena, &field_find(&exhibit_type, gone[i])->label, sheet_language(self));

        if (value.len > 0)
            column += canvas_put(canvas, at, column, columns - column,
                                 arena_printf(arena, "%.*s %.*s  ", (int)label.len, label.data,
                                              (int)value.len, value.data),
                                 ROLE_DIM);
    }
    return column > start;
}

static void lineage_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int at = place.row + 1, last = place.row + place.rows - 1;

    self->rows = place.rows - 1;
    if (self->lineage_count == 1)
        canvas_put_padded(canvas, last, 1, place.columns - 2,
                          app_words(self->view.app, arena,
                                    N_("Nothing was split from this exhibit or joined to it.")),
                          ROLE_DIM);
    for (size_t i = (size_t)self->scroll; i < self->lineage_count && at < last; i++) {
        draw_row(self, canvas, at++, place.columns, &self->lineage[i],
                 (int)i == self->selected);
        if (at < last)
            at += draw_gone(self, canvas, at, place.columns, &self->lineage[i]);
    }
    if (self->lineage_more)
        canvas_put_padded(
            canvas, last, 1, place.columns - 2,
            app_words(self->view.app, arena,
                      N_("There are more than are shown; open one to see its own.")),
            ROLE_DIM);
}

static bool lineage_key(struct sheet *self, const struct key *key)
{
    return rows_key(self, key, (int)self->lineage_count, self->rows / 2);
}

static bool lineage_can_open(struct sheet *self)
{
    return (size_t)self->selected < self->lineage_count &&
           self->lineage[self->selected].key.id != self->key.id;
}

static bool lineage_open(struct sheet *self)
{
    struct record_key key = self->lineage[self->selected].key;

    sheet_open_at(self->view.app, &key, self->at);
    return true;
}

const struct tab_type lineage_tab = {
    .label = L("Lineage", "分拆來源"),
    .read = lineage_read,
    .draw = lineage_draw,
    .key = lineage_key,
    .can_open = lineage_can_open,
    .open = lineage_open,
};
