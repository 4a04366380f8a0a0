/* Reading what was typed as a filter (declared in filter.h). */
#include "core/query/filter_parts.h"

#include "i18n/fold.h"
#include "i18n/text.h"

#include <string.h>

/* ---- words ---- */

struct text filter_narrow(struct arena *arena, struct text typed)
{
    static const char *const marks[] = { "“", "”", "「", "」" };
    AUTO_BUFFER struct buffer half = { 0 }, out = { 0 };

    text_to_halfwidth(&half, typed);
    for (size_t i = 0; i < half.len; i++) {
        bool mark = false;

        for (size_t k = 0; k < sizeof marks / sizeof *marks && !mark; k++)
            mark = half.len - i >= 3 && memcmp(half.data + i, marks[k], 3) == 0;
        buffer_byte(&out, mark ? '"' : half.data[i]);
        i += mark ? 2 : 0;
    }
    return arena_text(arena, buffer_as_text(&out));
}

static bool begins_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (uint8_t)c >= 0x80;
}

bool filter_token(struct text narrow, size_t *at, struct arena *arena, struct token *out)
{
    AUTO_BUFFER struct buffer value = { 0 };
    bool inside = false, named = false;
    size_t i = *at;

    while (i < narrow.len && (narrow.data[i] == ' ' || narrow.data[i] == '\t'))
        i++;
    *out = (struct token){ .at = i, .value_at = i };
    if (i == narrow.len)
        return false;
    out->negated = narrow.data[i] == '-' && i + 1 < narrow.len && narrow.data[i + 1] != ' ';
    i += out->negated;
    for (out->value_at = i; i < narrow.len && (inside || narrow.data[i] != ' '); i++) {
        char c = narrow.data[i];

        if (c == '"') {
            inside = !inside;
            out->quoted = true;
        } else if (c == ':' && !inside && !named && !out->quoted && value.len > 0 &&
                   begins_name((char)value.data[0])) {
            named = true;
            out->name = arena_text(arena, buffer_as_text(&value));
            out->value_at = i + 1;
            buffer_clear(&value);
        } else {
            buffer_byte(&value, (uint8_t)c);
        }
    }
    out->value = arena_text(arena, buffer_as_text(&value));
    *at = i;
    return true;
}

struct text filter_begun(struct text typed)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text narrow = filter_narrow(arena, typed);
    struct token token, last = { 0 };
    size_t at = 0, words = 0;

    while (filter_token(narrow, &at, arena, &token)) {
        last = token;
        words++;
    }
    if (words == 0 || last.value_at != narrow.len || !text_present(last.name))
        return typed;
    /* Counted from the end, for what was typed may be wider than what was read. */
    while (typed.len > 0 && typed.data[typed.len - 1] != ' ' &&
           !(typed.len >= 3 && memcmp(typed.data + typed.len - 3, "\xE3\x80\x80", 3) == 0))
        typed.len--;
    return typed;
}

/* ---- fields ---- */

static bool label_fits(const struct label *label, struct text folded,
                       bool (*fits)(struct text, struct text))
{
    AUTO_BUFFER struct buffer out = { 0 };
    bool good;

    if (!label->en)
        return false;
    fold(&out, text_of(label->en));
    good = fits(buffer_as_text(&out), folded);
    buffer_clear(&out);
    fold(&out, text_of(label->zh));
    return good || fits(buffer_as_text(&out), folded);
}

static bool field_fits(const struct field *field, struct text folded,
                       bool (*fits)(struct text, struct text))
{
    return fits(text_of(field->name), folded) || label_fits(&field->label, folded, fits) ||
           label_fits(&field->brief, folded, fits);
}

enum { NAME_LEAST = 3 }; /* bytes: one Chinese character */

const struct field *field_meant(const struct record_type *type, struct text name,
                                struct arena *arena)
{
    struct text folded = folded_in(arena, name);

    for (size_t i = 0; i < type->count; i++)
        if (!(type->fields[i].flags & UNLISTED) &&
            field_fits(&type->fields[i], folded, text_equal))
            return &type->fields[i];
    for (size_t i = 0; i < type->count && folded.len >= NAME_LEAST; i++)
        if (!(type->fields[i].flags & UNLISTED) &&
            field_fits(&type->fields[i], folded, text_starts))
            return &type->fields[i];
    return NULL;
}

/* ---- comparisons ---- */

/* The last day that a partial date covers. */
static date date_last(date d)
{
    return d + (date_month(d) == 0 ? 9999 : date_day(d) == 0 ? 99 : 0);
}

/* The index bytes behind which nothing lies that the value covers. */
static struct text index_last(const struct field *field, const void *value, struct arena *arena)
{
    AUTO_BUFFER struct buffer key = { 0 };
    const struct moment *moment = value;
    date last;

    if (field->kind == KIND_DATE) {
        last = date_last(*(const date *)value);
        field_kind(field)->index(&key, field, &last);
        return arena_text(arena, buffer_as_text(&key));
    }
    if (field->kind != KIND_MOMENT || moment->minute != MINUTE_UNKNOWN)
        return index_text(field, value, arena);
    buffer_byte(&key, 1);
    buffer_u32(&key, date_last(moment->date));
    buffer_u16(&key, UINT16_MAX);
    return arena_text(arena, buffer_as_text(&key));
}

static bool is_dated(const struct field *field)
{
    return field->kind == KIND_DATE || field->kind == KIND_MOMENT;
}

/* Days as people say them, as dates are typed elsewhere. */
static struct text day_said(const struct field *field, struct text typed)
{
    static const char *const days[][2] = {
        { "today", "t" }, { "yesterday", "-1" }, { "tomorrow", "+1" },
        { "今天", "t" },  { "今日", "t" },       { "昨天", "-1" },
        { "昨日", "-1" }, { "明天", "+1" },      { "明日", "+1" },
    };

    for (size_t i = 0; is_dated(field) && i < sizeof days / sizeof *days; i++)
        if (text_is(typed, days[i][0]))
            return text_of(days[i][1]);
    return typed;
}

struct reading {
    struct filter *filter;
    const struct lookup *lookup;
    struct message *why;
};

/* NULL: it is no value of the field, or an empty one (then *why is not touched). */
static void *value_read(const struct reading *reading, const struct field *field,
                        struct text typed, bool *good)
{
    struct arena *arena = reading->filter->arena;
    void *value = arena_alloc(arena, field_kind(field)->size);

    *good = field_kind(field)->parse(value, field, day_said(field, typed), reading->lookup,
                                     arena, reading->why);
    return *good && field_kind(field)->present(value) ? value : NULL;
}

static bool bound_read(const struct reading *reading, struct bound *out,
                       const struct field *field, struct text typed)
{
    struct arena *arena = reading->filter->arena;
    bool good;
    const void *value;

    if (typed.len == 0) /* no bound, or none yet */
        return true;
    value = value_read(reading, field, typed, &good);
    if (!value)
        return good;
    out->first = index_text(field, value, arena);
    out->last = index_last(field, value, arena);
    out->unit = unit_of(field, value);
    return true;
}

/* Where the first ".." stands. */
static bool find_range(struct text typed, size_t *at)
{
    for (size_t i = 0; i + 1 < typed.len; i++) {
        if (typed.data[i] == '.' && typed.data[i + 1] == '.') {
            *at = i;
            return true;
        }
    }
    return false;
}

/* ">1000", ">=1000", "<2023-06", "2023-06..2023-09", "2023-06..". */
static bool comparison_read(const struct reading *reading, struct filter_part *part,
                            struct text typed)
{
    bool low = typed.data[0] == '>';
    size_t at;

    if (low || typed.data[0] == '<') {
        bool equal = typed.len > 1 && typed.data[1] == '=';

        part->test = PART_COMPARES;
        part->low_beyond = low && !equal;
        part->high_beyond = !low && !equal;
        return bound_read(reading, low ? &part->low : &part->high, part->field,
                          (struct text){ typed.data + 1 + equal, typed.len - 1 - equal });
    }
    if (!find_range(typed, &at))
        return true;
    part->test = PART_COMPARES;
    return bound_read(reading, &part->low, part->field, (struct text){ typed.data, at }) &&
           bound_read(reading, &part->high, part->field,
                      (struct text){ typed.data + at + 2, typed.len - at - 2 });
}

/* A whole day, month or year is a comparison with both its ends; what is no date yet stays text. */
static void period_read(const struct reading *reading, struct filter_part *part,
                        struct text typed)
{
    struct message unused;
    struct reading quiet = { reading->filter, reading->lookup, &unused };

    if (!bound_read(&quiet, &part->low, part->field, typed) || !text_present(part->low.first)) {
        part->low = (struct bound){ 0 };
        return;
    }
    part->high = part->low;
    part->test = PART_COMPARES;
}

/* ---- values ---- */

static bool is_exact_kind(const struct field *field)
{
    switch (field->kind) {
    case KIND_CODE:
    case KIND_CHOICE:
    case KIND_REFERENCE:
    case KIND_FLAG:
    case KIND_INTEGER:
        return true;
    default:
        return false;
    }
}

/* A whole code or its name, a record's number: exactly that. Anything else is sought within what is shown. */
static void wanted_read(const struct reading *reading, struct filter_part *part,
                        struct text typed)
{
    struct arena *arena = reading->filter->arena;
    const struct field *inner = part->field ? field_indexed(part->field) : NULL;
    struct wanted *wanted = &part->wanted[part->wanted_count++];
    struct message unused;
    struct reading quiet = { reading->filter, reading->lookup, &unused };
    const void *value = NULL;
    bool good;

    *wanted = (struct wanted){ .folded = folded_in(arena, typed) };
    if (inner && is_exact_kind(inner))
        value = value_read(&quiet, inner, typed, &good);
    if (value)
        wanted->exact = index_text(inner, value, arena);
}

/* "C02,C03": any of them, where the field holds codes; a comma in other fields is text. */
static void wanted_each(const struct reading *reading, struct filter_part *part,
                        const struct token *token)
{
    struct text rest = token->value;
    bool several = part->field && is_exact_kind(field_indexed(part->field)) && !token->quoted;
    size_t room = 1;

    for (size_t i = 0; i < rest.len; i++)
        room += rest.data[i] == ',';
    part->wanted = arena_array(reading->filter->arena, room, sizeof *part->wanted);
    if (!several) {
        wanted_read(reading, part, rest);
        return;
    }
    while (text_present(rest)) {
        struct text one = text_split(rest, ',', &rest);

        if (one.len > 0)
            wanted_read(reading, part, one);
    }
}

/* ---- parts ---- */

static bool field_value_read(const struct reading *reading, struct filter_part *part,
                             const struct token *token, bool *half)
{
    struct text value = token->value;

    if (value.len == 0 || (!token->quoted && text_is(value, "*"))) {
        part->test = PART_FILLED;
        part->negated = token->negated != (value.len == 0);
        return true;
    }
    if (field_kind(part->field)->index && !token->quoted) {
        if (!comparison_read(reading, part, value))
            return false;
        if (part->test == PART_CONTAINS && is_dated(part->field))
            period_read(reading, part, value);
    }
    if (part->test == PART_CONTAINS)
        wanted_each(reading, part, token);
    *half = part->test == PART_COMPARES
                ? !text_present(part->low.first) && !text_present(part->high.first)
                : part->wanted_count == 0; /* "value:>", "opened:..", "state:," */
    return true;
}

static bool part_read(const struct reading *reading, const struct token *token)
{
    struct filter *filter = reading->filter;
    struct filter_part *part = &filter->parts[filter->count];
    bool half = false;

    *part = (struct filter_part){ .negated = token->negated };
    if (text_present(token->name)) {
        part->field = field_meant(filter->type, token->name, filter->arena);
        if (!part->field) {
            message_set(reading->why,
                        N_("There is no field \"%s\" here. Press Tab for the fields, or put "
                           "quotation marks round words that hold a colon."),
                        arena_string(filter->arena, token->name));
            return false;
        }
        if (!field_value_read(reading, part, token, &half))
            return false;
    } else if (token->value.len > 0 && (token->quoted || !text_is(token->value, "-"))) {
        wanted_each(reading, part, token);
    } else {
        half = true;
    }
    if (half)
        return true;
    if (!part->field || part->field->tag > TAG_LIST_LAST)
        filter->last = 0;
    filter->count++;
    return true;
}

enum err filter_parse(struct filter **out, struct arena *arena, const struct record_type *type,
                      struct text typed, const struct lookup *lookup, struct message *why)
{
    struct filter *filter = arena_alloc(arena, sizeof *filter);
    struct text narrow = filter_narrow(arena, typed);
    const struct reading reading = { filter, lookup, why };
    struct token token;
    size_t words = 1, at = 0;

    for (size_t i = 0; i < narrow.len; i++)
        words += narrow.data[i] == ' ';
    filter->type = type;
    filter->arena = arena;
    filter->last = TAG_LIST_LAST;
    filter->memo = arena_alloc(arena, sizeof *filter->memo);
    filter->parts = arena_array(arena, words, sizeof *filter->parts);
    while (filter_token(narrow, &at, arena, &token))
        if (!part_read(&reading, &token))
            return fail_message(ERR_INVALID, why);
    *out = filter;
    return ERR_OK;
}
