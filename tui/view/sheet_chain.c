/* An exhibit's chain of custody: what and where it is, whether its chain is whole, and every event, newest first. */
#include "tui/view/sheet.h"

#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "i18n/text.h"

struct row_places {
    int action, who, where, seal; /* first columns */
};

static struct row_places places_of(int columns)
{
    if (columns >= 100)
        return (struct row_places){ 22, 38, columns - 38, columns - 11 };
    return (struct row_places){ 22, 36, 57, 70 };
}

static struct text value_text(struct sheet *self, struct arena *arena,
                              const struct record *record, uint16_t tag, enum language language)
{
    const struct field *field = field_find(record->type, tag);

    return value_show(arena, field, field_value(field, record), app_lookup(self->view.app),
                      language);
}

static bool lies_apart(const struct sheet *self)
{
    return ((const struct exhibit_record *)self->record)->parts.count > 0;
}

/* "in 3 places: KC-R1-01 ...": packages lie apart; the summary and the chain say which. */
static void put_apart(struct sheet *self, struct canvas *canvas, int row, int column,
                      int columns)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *field = field_find(&exhibit_type, tag_exhibit_located);
    struct text where =
        value_text(self, arena, self->record, tag_exhibit_located, sheet_language(self));
    struct message message;
    struct text words;

    message_set(&message, N_("in %zu places"),
                exhibit_places((const struct exhibit_record *)self->record));
    words = sentence(arena, &message, sheet_language(self));
    canvas_put(canvas, row, column, 10, label_text(arena, &field->brief, sheet_language(self)),
               ROLE_LABEL);
    canvas_put_padded(canvas, row, column + 11, columns - 12,
                      arena_printf(arena, "%.*s%s%.*s", (int)words.len, words.data,
                                   where.len > 0 ? ": " : "", (int)where.len, where.data),
                      ROLE_VALUE);
}

static void put_pair(struct sheet *self, struct canvas *canvas, int row, int column,
                     int columns, uint16_t tag)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *field = field_find(&exhibit_type, tag);
    struct text shown;

    if (tag == tag_exhibit_located && lies_apart(self)) {
        put_apart(self, canvas, row, column, columns);
        return;
    }
    if (!field_present(field, self->record))
        return;
    shown = value_text(self, arena, self->record, tag, app_language(self->view.app));
    if (text_width(shown) > columns - 12) /* whole in one language rather than cut in two */
        shown = value_text(self, arena, self->record, tag, sheet_language(self));
    canvas_put(canvas, row, column, 10,
               label_text(arena, field->brief.en ? &field->brief : &field->label,
                          sheet_language(self)),
               ROLE_LABEL);
    canvas_put_padded(canvas, row, column + 11, columns - 12, shown, ROLE_VALUE);
}

/* Four lines that say what and where it is. */
static int draw_head(struct sheet *self, struct canvas *canvas, struct rect place)
{
    static const uint16_t left[] = { tag_exhibit_commodity, tag_exhibit_quantity,
                                     tag_exhibit_value, tag_exhibit_seal };
    static const uint16_t right[] = { tag_exhibit_state, tag_exhibit_legal_status,
                                      tag_exhibit_holder, tag_exhibit_located };
    int half = place.columns / 2;

    for (int i = 0; i < 4; i++) {
        put_pair(self, canvas, place.row + i, 1, half - 1, left[i]);
        put_pair(self, canvas, place.row + i, half, place.columns - half, right[i]);
    }
    return 4;
}

/* ---- is the chain whole? ---- */

struct chain_state {
    unsigned damaged, missing, late, discrepancies;
    unsigned last;
};

/* Events are numbered from 1 without gaps; the exhibit says how many there are. */
static struct chain_state chain_check(const struct sheet *self)
{
    const struct exhibit_record *exhibit = (const struct exhibit_record *)self->record;
    struct chain_state state = { .last = (unsigned)exhibit->events.value };
    unsigned expected = state.last;

    state.discrepancies =
        exhibit->discrepancies.present ? (unsigned)exhibit->discrepancies.value : 0;
    for (size_t i = 0; i < self->events.count; i++) {
        const struct custody_event_record *event =
            (const struct custody_event_record *)self->events.records[i];

        state.missing += event->head.key.n != expected;
        expected = event->head.key.n - 1;
        state.damaged += self->events.damaged[i];
        state.late += !self->events.damaged[i] && event->late == FLAG_YES;
    }
    state.missing += !self->events.more && expected != 0;
    return state;
}

static void draw_state(struct sheet *self, struct canvas *canvas, struct rect place, int row)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct chain_state state = chain_check(self);
    bool whole = state.damaged == 0 && state.missing == 0;
    struct message message;

    if (whole)
        message_set(&message,
                    N_("Chain whole: %u events without a gap, %u entered late, %u "
                       "discrepancies open."),
                    state.last, state.late, state.discrepancies);
    else
        message_set(&message,
                    N_("Chain not whole: %u events are damaged and %u are missing. Run verify, "
                       "and tell the exhibit officer in charge."),
                    state.damaged, state.missing);
    canvas_put_padded(canvas, row, 1, place.columns - 2,
                      sentence(arena, &message,
                               text_width(
                                   sentence(arena, &message, app_language(self->view.app))) >
                                       place.columns - 2
                                   ? sheet_language(self)
                                   : app_language(self->view.app)),
                      !whole                    ? ROLE_DAMAGED
                      : state.discrepancies > 0 ? ROLE_WARNING
                                                : ROLE_GOOD);
}

/* ---- events ---- */

/* Where there is no room, the number of an officer or the code of a shelf says it. */
static struct text short_name(struct text shown, bool narrow)
{
    return narrow ? text_split(shown, ' ', &(struct text){ 0 }) : shown;
}

/* "D-1204 > C-0311 + C-0297": who gave it up, who has it, who stood by. */
static struct text who_text(struct sheet *self, struct arena *arena,
                            const struct custody_event_record *event, bool narrow)
{
    enum language language = sheet_language(self);
    const struct record *record = &event->head;
    bool on_shelf = event->holder.id == event->located.id; /* the next column says which */
    AUTO_BUFFER struct buffer out = { 0 };

    if (event->from_holder.id != 0 && event->from_holder.id != event->holder.id) {
        buffer_text(&out, short_name(value_text(self, arena, record,
                                                tag_custody_event_from_holder, language),
                                     narrow));
        if (!on_shelf)
            buffer_string(&out, " > ");
    }
    if (event->holder.id != 0 && (!on_shelf || out.len == 0))
        buffer_text(&out, short_name(value_text(self, arena, record, tag_custody_event_holder,
                                                language),
                                     narrow));
    if (event->second.id != 0 && event->second.id != event->holder.id) {
        buffer_string(&out, " + ");
        buffer_text(&out, short_name(value_text(self, arena, record, tag_custody_event_second,
                                                language),
                                     narrow));
    }
    return arena_text(arena, buffer_as_text(&out));
}

static struct text seal_text(struct arena *arena, const struct custody_event_record *event)
{
    if (!text_present(event->seal_off))
        return event->seal_on;
    return arena_printf(arena, "-%.*s%s%.*s", (int)event->seal_off.len, event->seal_off.data,
                        text_present(event->seal_on) ? " " : "", (int)event->seal_on.len,
                        text_present(event->seal_on) ? event->seal_on.data : "");
}

static int where_column(const struct row_places *places, int columns)
{
    return columns >= 100 ? columns - 44 : places->where;
}

static void draw_row(struct sheet *self, struct canvas *canvas, int row, int columns,
                     const struct custody_event_record *event, enum role role)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct row_places places = places_of(columns);
    bool narrow = columns < 100;
    int where = where_column(&places, columns);
    enum language language = sheet_language(self);

    canvas_put_right(canvas, row, 1, 3, arena_printf(arena, "%u", event->head.key.n), role);
    canvas_put(canvas, row, 5, 16, text_of(custody_time(arena, event->occurred)), role);
    canvas_put(canvas, row, places.action, places.who - places.action - 1,
               value_text(self, arena, &event->head, tag_custody_event_action, language), role);
    canvas_put(canvas, row, places.who, where - places.who - 1,
               who_text(self, arena, event, narrow), role);
    canvas_put(canvas, row, where, places.seal - where - 1,
               short_name(value_text(self, arena, &event->head, tag_custody_event_located,
                                     language),
                          narrow),
               role);
    canvas_put(canvas, row, places.seal, columns - places.seal, seal_text(arena, event), role);
}

/* One event, and lines below it where there is more to say. Returns its rows. */
static int draw_event(struct sheet *self, struct canvas *canvas, int row, int last, int columns,
                      const struct custody_event_record *event, bool chosen)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer more = { 0 };
    bool marked = event->discrepancy == FLAG_YES;
    enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;
    struct text rest, line;
    int rows = 1;

    if (chosen) {
        canvas_fill(canvas, (struct rect){ row, 0, 1, columns }, role);
        canvas_put(canvas, row, 0, 1, TEXT(">"), role);
        canvas_cursor(canvas, row, 0);
    }
    draw_row(self, canvas, row, columns, event, role);
    event_more(&more, self->view.app, arena, event);
    rest = buffer_as_text(&more);
    while (more.len > 0 && row + rows <= last && text_wrap(&rest, columns - 6, &line))
        canvas_put(canvas, row + rows++, 5, columns - 6, line,
                   marked ? ROLE_WARNING : ROLE_DIM);
    return rows;
}

static void chain_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int row = place.row + draw_head(self, canvas, place), last = place.row + place.rows - 2;

    draw_state(self, canvas, place, place.row + place.rows - 1);
    row++;
    self->rows = last - row + 1;
    for (size_t i = (size_t)self->scroll; i < self->events.count && row <= last; i++) {
        bool chosen = (int)i == self->selected;

        if (self->events.damaged[i]) {
            if (chosen)
                canvas_cursor(canvas, row, 0);
            canvas_put_padded(canvas, row++, 5, place.columns - 6,
                              app_words(self->view.app, arena,
                                        N_("This entry is damaged and is not shown.")),
                              ROLE_DAMAGED);
            continue;
        }
        row += draw_event(self, canvas, row, last, place.columns,
                          (struct custody_event_record *)self->events.records[i], chosen);
        if (chosen && row > last + 1)
            self->scroll++; /* the whole of it at the next drawing */
    }
}

static bool chain_key(struct sheet *self, const struct key *key)
{
    return rows_key(self, key, (int)self->events.count,
                    self->rows / 2); /* an event has up to a few rows */
}

static const struct record *chosen_event(const struct sheet *self)
{
    return (size_t)self->selected < self->events.count && !self->events.damaged[self->selected]
               ? self->events.records[self->selected]
               : NULL;
}

static enum err chain_read(struct sheet *self, struct txn *txn)
{
    return sheet_family(self, txn, custody_event_type.family, &self->events);
}

static bool chain_can_open(struct sheet *self)
{
    return chosen_event(self) != NULL;
}

static bool chain_open(struct sheet *self)
{
    return sheet_follow_event(self, chosen_event(self));
}

const struct tab_type chain_tab = {
    .label = L("Chain of custody", "證物保管鏈"),
    .read = chain_read,
    .draw = chain_draw,
    .key = chain_key,
    .can_open = chain_can_open,
    .open = chain_open,
};
