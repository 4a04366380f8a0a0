/* The selected record beside its list, read once the officer rests upon it: it is not sent at each key. */
#include "tui/view/list_parts.h"

#include "i18n/text.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/withheld.h"

enum { LINES_OF_ONE = 6 };

void list_detail_read(struct list_view *self)
{
    AUTO_TXN struct txn *txn = NULL;
    const struct record_key *key = grid_key_of(&self->grid);

    self->detail_due = false;
    self->detail = NULL;
    arena_reset(self->detail_arena);
    if (key && self->wide && store_begin(&txn, self->view.app->store) == ERR_OK &&
        record_get(txn, key, 0, self->detail_arena, &self->detail) != ERR_OK)
        self->detail = NULL;
}

/* Returns the row behind it. */
static int draw_field(struct list_view *self, struct canvas *canvas, struct rect place,
                      const struct field *field)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest = sheet_value(self->view.app, arena, self->detail, field), line;
    int end = place.row + place.rows, row = place.row;

    canvas_put(canvas, row++, place.column, place.columns,
               app_label(self->view.app, arena, &field->label), ROLE_LABEL);
    for (int n = 0; n < LINES_OF_ONE && row < end && text_wrap(&rest, place.columns - 2, &line);
         n++)
        canvas_put(canvas, row++, place.column + 2, place.columns - 2, line, ROLE_VALUE);
    return row;
}

void list_detail_draw(struct list_view *self, struct canvas *canvas, struct rect place)
{
    const struct record *record = self->detail;
    int end = place.row + place.rows;

    if (record)
        place.row = withheld_draw(self->view.app, canvas, place, record).row;
    place.rows = end - place.row;
    for (size_t i = 0; record && i < record->type->count && place.row < end; i++) {
        const struct field *field = &record->type->fields[i];

        if (!field_present(field, record) || (field->flags & UNLISTED) ||
            field->tag == TAG_APPROXIMATE)
            continue;
        place.row = draw_field(self, canvas, place, field);
        place.rows = end - place.row;
    }
}
