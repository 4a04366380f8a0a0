/* Which record typed text means: by id, number, barcode or name (part of codes.h). */
#include "core/model/codes_parts.h"
#include "core/model/officer.h"
#include "i18n/fold.h"

enum { SCAN_PAGE = 256 };

static bool is_target(const struct field *field, const struct record_type *type)
{
    struct text rest = text_of(field->targets);

    if (!field->targets)
        return true;
    while (text_present(rest)) {
        struct text one = text_split(rest, ' ', &rest);

        if (text_is(one, type->name))
            return true;
    }
    return false;
}

static bool has_numbers(const struct record_type *type)
{
    return type->family == 0 && type->index_count > 0 && type->indexes[0].tag == 1 &&
           type->indexes[0].unique;
}

static bool by_id(struct txn *txn, const struct field *field, struct text typed,
                  struct reference *out)
{
    struct record_key key;
    const struct record_type *type;
    uint8_t encoded[RECORD_KEY];
    enum access access = ACCESS_ALL; /* of a damaged record too: it is named */

    if (!key_parse(&key, typed) || !(type = type_of_key(&key)) || !is_target(field, type))
        return false;
    record_key_encode(encoded, &key);
    if (!txn_has(txn, TREE_RECORDS, (struct bytes){ encoded, sizeof encoded }) ||
        (record_access(txn, &key, &access) == ERR_OK && access == ACCESS_NONE))
        return false;
    *out = (struct reference){ key.id, key.family, key.n };
    return true;
}

/* How many officers bear a whole name; the one where it is one, and the staff numbers of all. */
static size_t by_name(struct txn *txn, struct text typed, struct reference *out,
                      struct buffer *numbers)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer folded = { 0 };
    AUTO_BUFFER struct buffer prefix = { 0 };
    const struct index_row *index = index_named(&officer_type, "by_name");
    struct index_page page = { 0 };
    struct bytes resume = { 0 };
    struct reference last = { 0 };
    size_t found = 0;

    fold(&folded, typed);
    index_prefix(&prefix, &officer_type, index, NULL, 0);
    do {
        if (index_page(txn, buffer_bytes(&prefix), resume, FORWARD, SCAN_PAGE, arena, &page) !=
            ERR_OK)
            return 0;
        for (size_t i = 0; i < page.count; i++) {
            AUTO_BUFFER struct buffer zh = { 0 };
            AUTO_BUFFER struct buffer en = { 0 };
            struct record *record;

            if (record_get(txn, &page.keys[i], tag_officer_name, arena, &record) != ERR_OK)
                continue;
            fold(&zh, ((struct officer_record *)record)->name.zh);
            fold(&en, ((struct officer_record *)record)->name.en);
            if (folded.len > 0 && (text_equal(buffer_as_text(&zh), buffer_as_text(&folded)) ||
                                   text_equal(buffer_as_text(&en), buffer_as_text(&folded)))) {
                last = reference_of(record);
                codes_put_meaning(numbers, ((struct officer_record *)record)->number);
                found++;
            }
        }
        if (page.count > 0)
            resume = page.entries[page.count - 1];
    } while (page.more);
    if (found == 1)
        *out = last;
    return found;
}

/* By what a label or card carries: the type's other unique text fields (barcode, card). */
static bool by_label(struct txn *txn, const struct record_type *type, struct text typed,
                     struct reference *out)
{
    for (size_t i = 1; i < type->index_count; i++) {
        const struct index_row *index = &type->indexes[i];
        struct record_key key;

        if (index->unique && field_find(type, index->fields[0])->kind == KIND_TEXT &&
            index_find(txn, type, index, &typed, &key) == ERR_OK) {
            *out = (struct reference){ key.id, key.family, key.n };
            return true;
        }
    }
    return false;
}

static bool by_number(struct codes *codes, struct txn *txn, const struct record_type *type,
                      struct text typed, struct reference *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct table *table = type->code_table ? codes_table(codes, type->name) : NULL;
    const struct row *row = table ? codes_row_typed(table, typed) : NULL;
    AUTO_BUFFER struct buffer numbers = { 0 };
    struct record *record;

    if (row) {
        *out = (struct reference){ .id = row->id };
        return true;
    }
    if (has_numbers(type) &&
        record_by_number(txn, type, typed, TAG_LIST_LAST, arena, &record) == ERR_OK) {
        *out = reference_of(record);
        return true;
    }
    return by_label(txn, type, typed, out) ||
           (type == &officer_type && by_name(txn, typed, out, &numbers) == 1);
}

bool codes_reference_typed(void *context, const struct field *field, struct text typed,
                           struct reference *out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct codes *codes = context;

    if (store_begin(&txn, codes->store) != ERR_OK)
        return false;
    if (by_id(txn, field, typed, out))
        return true;
    for (const struct record_type *const *type = record_types; *type; type++)
        if (is_target(field, *type) && by_number(codes, txn, *type, typed, out))
            return true;
    return false;
}

size_t codes_reference_meanings(void *context, const struct field *field, struct text typed,
                                struct buffer *numbers)
{
    AUTO_TXN struct txn *txn = NULL;
    struct codes *codes = context;
    struct reference one;
    size_t count = 0;

    if (store_begin(&txn, codes->store) != ERR_OK)
        return 0;
    for (const struct record_type *const *type = record_types; *type; type++)
        if (is_target(field, *type) && (*type)->code_table)
            count += codes_code_meanings(codes, (*type)->name, typed, numbers);
    return is_target(field, &officer_type) ? count + by_name(txn, typed, &one, numbers) : count;
}
