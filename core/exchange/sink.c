#include "core/exchange/sink.h"

#include <stdlib.h>
#include <string.h>

#include "core/exchange/json.h"
#include "i18n/text.h"

struct sink {
    enum sink_format format;
    enum language language;
    const struct lookup *lookup;
    sink_write *write;
    void *context;
    const struct record_type *type;
    const struct field *const *fields;
    size_t count;
    size_t rows;
    struct buffer line;
};

bool sink_format_parse(enum sink_format *out, struct text name)
{
    static const char *const names[] = { "text", "tsv", "csv", "json" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_is(name, names[i])) {
            *out = (enum sink_format)i;
            return true;
        }
    }
    return false;
}

struct sink *sink_new(enum sink_format format, enum language language,
                      const struct lookup *lookup, sink_write *write, void *context)
{
    struct sink *sink = memory_new(sizeof *sink);

    *sink = (struct sink){ .format = format,
                           .language = language,
                           .lookup = lookup,
                           .write = write,
                           .context = context };
    return sink;
}

void sink_free(struct sink *sink)
{
    if (!sink)
        return;
    buffer_free(&sink->line);
    free(sink);
}

static enum err line_send(struct sink *sink)
{
    enum err err = sink->write(sink->context, buffer_bytes(&sink->line));

    buffer_clear(&sink->line);
    return err;
}

static void put_tsv(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.len; i++) {
        switch (t.data[i]) {
        case '\t':
            buffer_string(out, "\\t");
            break;
        case '\n':
            buffer_string(out, "\\n");
            break;
        case '\r':
            buffer_string(out, "\\r");
            break;
        case '\\':
            buffer_string(out, "\\\\");
            break;
        default:
            buffer_byte(out, (uint8_t)t.data[i]);
        }
    }
}

/* What a spreadsheet takes for a formula: = + - @ and their full-width forms, tab, CR, LF. */
static bool looks_like_formula(struct text t)
{
    static const char *const starts[] = { "=",  "+",  "-",  "@",  "\t", "\r",
                                          "\n", "＝", "＋", "－", "＠" };

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts(t, text_of(starts[i])))
            return true;
    return false;
}

static void put_csv(struct buffer *out, struct text t)
{
    bool formula = looks_like_formula(t), quote = formula;

    for (size_t i = 0; i < t.len && !quote; i++)
        quote = t.data[i] == ',' || t.data[i] == '"' || t.data[i] == '\n' || t.data[i] == '\r';
    if (quote)
        buffer_byte(out, '"');
    if (formula)
        buffer_byte(out, '\'');
    for (size_t i = 0; i < t.len; i++) {
        if (t.data[i] == '"')
            buffer_byte(out, '"');
        buffer_byte(out, (uint8_t)t.data[i]);
    }
    if (quote)
        buffer_byte(out, '"');
}

static int column_width(const struct field *field)
{
    return field->width > 0 ? field->width : 16;
}

/* In tables for other programs values stand as they are, but for what no field may keep and a damaged store may hold all the
 * same: U+FFFD in its place. */
static struct text without_controls(struct buffer *out, struct text t)
{
    size_t at = 0;

    if (text_acceptable(t, TEXT_KEEP_LINES))
        return t;
    while (at < t.len) {
        uint32_t point;
        bool valid;
        struct text one = { t.data + at, text_decode(t.data + at, t.len - at, &point, &valid) };

        if (point == '\t' || point == '\r' || text_acceptable(one, TEXT_KEEP_LINES))
            buffer_text(out, one);
        else
            buffer_string(out, "\uFFFD");
        at += one.len;
    }
    return buffer_as_text(out);
}

static void put_cell(struct sink *sink, size_t place, struct text cell, int width)
{
    AUTO_BUFFER struct buffer safe = { 0 };

    switch (sink->format) {
    case SINK_TSV:
        if (place > 0)
            buffer_byte(&sink->line, '\t');
        put_tsv(&sink->line, without_controls(&safe, cell));
        break;
    case SINK_CSV:
        if (place > 0)
            buffer_byte(&sink->line, ',');
        put_csv(&sink->line, without_controls(&safe, cell));
        break;
    default:
        if (place > 0)
            buffer_string(&sink->line, "  ");
        text_safe(&safe, cell, TEXT_ONE_LINE);
        text_pad(&sink->line, buffer_as_text(&safe), width);
    }
}

/* Spaces at the end of a line help nobody. */
static void line_end(struct sink *sink)
{
    while (sink->format == SINK_TEXT && sink->line.len > 0 &&
           sink->line.data[sink->line.len - 1] == ' ')
        sink->line.len--;
    buffer_string(&sink->line, sink->format == SINK_CSV ? "\r\n" : "\n");
}

enum { ID_WIDTH = 8 };

enum err sink_begin(struct sink *sink, const struct record_type *type,
                    const struct field *const *fields, size_t count)
{
    AUTO_ARENA struct arena *arena = arena_new();

    sink->type = type;
    sink->fields = fields;
    sink->count = count;
    if (sink->format == SINK_JSON) {
        buffer_string(&sink->line, "[");
        return line_send(sink);
    }
    put_cell(sink, 0, TEXT("id"), ID_WIDTH);
    for (size_t i = 0; i < count; i++) {
        struct text name = text_of(fields[i]->name);

        if (sink->format == SINK_TEXT)
            name =
                label_text(arena, fields[i]->brief.en ? &fields[i]->brief : &fields[i]->label,
                           sink->language);
        put_cell(sink, i + 1, name, column_width(fields[i]));
    }
    line_end(sink);
    return line_send(sink);
}

/* For people the widest column that may not be read says so; sink->count: none. */
static size_t refused_column(const struct sink *sink, const struct record *record)
{
    size_t widest = sink->count;

    for (size_t i = 0; i < sink->count && sink->format == SINK_TEXT; i++)
        if (record->access == ACCESS_NUMBER &&
            !field_readable(sink->fields[i], record->access) &&
            (widest == sink->count ||
             column_width(sink->fields[i]) > column_width(sink->fields[widest])))
            widest = i;
    return widest;
}

enum err sink_record(struct sink *sink, const struct record *record)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer id = { 0 };
    size_t refused = refused_column(sink, record);

    if (sink->format == SINK_JSON) {
        buffer_string(&sink->line, sink->rows++ > 0 ? ",\n" : "\n");
        json_record(&sink->line, record, sink->fields, sink->count);
        return line_send(sink);
    }
    key_print(&id, &record->key);
    put_cell(sink, 0, buffer_as_text(&id), ID_WIDTH);
    for (size_t i = 0; i < sink->count; i++) {
        const struct field *field = sink->fields[i];
        const void *value = field_value(field, record);
        struct text cell = TEXT("");

        if (i == refused)
            cell = words(arena, N_("not permitted"), sink->language);
        else if (field_kind(field)->present(value))
            cell = sink->format == SINK_TEXT
                       ? value_show(arena, field, value, sink->lookup, sink->language)
                       : value_print(arena, field, value);
        put_cell(sink, i + 1, cell, column_width(field));
    }
    sink->rows++;
    line_end(sink);
    return line_send(sink);
}

enum err sink_damaged(struct sink *sink, const struct record_key *key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer id = { 0 };

    if (sink->format == SINK_JSON) {
        buffer_string(&sink->line, sink->rows++ > 0 ? ",\n" : "\n");
        json_damaged(&sink->line, key);
        return line_send(sink);
    }
    key_print(&id, key);
    put_cell(sink, 0, buffer_as_text(&id), ID_WIDTH);
    put_cell(sink, 1,
             words(arena, N_("damaged"),
                   sink->format == SINK_TEXT ? sink->language : LANGUAGE_EN),
             16);
    line_end(sink);
    return line_send(sink);
}

enum err sink_end(struct sink *sink)
{
    if (sink->format != SINK_JSON)
        return ERR_OK;
    buffer_string(&sink->line, sink->rows > 0 ? "\n]\n" : "]\n");
    return line_send(sink);
}
