#include "tui/view/sheet_parts.h"

#include "core/model/difference.h"
#include "core/model/exhibit.h"
#include "i18n/text.h"

const char *custody_time(struct arena *arena, struct moment moment)
{
    char *time = arena_alloc(arena, 40);

    moment_print(time, moment);
    return time;
}

static void put_part(struct buffer *out, struct text part)
{
    if (part.len == 0)
        return;
    if (out->len > 0)
        buffer_string(out, " · ");
    buffer_text(out, part);
}

static void put_field(struct buffer *out, struct app *app, struct arena *arena,
                      const struct record *record, uint16_t tag)
{
    const struct field *field = field_find(record->type, tag);

    if (field_present(field, record))
        put_part(out, value_show(arena, field, field_value(field, record), app_lookup(app),
                                 app_language(app)));
}

static void put_labelled(struct buffer *out, struct app *app, struct arena *arena,
                         const struct field *field, struct text value)
{
    struct text label = app_label(app, arena, &field->label);

    put_part(out, arena_printf(arena, "%.*s %.*s", (int)label.len, label.data, (int)value.len,
                               value.data));
}

/* A value that says nothing without its name. */
static void put_named(struct buffer *out, struct app *app, struct arena *arena,
                      const struct record *record, uint16_t tag)
{
    const struct field *field = field_find(record->type, tag);

    if (field_present(field, record))
        put_labelled(out, app, arena, field,
                     value_show(arena, field, field_value(field, record), app_lookup(app),
                                app_language(app)));
}

void event_more(struct buffer *out, struct app *app, struct arena *arena,
                const struct custody_event_record *event)
{
    static const uint16_t named[] = {
        tag_custody_event_sums,          tag_custody_event_cash,
        tag_custody_event_first_count,   tag_custody_event_first_cash,
        tag_custody_event_first_counter, tag_custody_event_reading,
        tag_custody_event_keys,          tag_custody_event_amount,
        tag_custody_event_fed,           tag_custody_event_unloaded,
        tag_custody_event_other_seals,
    };
    static const uint16_t further[] = {
        tag_custody_event_weight,       tag_custody_event_counted, tag_custody_event_condition,
        tag_custody_event_paper_number, tag_custody_event_refusal, tag_custody_event_remark,
    };

    if (event->discrepancy == FLAG_YES)
        put_part(out, app_words(app, arena, N_("! Discrepancy")));
    if (event->late == FLAG_YES)
        put_part(out, app_words(app, arena, N_("late entry")));
    put_part(out, difference_account(arena, event, app_lookup(app), app_language(app)));
    if (event->packages.count > 0)
        put_labelled(out, app, arena, field_find(event->head.type, tag_custody_event_packages),
                     exhibit_packages(arena, event->packages, app_lookup(app),
                                      app_language(app)));
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        put_named(out, app, arena, &event->head, named[i]);
    for (size_t i = 0; i < sizeof further / sizeof *further; i++)
        put_field(out, app, arena, &event->head, further[i]);
}

struct text note_head(struct app *app, struct arena *arena, const struct note_record *note)
{
    AUTO_BUFFER struct buffer out = { 0 };

    put_part(&out, text_of(custody_time(arena, note->occurred)));
    put_field(&out, app, arena, &note->head, tag_note_note_kind);
    put_field(&out, app, arena, &note->head, tag_note_author);
    return arena_text(arena, buffer_as_text(&out));
}

/* Beside whom it stands, and how it begins. */
static void put_note(struct buffer *out, struct app *app, struct arena *arena,
                     const struct record *note)
{
    const struct field *text = field_find(&note_type, tag_note_text);
    struct text rest = value_show(arena, text, field_value(text, note), app_lookup(app),
                                  app_language(app)),
                line;

    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = note->key.id }, app_language(app),
                               out);
    if (text_wrap(&rest, 200, &line)) {
        buffer_string(out, ": ");
        buffer_text(out, line);
    }
}

struct text linked_line(struct app *app, struct txn *txn, struct arena *arena,
                        const struct record_key *key)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct record *record;
    const struct field *state;

    key_print(&out, key);
    buffer_byte(&out, ' ');
    while (out.len < 8)
        buffer_byte(&out, ' ');
    if (record_get(txn, key, TAG_LIST_LAST, arena, &record) != ERR_OK) {
        buffer_text(&out, app_words(app, arena, N_("damaged")));
        return arena_text(arena, buffer_as_text(&out));
    }
    if (record->type == &note_type) {
        put_note(&out, app, arena, record);
        return arena_text(arena, buffer_as_text(&out));
    }
    state = field_find(record->type, TAG_STATE);
    app_lookup(app)->reference(app_lookup(app)->context, reference_of(record),
                               app_language(app), &out);
    if (state && field_present(state, record)) {
        buffer_string(&out, "  ");
        buffer_text(&out, value_show(arena, state, field_value(state, record), app_lookup(app),
                                     app_language(app)));
    }
    return arena_text(arena, buffer_as_text(&out));
}

static bool is_approximate(const struct record *record, uint16_t tag)
{
    const struct field *field = field_find(record->type, TAG_APPROXIMATE);
    const struct list *tags = field ? field_value(field, record) : NULL;

    for (size_t i = 0; tags && i < tags->count; i++)
        if (((const struct tag_item *)tags->items)[i].tag.value == tag)
            return true;
    return false;
}

struct text sheet_label(struct app *app, struct arena *arena, const struct field *field,
                        int columns)
{
    struct text words = app_label(app, arena, &field->label);

    if (text_width(words) > columns && app_language(app) == LANGUAGE_BOTH)
        return label_text(arena, &field->label, LANGUAGE_ZH);
    return words;
}

struct text sheet_value(struct app *app, struct arena *arena, const struct record *record,
                        const struct field *field)
{
    struct text shown = value_show(arena, field, field_value(field, record), app_lookup(app),
                                   app_language(app));
    struct text about;

    if (!is_approximate(record, field->tag))
        return shown;
    about = app_words(app, arena, N_("about"));
    return arena_printf(arena, "%.*s %.*s", (int)about.len, about.data, (int)shown.len,
                        shown.data);
}

const struct act *act_of_form(const struct session *session, const struct record_type *type,
                              enum act_form form)
{
    for (const struct act *const *act = acts; *act; act++)
        if ((*act)->type == type && (*act)->form == form && !(*act)->hidden &&
            act_allowed(session, *act))
            return *act;
    return NULL;
}
