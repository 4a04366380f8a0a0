/* The weights of an exhibit as a chart of its events, each upon the line from the lightest to the heaviest, with the band between
 * the recorded weight and what drying allows. Letters and signs alone, so that it reads on every terminal and by ear. */
#include "tui/view/sheet.h"

#include <stdio.h>
#include <string.h>

#include "core/model/commodity.h"
#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/unit.h"
#include "i18n/text.h"

enum { PLACES = 6, TREE_DEPTH = 8, CHART_COLUMN = 40, WORD_COLUMNS = 16 };

/* In millionths of the unit's base unit; false: no such unit, or too large. */
static bool measure(struct txn *txn, struct arena *arena, struct quantity weight, int64_t *out)
{
    struct record *record;
    struct decimal factor, base;

    return text_present(weight.unit) &&
           record_by_number(txn, &unit_type, weight.unit, 0, arena, &record) == ERR_OK &&
           decimal_parse(&factor, ((const struct unit_record *)record)->factor) &&
           decimal_multiply(&base, weight.number, factor) && decimal_scale(out, base, PLACES);
}

/* What the commodity, or the nearest class above it that says so, allows to dry away, in percent as it stands there. */
static struct text allowance(struct txn *txn, struct arena *arena, struct text commodity)
{
    for (int level = 0; level < TREE_DEPTH && text_present(commodity); level++) {
        struct record *record;
        const struct commodity_record *row;

        if (record_by_number(txn, &commodity_type, commodity, 0, arena, &record) != ERR_OK)
            break;
        row = (const struct commodity_record *)record;
        if (text_present(row->tolerance))
            return row->tolerance;
        commodity = row->parent;
    }
    return TEXT("");
}

static int64_t lowest_allowed(int64_t recorded, struct text percent)
{
    struct decimal allowed;
    int64_t hundredths;

    if (!decimal_parse(&allowed, percent) || !decimal_scale(&hundredths, allowed, 2) ||
        hundredths < 0 || hundredths > 10000)
        return recorded;
    return recorded - recorded / 10000 * hundredths;
}

static void widen(struct weights *weights, int64_t value)
{
    weights->least = value < weights->least ? value : weights->least;
    weights->most = value > weights->most ? value : weights->most;
}

static enum err weights_read(struct sheet *self, struct txn *txn)
{
    const struct exhibit_record *exhibit = (const struct exhibit_record *)self->record;
    struct weights *weights = &self->weights;

    TRY(sheet_family(self, txn, custody_event_type.family, &self->events));
    *weights = (struct weights){ .least = INT64_MAX, .most = INT64_MIN };
    weights->points = arena_array(self->arena, self->events.count + 1, sizeof *weights->points);
    weights->allowance = allowance(txn, self->arena, exhibit->commodity);
    weights->banded = measure(txn, self->arena, exhibit->gross, &weights->high);
    if (weights->banded) {
        weights->low = lowest_allowed(weights->high, weights->allowance);
        widen(weights, weights->low);
        widen(weights, weights->high);
    }
    for (size_t i = 0; i < self->events.count; i++) {
        struct weight_point *point = &weights->points[weights->count];

        point->event = (const struct custody_event_record *)self->events.records[i];
        if (self->events.damaged[i] ||
            !measure(txn, self->arena, point->event->weight, &point->value))
            continue;
        widen(weights, point->value);
        weights->count++;
    }
    if ((size_t)self->selected >= weights->count)
        self->selected = 0;
    return ERR_OK;
}

/* ---- drawing ---- */

static int column_of(const struct weights *weights, int columns, int64_t value)
{
    int64_t range = weights->most - weights->least;

    return range <= 0 ? columns / 2
                      : (int)((long double)(value - weights->least) * (columns - 1) /
                              (long double)range);
}

static void draw_line(const struct weights *weights, struct canvas *canvas, int row,
                      int columns, const struct weight_point *point, enum role role)
{
    char line[256];
    int width = columns < (int)sizeof line ? columns : (int)sizeof line - 1;

    memset(line, ' ', sizeof line);
    if (weights->banded) {
        int low = column_of(weights, width, weights->low),
            high = column_of(weights, width, weights->high);

        memset(line + low, '.', (size_t)(high - low + 1));
        line[low] = '[';
        line[high] = ']';
    }
    line[column_of(weights, width, point->value)] = '*';
    canvas_put(canvas, row, CHART_COLUMN, width, (struct text){ line, (size_t)width }, role);
}

static struct text shown(struct sheet *self, struct arena *arena, const struct record *record,
                         uint16_t tag)
{
    const struct field *field = field_find(record->type, tag);

    return value_show(arena, field, field_value(field, record), app_lookup(self->view.app),
                      sheet_language(self));
}

static void draw_point(struct sheet *self, struct canvas *canvas, int row, int columns,
                       const struct weight_point *point, bool chosen)
{
    static const struct label within = L("allowed", "容許"), heavier = L("heavier", "較重"),
                              lighter = L("lighter", "過輕");
    AUTO_ARENA struct arena *arena = arena_new();
    const struct weights *weights = &self->weights;
    const struct record *event = &point->event->head;
    bool outside =
        weights->banded && (point->value < weights->low || point->value > weights->high);
    enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;

    if (chosen) {
        canvas_fill(canvas, (struct rect){ row, 0, 1, columns }, role);
        canvas_put(canvas, row, 0, 1, TEXT(">"), role);
        canvas_cursor(canvas, row, 0);
    }
    canvas_put_right(canvas, row, 1, 3, arena_printf(arena, "%u", event->key.n), role);
    canvas_put(canvas, row, 5, 16, text_of(custody_time(arena, point->event->occurred)), role);
    canvas_put_right(canvas, row, 22, 16, shown(self, arena, event, tag_custody_event_weight),
                     role);
    draw_line(weights, canvas, row, columns - CHART_COLUMN - WORD_COLUMNS - 1, point, role);
    if (weights->banded)
        canvas_put(canvas, row, columns - WORD_COLUMNS, WORD_COLUMNS,
                   label_text(arena,
                              !outside                       ? &within
                              : point->value > weights->high ? &heavier
                                                             : &lighter,
                              sheet_language(self)),
                   outside ? ROLE_WARNING : ROLE_DIM);
}

static void weights_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct weights *weights = &self->weights;
    int row = place.row + 2, last = place.row + place.rows - 1;
    struct message head;

    self->rows = place.rows - 2;
    if (weights->banded) {
        message_set(&head, N_("Recorded: %s. Drying allowed: %s%%."),
                    arena_string(arena, shown(self, arena, self->record, tag_exhibit_gross)),
                    weights->allowance.len > 0 ? arena_string(arena, weights->allowance) : "0");
        canvas_put_padded(canvas, place.row, 1, place.columns - 2,
                          sentence(arena, &head, app_language(self->view.app)), ROLE_LABEL);
    }
    if (weights->count == 0)
        canvas_put_padded(canvas, row, 1, place.columns - 2,
                          app_words(self->view.app, arena,
                                    N_("This exhibit has not been weighed in custody.")),
                          ROLE_DIM);
    for (size_t i = (size_t)self->scroll; i < weights->count && row <= last; i++)
        draw_point(self, canvas, row++, place.columns, &weights->points[i],
                   (int)i == self->selected);
}

static bool weights_key(struct sheet *self, const struct key *key)
{
    return rows_key(self, key, (int)self->weights.count, self->rows);
}

static bool weights_can_open(struct sheet *self)
{
    return (size_t)self->selected < self->weights.count;
}

static bool weights_open(struct sheet *self)
{
    return sheet_follow_event(self, &self->weights.points[self->selected].event->head);
}

const struct tab_type weights_tab = {
    .label = L("Weights", "歷次重量"),
    .read = weights_read,
    .draw = weights_draw,
    .key = weights_key,
    .can_open = weights_can_open,
    .open = weights_open,
};
