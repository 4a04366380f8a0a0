/* The lines of a disposal: what is on the manifest, whether each may go, and what was found at the door. */
#include "tui/view/sheet.h"

#include "core/base/seams.h"
#include "core/model/disposal_gate.h"
#include "core/model/disposal_line.h"
#include "i18n/text.h"

enum { LINES_MOST = 600, FOOT_ROWS = 4 };

struct sheet_line {
    const struct disposal_line_record *line; /* NULL: damaged */
    const struct exhibit_record *exhibit;    /* NULL: not for who reads */
    struct findings gate;                    /* while it waits */
    size_t against;
};

/* The gate is asked for those that have not gone through it. */
static enum err ask(struct sheet *self, struct txn *txn,
                    const struct disposal_route_record *route, struct sheet_line *line)
{
    struct record_key key = key_of_reference(line->line->exhibit);
    struct gate_question question = { .txn = txn,
                                      .arena = self->arena,
                                      .route = route,
                                      .disposal = (const struct disposal_record *)self->record,
                                      .today = date_of_ms(now_ms(), OFFSET_HONG_KONG) };
    struct record *exhibit;
    enum err err = record_get(txn, &key, 0, self->arena, &exhibit);

    if (err == ERR_MISSING || err == ERR_REFUSED)
        return ERR_OK;
    TRY(err);
    line->exhibit = (const struct exhibit_record *)exhibit;
    if (!text_is(line->line->result, "waits") || !route)
        return ERR_OK;
    line->gate = (struct findings){ .arena = self->arena };
    TRY(record_stored(txn, &key, 0, self->arena, &exhibit));
    question.exhibit = (const struct exhibit_record *)exhibit;
    TRY(disposal_gate(&question, &line->gate));
    for (size_t i = 0; i < line->gate.count; i++)
        line->against += line->gate.items[i]->severity == SEVERITY_ERROR;
    return ERR_OK;
}

static enum err lines_load(struct sheet *self, struct txn *txn)
{
    const struct disposal_record *disposal = (const struct disposal_record *)self->record;
    struct family_page page;
    struct record *route = NULL;

    if (self->at.size == 0 && record_by_number(txn, &disposal_route_type, disposal->route, 0,
                                               self->arena, &route) != ERR_OK)
        route = NULL;
    TRY(family_page(txn, self->key.id, disposal_line_type.family, 1, FORWARD, LINES_MOST,
                    self->arena, &page));
    self->lines = arena_array(self->arena, page.count + 1, sizeof *self->lines);
    self->line_count = 0;
    for (size_t i = 0; i < page.count; i++) {
        struct sheet_line *line = &self->lines[self->line_count];
        struct record *record = page.records[i];

        *line = (struct sheet_line){ 0 };
        if (self->at.size > 0 && record_at(txn, &page.records[i]->key, self->at.size,
                                           self->arena, &record) != ERR_OK)
            continue;
        line->line = page.damaged[i] ? NULL : (const struct disposal_line_record *)record;
        self->line_count++;
        if (line->line)
            TRY(ask(self, txn, (const struct disposal_route_record *)route, line));
    }
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
               : (struct text){ 0 };
}

/* What was found at the door, else whether it may go. */
static struct text standing(struct sheet *self, struct arena *arena,
                            const struct sheet_line *line, enum role *role)
{
    static const struct label open = L("May go", "可予處置");
    const struct disposal_record *disposal = (const struct disposal_record *)self->record;
    struct text result = line->line->result;
    struct message message;

    *role = text_is(result, "refused") || line->against > 0 ? ROLE_WARNING
            : text_is(result, "passed")                     ? ROLE_GOOD
                                                            : ROLE_NORMAL;
    if (line->against > 0) {
        message_set(&message, N_("reasons against: %zu"), line->against);
        return sentence(arena, &message, sheet_language(self));
    }
    if (text_is(result, "waits") && self->at.size == 0 && disposal->started.date == 0)
        return label_text(arena, &open, sheet_language(self));
    return shown(self, arena, &line->line->head, tag_disposal_line_result);
}

static void draw_line(struct sheet *self, struct canvas *canvas, int row, int columns, size_t i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct sheet_line *line = &self->lines[i];
    bool chosen = (int)i == self->selected;
    enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL, word;
    int goods = columns - 76 > 0 ? 20 + columns - 80 : 16;

    if (chosen) {
        canvas_fill(canvas, (struct rect){ row, 0, 1, columns }, role);
        canvas_put(canvas, row, 0, 1, TEXT(">"), role);
        canvas_cursor(canvas, row, 0);
    }
    canvas_put_right(canvas, row, 1, 3, arena_printf(arena, "%zu", i + 1), role);
    if (!line->line) {
        canvas_put_padded(canvas, row, 5, columns - 6,
                          app_words(self->view.app, arena,
                                    N_("This entry is damaged and is not shown.")),
                          ROLE_DAMAGED);
        return;
    }
    struct text result = standing(self, arena, line, &word);

    canvas_put_padded(canvas, row, 5, 11, line->exhibit ? line->exhibit->number : TEXT("-"),
                      role);
    if (line->exhibit)
        canvas_put_padded(canvas, row, 17, goods - 1,
                          shown(self, arena, &line->exhibit->head, tag_exhibit_commodity),
                          role);
    canvas_put_padded(canvas, row, 17 + goods, 15,
                      shown(self, arena, &line->line->head, tag_disposal_line_quantity), role);
    canvas_put_padded(canvas, row, 33 + goods, 9, line->line->seal, role);
    canvas_put_padded(canvas, row, 43 + goods, columns - 44 - goods, result,
                      chosen ? role : word);
}

static void draw_heads(struct sheet *self, struct canvas *canvas, int row, int columns)
{
    static const struct label heads[] = { L("Exhibit", "證物"), L("Goods", "物品"),
                                          L("Quantity", "數量"), L("Seal", "封條"),
                                          L("Standing", "情況") };
    AUTO_ARENA struct arena *arena = arena_new();
    int goods = columns - 76 > 0 ? 20 + columns - 80 : 16;
    const int at[] = { 5, 17, 17 + goods, 33 + goods, 43 + goods };

    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        canvas_put(canvas, row, at[i], 14, label_text(arena, &heads[i], sheet_language(self)),
                   ROLE_LABEL);
}

/* All that is to be said of the chosen line: reasons, or why it was refused. */
static void draw_foot(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct sheet_line *line = &self->lines[self->selected];
    int row = place.row, end = place.row + place.rows;
    struct text rest, words;

    canvas_rule(canvas, row++, 0, place.columns, TEXT(""), ROLE_BORDER);
    if (!line->line)
        return;
    for (size_t i = 0; i < line->gate.count && row < end; i++) {
        rest = sentence(arena, &line->gate.items[i]->message, sheet_language(self));
        if (text_wrap(&rest, place.columns - 2, &words))
            canvas_put(canvas, row++, 1, place.columns - 2, words, ROLE_WARNING);
    }
    rest = line->line->why;
    while (text_present(rest) && row < end && text_wrap(&rest, place.columns - 2, &words))
        canvas_put(canvas, row++, 1, place.columns - 2, words, ROLE_WARNING);
    for (uint16_t tag = tag_disposal_line_seal_seen; tag <= tag_disposal_line_condition;
         tag++) {
        rest = shown(self, arena, &line->line->head, tag);
        if (!text_present(rest) || row >= end)
            continue;
        words = label_text(arena, &field_find(&disposal_line_type, tag)->label,
                           sheet_language(self));
        canvas_put(canvas, row, 1, 24, words, ROLE_LABEL);
        canvas_put(canvas, row++, 26, place.columns - 27, rest, ROLE_VALUE);
    }
}

static void lines_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    int foot = self->line_count > 0 ? FOOT_ROWS : 0;

    draw_heads(self, canvas, place.row, place.columns);
    self->rows = place.rows - 1 - foot;
    for (int row = 0; row < self->rows; row++) {
        size_t i = (size_t)(self->scroll + row);

        if (i >= self->line_count)
            break;
        draw_line(self, canvas, place.row + 1 + row, place.columns, i);
    }
    if (self->line_count > 0)
        draw_foot(self, canvas,
                  (struct rect){ place.row + place.rows - foot, 0, foot, place.columns });
    else
        canvas_cursor(canvas, place.row, 0);
}

static bool lines_key(struct sheet *self, const struct key *key)
{
    return rows_key(self, key, (int)self->line_count, self->rows);
}

static bool lines_can_open(struct sheet *self)
{
    return (size_t)self->selected < self->line_count && self->lines[self->selected].exhibit;
}

static bool lines_open(struct sheet *self)
{
    struct record_key key = self->lines[self->selected].exhibit->head.key;

    sheet_open_at(self->view.app, &key, self->at);
    return true;
}

const struct tab_type lines_tab = {
    .label = L("Exhibits", "證物"),
    .read = lines_load,
    .draw = lines_draw,
    .key = lines_key,
    .can_open = lines_can_open,
    .open = lines_open,
};
