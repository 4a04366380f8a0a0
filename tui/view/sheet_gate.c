/* May an exhibit be disposed of? Everything that stands against it, a row each; Enter opens the record that blocks it. */
#include "tui/view/sheet.h"

#include <string.h>

#include "core/base/seams.h"
#include "core/model/disposal_gate.h"
#include "i18n/text.h"

enum { HEAD_ROWS = 2, REASON_ROWS = 3 };

static enum err gate_load(struct sheet *self, struct txn *txn)
{
    struct gate_question question = { .txn = txn,
                                      .arena = self->arena,
                                      .exhibit = (const struct exhibit_record *)self->record,
                                      .today = date_of_ms(now_ms(), OFFSET_HONG_KONG) };

    self->gate = (struct findings){ .arena = self->arena };
    return disposal_gate(&question, &self->gate);
}

static size_t reasons(const struct findings *findings)
{
    size_t count = 0;

    for (size_t i = 0; i < findings->count; i++)
        count += findings->items[i]->severity == SEVERITY_ERROR;
    return count;
}

static void draw_verdict(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    const struct exhibit_record *exhibit = (const struct exhibit_record *)self->record;
    size_t against = reasons(&self->gate);
    struct message message;
    bool goes_back =
        text_is(exhibit->legal_status, "L06") || text_is(exhibit->legal_status, "L08");

    if (against > 0)
        message_set(&message, N_("It may not be disposed of; reasons against it: %zu."),
                    against);
    else
        message_set(&message, goes_back ? N_("It may be returned to its owner.")
                                        : N_("It may be disposed of."));
    canvas_put_padded(canvas, place.row, 1, place.columns - 2,
                      sentence(arena, &message, app_language(app)),
                      against > 0 ? ROLE_WARNING : ROLE_GOOD);
}

/* "E-000004-E", "DP-000002-I": what Enter opens. */
static struct text names(struct sheet *self, struct arena *arena, const struct finding *finding)
{
    AUTO_BUFFER struct buffer out = { 0 };

    if (finding->record.id == self->key.id)
        return (struct text){ 0 };
    app_lookup(self->view.app)
        ->reference(app_lookup(self->view.app)->context,
                    (struct reference){ .id = finding->record.id }, LANGUAGE_EN, &out);
    return arena_text(arena, text_split(buffer_as_text(&out), ' ', &(struct text){ 0 }));
}

/* Returns its rows. */
static int draw_reason(struct sheet *self, struct canvas *canvas, struct rect place, size_t i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct finding *finding = self->gate.items[i];
    bool chosen = (int)i == self->selected;
    enum role role = chosen                                ? ROLE_SELECTED
                     : finding->severity == SEVERITY_ERROR ? ROLE_NORMAL
                                                           : ROLE_DIM;
    int words = place.columns - 24, rows = 0;
    struct text rest = sentence(arena, &finding->message, app_language(self->view.app)), line;

    if (chosen) {
        canvas_fill(canvas, (struct rect){ place.row, 0, 1, place.columns }, role);
        canvas_put(canvas, place.row, 0, 1, TEXT(">"), role);
        canvas_cursor(canvas, place.row, 0);
    }
    canvas_put_right(canvas, place.row, 1, 3, arena_printf(arena, "%zu", i + 1), role);
    canvas_put_right(canvas, place.row, place.columns - 17, 16, names(self, arena, finding),
                     role);
    for (; rows < REASON_ROWS && rows < place.rows && text_wrap(&rest, words, &line); rows++)
        canvas_put(canvas, place.row + rows, 5, words, line, rows == 0 ? role : ROLE_NORMAL);
    return rows > 0 ? rows : 1;
}

static void gate_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    int row = place.row + HEAD_ROWS, end = place.row + place.rows;

    draw_verdict(self, canvas, place);
    self->rows = place.rows - HEAD_ROWS;
    for (size_t i = (size_t)self->scroll; i < self->gate.count && row < end; i++) {
        struct rect rest = { row, 0, end - row, place.columns };

        row += draw_reason(self, canvas, rest, i);
    }
    if (self->gate.count == 0)
        canvas_cursor(canvas, place.row, 0);
}

static bool gate_key(struct sheet *self, const struct key *key)
{
    return rows_key(self, key, (int)self->gate.count, self->rows / 2 > 1 ? self->rows / 2 : 1);
}

static bool gate_can_open(struct sheet *self)
{
    return (size_t)self->selected < self->gate.count;
}

/* A reason of the exhibit itself leads to the field, one of its chain to the event. */
static bool gate_open(struct sheet *self)
{
    const struct finding *finding = self->gate.items[self->selected];
    struct record_key key = { .id = finding->record.id };
    uint32_t event = finding->record.family == 1 ? finding->record.n : 0;
    uint16_t tag = finding->tag;

    if (key.id != self->key.id) {
        sheet_open_at(self->view.app, &key, self->at);
        return true;
    }
    for (int i = 0; i < self->tab_count; i++)
        if (self->tabs[i].kind == (event ? TAB_CHAIN : TAB_SUMMARY)) {
            sheet_show_tab(self, i);
            break;
        }
    if (event == 0 && tag != 0)
        self->focus = tag;
    for (size_t i = 0; event != 0 && i < self->events.count; i++)
        if (self->events.records[i]->key.n == event)
            self->selected = self->scroll = (int)i;
    return true;
}

const struct tab_type gate_tab = {
    .label = L("May it go?", "可否處置"),
    .read = gate_load,
    .draw = gate_draw,
    .key = gate_key,
    .can_open = gate_can_open,
    .open = gate_open,
};
