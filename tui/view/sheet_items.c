/* The items of a hand-over that goes on scan by scan: what went through, and what was taken back. */
#include "core/model/handover_line.h"
#include "i18n/text.h"
#include "tui/view/sheet.h"

enum { NUMBER_COLUMNS = 4, EXHIBIT_COLUMN = 6, TIME_COLUMNS = 17, STATE_COLUMNS = 12 };

static enum err items_read(struct sheet *self, struct txn *txn)
{
    return sheet_family(self, txn, handover_line_type.family, &self->items);
}

static const struct handover_line_record *item(const struct sheet *self, size_t i)
{
    return i < self->items.count && !self->items.damaged[i]
               ? (const struct handover_line_record *)self->items.records[i]
               : NULL;
}

static struct text shown(struct sheet *self, struct arena *arena,
                         const struct handover_line_record *line, uint16_t tag)
{
    const struct field *field = field_find(&handover_line_type, tag);

    return value_show(arena, field, field_value(field, &line->head), app_lookup(self->view.app),
                      sheet_language(self));
}

static void draw_item(struct sheet *self, struct canvas *canvas, struct rect line, size_t i)
{
    static const struct label back = L("taken back", "已撤銷");
    AUTO_ARENA struct arena *arena = arena_new();
    const struct handover_line_record *said = item(self, i);
    enum role role = (int)i == self->selected ? ROLE_SELECTED : ROLE_NORMAL;
    int time = line.columns - TIME_COLUMNS - STATE_COLUMNS;

    if (role == ROLE_SELECTED) {
        canvas_fill(canvas, line, role);
        canvas_put(canvas, line.row, 0, 1, TEXT(">"), role);
        canvas_cursor(canvas, line.row, 0);
    }
    canvas_put_right(canvas, line.row, 1, NUMBER_COLUMNS,
                     arena_printf(arena, "%zu", self->items.count - i), role);
    if (!said) {
        canvas_put_padded(canvas, line.row, EXHIBIT_COLUMN, line.columns - EXHIBIT_COLUMN,
                          app_words(self->view.app, arena,
                                    N_("This entry is damaged and is not shown.")),
                          ROLE_DAMAGED);
        return;
    }
    canvas_put_padded(canvas, line.row, EXHIBIT_COLUMN, time - EXHIBIT_COLUMN - 1,
                      shown(self, arena, said, tag_handover_line_exhibit), role);
    canvas_put(canvas, line.row, time, TIME_COLUMNS,
               shown(self, arena, said, tag_handover_line_occurred), role);
    if (said->taken_back == FLAG_YES)
        canvas_put(canvas, line.row, time + TIME_COLUMNS, STATE_COLUMNS,
                   label_text(arena, &back, sheet_language(self)), role);
}

static void items_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    self->rows = place.rows;
    if (self->items.count == 0)
        canvas_cursor(canvas, place.row, 0);
    for (int row = 0; row < place.rows && (size_t)(self->scroll + row) < self->items.count;
         row++)
        draw_item(self, canvas, (struct rect){ place.row + row, 0, 1, place.columns },
                  (size_t)(self->scroll + row));
}

static bool items_key(struct sheet *self, const struct key *key)
{
    return rows_key(self, key, (int)self->items.count, self->rows);
}

static bool items_can_open(struct sheet *self)
{
    return item(self, (size_t)self->selected) != NULL;
}

static bool items_open(struct sheet *self)
{
    struct record_key key = key_of_reference(item(self, (size_t)self->selected)->exhibit);

    sheet_open_at(self->view.app, &key, self->at);
    return true;
}

const struct tab_type items_tab = {
    .label = L("Items", "移交項目"),
    .read = items_read,
    .draw = items_draw,
    .key = items_key,
    .can_open = items_can_open,
    .open = items_open,
};
