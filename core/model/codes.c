#include "core/model/codes.h"

#include "core/base/seams.h"
#include "core/model/commodity.h"
#include "core/model/unit.h"
#include "i18n/fold.h"
#include "i18n/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct code_row {
    struct code_entry entry;
    struct text folded;   /* code and both names, for matching */
    struct text entity;   /* of a status */
    struct record *record;
};

struct code_table {
    const struct record_type *type;
    struct code_row *rows; /* ascending by code */
    size_t count;
};

enum { CODE_TABLES = 24 };

struct codes {
    struct store *store;
    struct arena *arena;
    struct code_table tables[CODE_TABLES];
    size_t count;
    uint64_t size_seen; /* the journal's size when the tables were read */
    struct lookup lookup;
};

static int row_compare(const void *a, const void *b)
{
    return text_compare(((const struct code_row *)a)->entry.code, ((const struct code_row *)b)->entry.code);
}

static void row_fill(struct codes *codes, struct code_row *row, struct record *record)
{
    const struct record_type *type = record->type;
    const struct field *name = field_named(type, TEXT("name"));
    const struct field *parent = field_named(type, TEXT("parent"));
    const struct field *entity = field_named(type, TEXT("entity"));
    AUTO_BUFFER struct buffer folded = { 0 };

    row->record = record;
    row->entry.code = *(const struct text *)field_value(&type->fields[0], record);
    row->entry.name = *(const struct bitext *)field_value(name, record);
    row->entry.id = record->key.id;
    if (parent)
        row->entry.parent = *(const struct text *)field_value(parent, record);
    if (entity)
        row->entity = *(const struct text *)field_value(entity, record);
    fold(&folded, row->entry.code);
    buffer_byte(&folded, '\n');
    fold(&folded, row->entry.name.zh);
    buffer_byte(&folded, '\n');
    fold(&folded, row->entry.name.en);
    row->folded = arena_text(codes->arena, buffer_as_text(&folded));
}

/* A code table is small (the largest has some hundreds of rows): it is read whole. */
static enum err table_read(struct codes *codes, struct txn *txn, struct code_table *table)
{
    const struct index_row *index = &table->type->indexes[0];
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page = { 0 };
    struct bytes resume = { 0 };
    size_t capacity = 64;
    struct code_row *rows = memory_new(capacity * sizeof *rows);

    table->count = 0;
    index_prefix(&prefix, table->type, index, NULL, 0);
    do {
        enum err err = index_page(txn, buffer_bytes(&prefix), resume, FORWARD, 500, codes->arena, &page);

        for (size_t i = 0; err == ERR_OK && i < page.count; i++) {
            struct record *record;

            if (record_get(txn, &page.keys[i], 0, codes->arena, &record) != ERR_OK)
                continue; /* a damaged row names itself where it is read as a record */
            if (table->count == capacity)
                rows = memory_grow(rows, (capacity *= 2) * sizeof *rows);
            memset(&rows[table->count], 0, sizeof *rows);
            row_fill(codes, &rows[table->count++], record);
        }
        if (err != ERR_OK) {
            free(rows);
            return err;
        }
        if (page.count > 0)
            resume = page.entries[page.count - 1];
    } while (page.more);
    table->rows = arena_copy(codes->arena, rows, table->count * sizeof *rows);
    free(rows);
    if (table->count > 0)
        qsort(table->rows, table->count, sizeof *table->rows, row_compare);
    return ERR_OK;
}

static enum err tables_read(struct codes *codes)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, codes->store));
    arena_reset(codes->arena);
    codes->count = 0;
    for (const struct record_type *const *type = record_types; *type; type++) {
        if (!(*type)->code_table)
            continue;
        assert(codes->count < CODE_TABLES);
        codes->tables[codes->count] = (struct code_table){ .type = *type };
        TRY(table_read(codes, txn, &codes->tables[codes->count]));
        codes->count++;
    }
    codes->size_seen = txn_size(txn);
    return ERR_OK;
}

/* Only acts on code tables make them stale; their statements' keys say so without reading bodies. */
static bool touches_codes(const struct statement *statement)
{
    for (size_t i = 0; i < statement->item_count; i++) {
        const struct record_type *type = type_numbered(statement->items[i].key[0]);

        if (type && type->code_table)
            return true;
    }
    return false;
}

enum { LOOK_BACK = 256 };

static enum err codes_stale(struct codes *codes, bool *stale)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    uint64_t size;

    TRY(store_size(codes->store, &size));
    *stale = size > codes->size_seen + LOOK_BACK || codes->size_seen == 0;
    if (*stale || size == codes->size_seen)
        return ERR_OK;
    TRY(store_begin(&txn, codes->store));
    for (uint64_t i = codes->size_seen; i < size && !*stale; i++) {
        struct bytes bytes;
        struct leaf leaf;
        struct statement statement;

        TRY(txn_leaf(txn, i, arena, &bytes));
        TRY(leaf_decode(&leaf, bytes));
        TRY(statement_decode(&statement, arena, leaf.statement));
        *stale = touches_codes(&statement);
    }
    if (!*stale)
        codes->size_seen = size;
    return ERR_OK;
}

enum err codes_refresh(struct codes *codes)
{
    bool stale;

    TRY(codes_stale(codes, &stale));
    return stale ? tables_read(codes) : ERR_OK;
}

static const struct code_table *table_named(const struct codes *codes, const char *name)
{
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(codes->tables[i].type->name, name) == 0)
            return &codes->tables[i];
    return NULL;
}

static const struct code_row *row_find(const struct codes *codes, const char *name, struct text code)
{
    const struct code_table *table = table_named(codes, name);
    struct code_row wanted = { .entry.code = code };

    return table && table->count > 0 ? bsearch(&wanted, table->rows, table->count, sizeof *table->rows, row_compare) : NULL;
}

static bool lookup_code(void *context, const char *table, struct text code, struct bitext *names)
{
    const struct code_row *row = row_find(context, table, code);

    if (row && names)
        *names = row->entry.name;
    return row != NULL;
}

static struct text lookup_dimension(void *context, struct text unit)
{
    const struct code_row *row = row_find(context, "unit", unit);

    return row ? ((const struct unit_record *)row->record)->dimension : (struct text){ 0 };
}

/* A whole name or code, in any case and either language. */
static bool row_is(const struct code_row *row, struct text folded)
{
    struct text rest = row->folded;

    while (text_present(rest))
        if (text_equal(text_split(rest, '\n', &rest), folded))
            return true;
    return false;
}

static bool lookup_code_typed(void *context, const char *name, struct text typed, struct text *code)
{
    const struct code_table *table = table_named(context, name);
    AUTO_BUFFER struct buffer folded = { 0 };

    fold(&folded, text_trim(typed));
    for (size_t i = 0; table && i < table->count; i++) {
        if (row_is(&table->rows[i], buffer_as_text(&folded))) {
            *code = table->rows[i].entry.code;
            return true;
        }
    }
    return false;
}

static void put_words(struct buffer *out, struct text words)
{
    if (!text_present(words) || words.len == 0)
        return;
    if (out->len > 0)
        buffer_byte(out, ' ');
    buffer_text(out, words);
}

static bool lookup_reference(void *context, struct reference reference, enum language language, struct buffer *title)
{
    struct codes *codes = context;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer words = { 0 };
    struct record_key key = key_of_reference(reference);
    struct record *record;
    const struct field *number;

    if (store_begin(&txn, codes->store) != ERR_OK || record_get(txn, &key, TAG_LIST_LAST, arena, &record) != ERR_OK)
        return false;
    number = field_find(record->type, TAG_NUMBER);
    if (number)
        put_words(&words, *(const struct text *)field_value(number, record));
    for (size_t i = 0; i < 3 && record->type->title[i] != 0; i++) {
        const struct field *field = field_find(record->type, record->type->title[i]);

        /* One level only: a reference in a title would ask again. */
        if (field->kind != KIND_REFERENCE && field_present(field, record))
            put_words(&words, value_show(arena, field, field_value(field, record), &codes->lookup, language));
    }
    buffer_text(title, buffer_as_text(&words));
    return true;
}

/* The next name of the space-separated targets. */
static const struct record_type *next_target(struct text *rest)
{
    return text_present(*rest) ? type_named(text_split(*rest, ' ', rest)) : NULL;
}

static bool typed_is_target(const struct field *field, const struct record_key *key)
{
    struct text rest = text_of(field->targets);
    const struct record_type *type;

    while ((type = next_target(&rest)))
        if (type == type_of_key(key))
            return true;
    return false;
}

static bool lookup_reference_typed(void *context, const struct field *field, struct text typed, struct reference *out)
{
    struct codes *codes = context;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer half = { 0 };
    struct text rest = text_of(field->targets), number = text_trim(typed);
    const struct record_type *type;
    struct record_key key;

    text_to_halfwidth(&half, number);
    number = buffer_as_text(&half);
    if (key_parse(&key, number) && typed_is_target(field, &key)) {
        *out = (struct reference){ key.id, key.family, key.n };
        return true;
    }
    if (store_begin(&txn, codes->store) != ERR_OK)
        return false;
    while ((type = next_target(&rest))) {
        struct record *record;

        if (record_by_number(txn, type, number, TAG_LIST_LAST, arena, &record) == ERR_OK) {
            *out = reference_of(record);
            return true;
        }
    }
    return false;
}

struct codes *codes_new(struct store *store)
{
    struct codes *codes = memory_new(sizeof *codes);

    codes->store = store;
    codes->arena = arena_new();
    codes->lookup = (struct lookup){
        .context = codes, .code = lookup_code, .dimension = lookup_dimension, .code_typed = lookup_code_typed,
        .reference = lookup_reference, .reference_typed = lookup_reference_typed,
    };
    return codes;
}

void codes_free(struct codes *codes)
{
    if (!codes)
        return;
    arena_free(codes->arena);
    free(codes);
}

const struct lookup *codes_lookup(struct codes *codes)
{
    codes->lookup.now_ms = now_ms();
    return &codes->lookup;
}

/* 0: no match; 1: somewhere in a name; 2: the code begins so; 3: it is the code. */
static int match_rank(const struct code_row *row, const char *entity, struct text folded)
{
    struct text rest, code;

    if (entity && !text_is(row->entity, entity))
        return 0;
    code = text_split(row->folded, '\n', &rest);
    if (folded.len == 0)
        return 1;
    if (text_equal(code, folded))
        return 3;
    if (text_starts(code, folded))
        return 2;
    return fold_contains(rest, folded) ? 1 : 0;
}

size_t codes_match(struct codes *codes, const char *name, const char *entity, struct text typed, size_t limit, struct arena *arena, struct code_entry **out)
{
    const struct code_table *table = table_named(codes, name);
    AUTO_BUFFER struct buffer folded = { 0 };
    size_t count = 0;

    *out = arena_array(arena, limit, sizeof **out);
    fold(&folded, text_trim(typed));
    for (int rank = 3; rank >= 1 && table; rank--)
        for (size_t i = 0; i < table->count && count < limit; i++)
            if (match_rank(&table->rows[i], entity, buffer_as_text(&folded)) == rank)
                (*out)[count++] = table->rows[i].entry;
    return count;
}

bool codes_commodity(struct codes *codes, struct text code, struct commodity_rules *out)
{
    const struct code_row *row = row_find(codes, "commodity", code);

    *out = (struct commodity_rules){ 0 };
    for (int level = 0; level < 8 && row; level++) {
        const struct commodity_record *commodity = (const struct commodity_record *)row->record;

        out->two_officers |= commodity->two_officers == FLAG_YES;
        out->weighed |= commodity->weighed == FLAG_YES;
        out->kept_in_place |= commodity->kept_in_place == FLAG_YES;
        if (!text_present(out->hazard))
            out->hazard = commodity->hazard;
        if (!text_present(out->unit))
            out->unit = commodity->unit;
        row = text_present(commodity->parent) ? row_find(codes, "commodity", commodity->parent) : NULL;
    }
    return out->hazard.len > 0 || out->unit.len > 0;
}
