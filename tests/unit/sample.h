/* The record type of sample.def, whole: what the tests of the schema share. Random values come from
 * rand(), so that a seed repeats them; all of them are such as a store may hold.
 */
#ifndef TIDEWAITER_TESTS_UNIT_SAMPLE_H
#define TIDEWAITER_TESTS_UNIT_SAMPLE_H

#include <string.h>

#include "core/schema/record.h"

#define ELEMENT sample_mark
#define RECORD_DEF "tests/unit/sample_mark.def"
#include "core/schema/struct.h"
#define ELEMENT sample_law
#define RECORD_DEF "tests/unit/sample_law.def"
#include "core/schema/struct.h"
#define ELEMENT sample_leg
#define RECORD_DEF "tests/unit/sample_leg.def"
#include "core/schema/struct.h"
#define RECORD sample
#define RECORD_DEF "tests/unit/sample.def"
#include "core/schema/struct.h"

static const struct choice sample_sexes[] = {
    { "M", L("Male", "男") },
    { "F", L("Female", "女") },
    { NULL, L("", "") },
};

#define ELEMENT sample_mark
#define RECORD_DEF "tests/unit/sample_mark.def"
#include "core/schema/table.h"
static const struct element_type sample_mark_type = { ELEMENT_TABLE(sample_mark),
                                                      .label = L("Mark", "標記") };
#define ELEMENT sample_law
#define RECORD_DEF "tests/unit/sample_law.def"
#include "core/schema/table.h"
static const struct element_type sample_law_type = { ELEMENT_TABLE(sample_law),
                                                     .label = L("Ordinance", "條例") };
#define ELEMENT sample_leg
#define RECORD_DEF "tests/unit/sample_leg.def"
#include "core/schema/table.h"
static const struct element_type sample_leg_type = { ELEMENT_TABLE(sample_leg),
                                                     .label = L("Leg", "路段") };
#define RECORD sample
#define RECORD_DEF "tests/unit/sample.def"
#include "core/schema/table.h"

enum { SAMPLE = 9, SAMPLE_EVENTS = 1, SAMPLE_OTHER = 12 };

static const struct record_type sample_type = {
    RECORD_TABLE(sample),
    .number = SAMPLE,
    .name = "sample",
    .letters = "S",
    .label = L("Sample", "樣本"),
    .plural = L("Samples", "樣本"),
    .title = { tag_sample_title, 0 },
};
static const struct record_type sample_event_type = {
    .number = 100,
    .family = SAMPLE_EVENTS,
    .name = "sample_event",
    .letters = "",
    .label = L("Event", "保管紀錄"),
    .size = sizeof(struct record),
};
static const struct record_type sample_stranger_type = {
    .number = SAMPLE_OTHER,
    .name = "stranger",
    .letters = "ST",
    .label = L("Stranger", "外來紀錄"),
    .size = sizeof(struct record),
};
const struct record_type *const record_types[] = { &sample_type, &sample_event_type,
                                                   &sample_stranger_type, NULL };

static inline const struct field *sample_field(uint16_t tag)
{
    const struct field *field = field_find(&sample_type, tag);

    assert_non_null(field);
    return field;
}

/* ---- random values ---- */

static inline int64_t below(int64_t limit)
{
    uint64_t number = 0;

    for (int i = 0; i < 4; i++)
        number = number << 16 ^ (uint64_t)rand();
    return (int64_t)(number % (uint64_t)limit);
}

/* Digits of any length, so that small and large numbers are equally likely. */
static inline int64_t any_integer(void)
{
    int64_t size = below(INT64_MAX >> below(62));

    return below(2) ? size : -size;
}

/* 1 to `most` characters, among them those that text forms give a meaning to. */
static inline struct text any_text(struct arena *arena, int64_t most)
{
    static const char *const pieces[] = { "a",  "B",  "9", " ", "|", ";",  "\\", "魚", "翅",
                                          "臺", "𠮷", "é", "-", ".", "\t", "Ａ", "z",  "：" };
    struct buffer out = { 0 };

    for (int64_t left = 1 + below(most); left > 0; left--)
        buffer_string(&out, pieces[below(sizeof pieces / sizeof *pieces)]);
    buffer_byte(&out, 'x');
    struct text t = arena_text(arena, buffer_as_text(&out));

    buffer_free(&out);
    return t;
}

static inline struct text any_code(struct arena *arena)
{
    static const char *const codes[] = { "kg",  "END.SHF",   "END.S", "60",
                                         "586", "container", "END" };

    return arena_text(arena, text_of(codes[below(sizeof codes / sizeof *codes)]));
}

static inline date any_date(void)
{
    int year = (int)(1990 + below(40)), month = (int)below(13);

    return date_make(year, month, month == 0 ? 0 : (int)below(29));
}

static inline struct moment any_moment(void)
{
    static const int16_t offsets[] = { 480, 480, 0, -300, 330, 600 };
    struct moment m = { any_date(), MINUTE_UNKNOWN, offsets[below(6)] };

    if (!date_is_partial(m.date) && below(4) > 0)
        m.minute = (int16_t)below(1440);
    return m;
}

static inline struct money any_money(void)
{
    static const char currencies[][4] = { "HKD", "HKD", "USD", "JPY", "KWD" };
    struct money m = { .minor = any_integer() };

    memcpy(m.currency, currencies[below(5)], 4);
    return m;
}

static inline struct reference any_reference(void)
{
    struct reference r = { 0 };

    r.id = id_make(below(2) ? SAMPLE : (uint8_t)(1 + below(127)),
                   (uint16_t)(below(2) * below(4096)), (uint64_t)below(INT64_C(1) << 44));
    if (below(2)) {
        r.family = (uint8_t)(1 + below(255));
        r.n = (uint32_t)below(1 << 24);
    }
    return r;
}

static inline struct hash_value any_hash(struct arena *arena)
{
    struct hash_value hash = { TEXT("sha-256"), { 0 } };
    uint8_t bytes[32];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)below(256);
    hash.bytes = (struct bytes){ arena_copy(arena, bytes, sizeof bytes), sizeof bytes };
    return hash;
}

static inline void any_value(const struct field *field, void *value, struct arena *arena);

static inline void any_list(const struct field *field, struct list *list, struct arena *arena)
{
    const struct element_type *element = field->element;

    list->count = (size_t)(1 + below(4));
    char *items = arena_array(arena, list->count, element->size);

    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < element->count; j++)
            if (j == 0 || below(2))
                any_value(&element->fields[j],
                          field_place(&element->fields[j], items + i * element->size), arena);
    list->items = items;
}

/* A present value of the field. */
static inline void any_value(const struct field *field, void *value, struct arena *arena)
{
    int64_t which = below(3);

    switch (field->kind) {
    case KIND_TEXT:
        *(struct text *)value =
            field->flags & UPPERCASE ? TEXT("KCT/23/00012-7") : any_text(arena, 60);
        break;
    case KIND_BITEXT:
        if (which != 0)
            ((struct bitext *)value)->zh = any_text(arena, 20);
        if (which != 1)
            ((struct bitext *)value)->en = any_text(arena, 20);
        break;
    case KIND_DATE:
        *(date *)value = any_date();
        break;
    case KIND_MOMENT:
        *(struct moment *)value = any_moment();
        break;
    case KIND_TIME:
        *(machine_time *)value = 1 + below(INT64_C(253402300799999));
        break;
    case KIND_MONEY:
        *(struct money *)value = any_money();
        break;
    case KIND_QUANTITY:
    case KIND_WEIGHT:
        *(struct quantity *)value =
            (struct quantity){ { any_integer(), (int8_t)-below(10) },
                               below(2) ? TEXT("kg") : TEXT("container") };
        break;
    case KIND_CHOICE:
        *(struct text *)value = below(2) ? TEXT("M") : TEXT("F");
        break;
    case KIND_CODE:
        *(struct text *)value = field->flags & UPPERCASE ? TEXT("CN") : any_code(arena);
        break;
    case KIND_REFERENCE:
        *(struct reference *)value = any_reference();
        break;
    case KIND_LIST:
        any_list(field, value, arena);
        break;
    case KIND_NUMBER:
        ((struct checked_number *)value)->value = TEXT("CSQU3054383");
        if (which == 0)
            ((struct checked_number *)value)->reason = any_text(arena, 20);
        break;
    case KIND_FLAG:
        *(enum flag *)value = below(2) ? FLAG_NO : FLAG_YES;
        break;
    case KIND_INTEGER:
        *(struct integer *)value = (struct integer){ true, any_integer() };
        break;
    case KIND_COORDINATES:
        *(struct coordinates *)value =
            (struct coordinates){ true, (int32_t)(below(1800000001) - 900000000),
                                  (int32_t)(below(INT64_C(3600000001)) - 1800000000) };
        break;
    case KIND_HASH:
        *(struct hash_value *)value = any_hash(arena);
        break;
    case KIND_COUNT:
        assert_true(false);
    }
}

/* A record with about `percent` of its fields. */
static inline struct sample_record *any_sample(struct arena *arena, int percent)
{
    struct record *record = record_new(arena, &sample_type);

    for (size_t i = 0; i < sample_type.count; i++)
        if (below(100) < percent)
            any_value(&sample_type.fields[i], field_place(&sample_type.fields[i], record),
                      arena);
    return (struct sample_record *)record;
}

/* ---- a lookup with a few codes and one record ---- */

static inline bool sample_code(void *context, const char *table, struct text code,
                               struct bitext *names)
{
    (void)context;
    if (text_is(code, "END.SHF") && strcmp(table, "commodity") == 0)
        *names = (struct bitext){ TEXT("魚翅"), TEXT("Shark fin") };
    else if (text_is(code, "kg") && strcmp(table, "unit") == 0)
        *names = (struct bitext){ TEXT("公斤"), TEXT("kilogram") };
    else if (text_is(code, "container") && strcmp(table, "unit") == 0)
        *names = (struct bitext){ TEXT("個貨櫃"), TEXT("container") };
    else
        return strcmp(table, "ordinance") == 0 && !text_is(code, "999");
    return true;
}

static inline bool sample_code_typed(void *context, const char *table, struct text typed,
                                     struct text *code)
{
    static const char *const rows[][4] = { { "commodity", "END.SHF", "end.shf", "魚翅" },
                                           { "unit", "kg", "KG", "公斤" },
                                           { "unit", "container", "CONTAINER", "個貨櫃" } };

    (void)context;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t j = 1; j < 4; j++)
            if (strcmp(rows[i][0], table) == 0 && text_is(typed, rows[i][j])) {
                *code = text_of(rows[i][1]);
                return true;
            }
    *code = typed;
    return strcmp(table, "ordinance") == 0;
}

static inline struct text sample_dimension(void *context, struct text unit)
{
    (void)context;
    return text_is(unit, "kg") ? TEXT("mass") : TEXT("count");
}

static inline bool sample_reference(void *context, struct reference reference,
                                    enum language language, struct buffer *title)
{
    (void)context;
    buffer_string(title, language == LANGUAGE_EN ? "S-00007 Fins" : "S-00007 魚翅");
    return id_number(reference.id) == 7;
}

static inline bool sample_reference_typed(void *context, const struct field *field,
                                          struct text typed, struct reference *out)
{
    (void)context;
    (void)field;
    *out = (struct reference){ id_make(SAMPLE, 0, 7), 0, 0 };
    return text_is(typed, "KCT/23/00012-7");
}

/* 2023-06-21 08:40 in Hong Kong */
#define SAMPLE_NOW INT64_C(1687308000000)
static const struct lookup sample_lookup = { .code = sample_code,
                                             .dimension = sample_dimension,
                                             .code_typed = sample_code_typed,
                                             .reference = sample_reference,
                                             .reference_typed = sample_reference_typed,
                                             .now_ms = SAMPLE_NOW };

#endif
