#include "core/model/known.h"

#include "core/index/records.h"
#include "core/model/elements.h"

#include <string.h>

enum { FOUND_PAGE = 50, HONG_KONG_DIGITS = 8 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

struct text known_number(struct arena *arena, struct text written)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < written.len; i++) {
        char c = written.data[i];

        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (is_digit(c) || (c >= 'A' && c <= 'Z') || c < 0)
            buffer_byte(&out, (uint8_t)c);
    }
    return out.len > 0 ? arena_text(arena, buffer_as_text(&out)) : (struct text){ 0 };
}

struct text known_phone(struct arena *arena, struct text written)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct text digits;

    for (size_t i = 0; i < written.len; i++)
        if (is_digit(written.data[i]))
            buffer_byte(&out, (uint8_t)written.data[i]);
    digits = buffer_as_text(&out);
    if (text_starts(digits, TEXT("00")))
        digits = (struct text){ digits.data + 2, digits.len - 2 };
    if (text_starts(digits, TEXT("852")) && digits.len == 3 + HONG_KONG_DIGITS)
        digits = (struct text){ digits.data + 3, HONG_KONG_DIGITS };
    return digits.len > 0 ? arena_text(arena, digits) : (struct text){ 0 };
}

void known_add(struct known_numbers *numbers, struct text known)
{
    const struct known_item *items = numbers->list.items;
    size_t count = numbers->list.count;
    struct known_item *grown;

    if (!text_present(known))
        return;
    for (size_t i = 0; i < count; i++)
        if (text_equal(items[i].known, known))
            return;
    grown = arena_array(numbers->arena, count + 1, sizeof *grown);
    if (count > 0)
        memcpy(grown, items, count * sizeof *grown);
    grown[count].known = known;
    numbers->list = (struct list){ grown, count + 1 };
}

static bool has_known(const struct record *record, struct text known)
{
    const struct list *list = field_value(field_named(record->type, TEXT("known")), record);
    const struct known_item *items = list->items;

    for (size_t i = 0; i < list->count; i++)
        if (text_equal(items[i].known, known))
            return true;
    return false;
}

enum err known_find(struct txn *txn, const struct record_type *type, struct text known,
                    uint64_t except, struct arena *arena, struct record **out, size_t room,
                    size_t *count)
{
    const struct field *voided = field_find(type, TAG_VOIDED);
    const void *values[] = { &known };
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    *count = 0;
    if (!text_present(known))
        return ERR_OK;
    index_prefix(&prefix, type, index_named(type, "by_known"), values, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, FOUND_PAGE, arena,
                   &page));
    for (size_t i = 0; i < page.count && *count < room; i++) {
        struct record *record;

        if (page.keys[i].id == except)
            continue;
        TRY(record_get(txn, &page.keys[i], 0, arena, &record));
        if (*(const enum flag *)field_value(voided, record) != FLAG_YES &&
            has_known(record, known))
            out[(*count)++] = record;
    }
    return ERR_OK;
}
