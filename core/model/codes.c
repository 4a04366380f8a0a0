#include "core/model/codes_parts.h"

#include "core/journal/statement.h"
#include "core/model/commodity.h"
#include "core/model/status.h"
#include "core/model/unit.h"
#include "i18n/fold.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    LOOK_BACK = 512, /* entries; of a store that has grown by more, all tables are read again */
    SCAN_PAGE = 256,
    PARENTS_MOST = 8,
    TITLE_PARTS = 3,
};

/* ---- reading ---- */

static const struct row *find(const struct table *table, struct text code)
{
    size_t low = 0, high = table->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = text_compare(table->rows[middle].code, code);

        if (order == 0)
            return &table->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The text that was handed out before where it is the same. */
static struct text keep(struct codes *codes, struct text old, struct text new)
{
    return text_present(old) && text_equal(old, new) ? old : arena_text(codes->texts, new);
}

static struct text text_named(const struct record *record, const char *name)
{
    const struct field *field = field_named(record->type, text_of(name));

    return field ? *(const struct text *)field_value(field, record) : (struct text){ 0 };
}

static struct text sort_of(const struct record *record)
{
    return record->type == &status_type      ? text_named(record, "entity")
           : record->type == &unit_type      ? text_named(record, "dimension")
           : record->type == &commodity_type ? text_named(record, "hazard")
                                             : (struct text){ 0 };
}

static struct text folded_of(struct codes *codes, const struct row *old, const struct row *row)
{
    AUTO_BUFFER struct buffer folded = { 0 };

    fold(&folded, row->code);
    buffer_byte(&folded, '\n');
    fold(&folded, row->name.zh);
    buffer_byte(&folded, '\n');
    fold(&folded, row->name.en);
    return keep(codes, old->folded, buffer_as_text(&folded));
}

static void fill_row(struct codes *codes, const struct table *table,
                     const struct record *record, struct row *row)
{
    static const struct row none = { .id = 0 };
    struct text code =
        *(const struct text *)field_value(field_find(record->type, TAG_NUMBER), record);
    const struct field *name = field_named(record->type, TEXT("name"));
    const struct bitext *names = field_value(name, record);
    const struct row *old = find(table, code);

    old = old ? old : &none;
    row->id = record->key.id;
    row->code = keep(codes, old->code, code);
    row->name.zh = keep(codes, old->name.zh, names->zh);
    row->name.en = keep(codes, old->name.en, names->en);
    row->parent = keep(codes, old->parent, text_named(record, "parent"));
    row->sort = keep(codes, old->sort, sort_of(record));
    row->voided = *(const enum flag *)field_value(field_find(record->type, TAG_VOIDED),
                                                  record) == FLAG_YES;
    row->folded = folded_of(codes, old, row);
    if (record->type != &commodity_type)
        return;
    const struct commodity_record *goods = (const struct commodity_record *)record;

    row->unit = keep(codes, old->unit, goods->unit);
    row->two_officers = goods->two_officers == FLAG_YES;
    row->weighed = goods->weighed == FLAG_YES;
    row->kept_in_place = goods->kept_in_place == FLAG_YES;
}

static int by_code(const void *a, const void *b)
{
    return text_compare(((const struct row *)a)->code, ((const struct row *)b)->code);
}

/* A damaged row is left out here and named where it would have stood in the list of its table. */
static void take_entry(struct codes *codes, const struct table *old, struct table *new,
                       const struct entry *entry, struct arena *arena)
{
    struct record_key key = record_key_decode(entry->key.data);
    struct record *record;
    struct envelope envelope;

    if (key.family != 0 || entry->damaged || envelope_decode(&envelope, entry->value) != ERR_OK)
        return;
    record = record_new(arena, new->type);
    if (record_decode(record, envelope.payload, TAG_LIST_LAST, arena) != ERR_OK)
        return;
    record->key = key;
    new->rows = memory_grow(new->rows, (new->count + 1) * sizeof *new->rows);
    new->rows[new->count] = (struct row){ .id = key.id };
    fill_row(codes, old, record, &new->rows[new->count++]);
}

static enum err scan(struct codes *codes, struct txn *txn, const struct table *old,
                     struct table *new)
{
    struct record_key first = { .id = id_make(new->type->number, 0, 0) };
    struct record_key last = { .id = id_make((uint8_t)(new->type->number + 1), 0, 0) };
    uint8_t from[RECORD_KEY + 1] = { 0 }, to[RECORD_KEY];
    size_t len = RECORD_KEY;
    struct page page = { .more = true };

    record_key_encode(from, &first);
    record_key_encode(to, &last);
    while (page.more) {
        AUTO_ARENA struct arena *arena = arena_new();

        TRY(txn_page(txn, TREE_RECORDS, (struct bytes){ from, len },
                     (struct bytes){ to, sizeof to }, FORWARD, SCAN_PAGE, arena, &page));
        for (size_t i = 0; i < page.count; i++)
            take_entry(codes, old, new, &page.entries[i], arena);
        if (page.count > 0)
            memcpy(from, page.entries[page.count - 1].key.data, RECORD_KEY);
        len = RECORD_KEY + 1; /* behind the last one */
    }
    return ERR_OK;
}

static enum err read_table(struct codes *codes, struct table *table)
{
    AUTO_TXN struct txn *txn = NULL;
    struct table new = { .type = table->type, .read = true };
    enum err err;

    TRY(store_begin(&txn, codes->store));
    err = scan(codes, txn, table, &new);
    if (err != ERR_OK) {
        free(new.rows);
        return err;
    }
    if (new.count > 1)
        qsort(new.rows, new.count, sizeof *new.rows, by_code);
    free(table->rows);
    *table = new;
    return ERR_OK;
}

static struct table *table_of(struct codes *codes, const struct record_type *type)
{
    for (size_t i = 0; i < codes->count; i++)
        if (codes->tables[i].type == type)
            return &codes->tables[i];
    return NULL;
}

/* NULL: no such table, or it cannot be read (which whoever draws the screen meets as well). */
const struct table *codes_table(struct codes *codes, const char *name)
{
    struct table *table = table_of(codes, type_named(text_of(name)));

    return !table || (!table->read && read_table(codes, table) != ERR_OK) ? NULL : table;
}

/* ---- what has changed ---- */

static void forget_all(struct codes *codes)
{
    for (size_t i = 0; i < codes->count; i++)
        codes->tables[i].read = false;
}

static enum err forget_of_entry(struct codes *codes, struct txn *txn, uint64_t sequence)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct statement statement;
    struct bytes bytes;
    struct leaf leaf;

    TRY(txn_leaf(txn, sequence, arena, &bytes));
    TRY(leaf_decode(&leaf, bytes));
    TRY(statement_decode(&statement, arena, leaf.statement));
    for (size_t i = 0; i < statement.item_count; i++) {
        struct record_key key = record_key_decode(statement.items[i].key);
        struct table *table = table_of(codes, type_of_key(&key));

        if (table)
            table->read = false;
    }
    return ERR_OK;
}

enum err codes_refresh(struct codes *codes)
{
    AUTO_TXN struct txn *txn = NULL;
    uint64_t size;

    TRY(store_size(codes->store, &size));
    if (size == codes->seen)
        return ERR_OK;
    TRY(store_begin(&txn, codes->store));
    size = txn_size(txn);
    if (size < codes->seen || size - codes->seen > LOOK_BACK) {
        forget_all(codes);
        codes->seen = size;
        return ERR_OK;
    }
    for (; codes->seen < size; codes->seen++)
        TRY(forget_of_entry(codes, txn, codes->seen));
    return ERR_OK;
}

/* ---- what codes are called ---- */

static bool look_code(void *context, const char *name, struct text code, struct bitext *names)
{
    const struct table *table = codes_table(context, name);
    const struct row *row = table ? find(table, code) : NULL;

    if (row && names)
        *names = row->name;
    return row != NULL;
}

static struct text look_dimension(void *context, struct text unit)
{
    const struct table *table = codes_table(context, unit_type.name);
    const struct row *row = table ? find(table, unit) : NULL;

    return row ? row->sort : (struct text){ 0 };
}

/* The part of a row's folded line: 0 the code, 1 the Chinese name, 2 the English. */
static struct text folded_part(const struct row *row, int part)
{
    struct text rest = row->folded, one = text_split(rest, '\n', &rest);

    for (int i = 0; i < part; i++)
        one = text_split(rest, '\n', &rest);
    return one;
}

/* As written, then in any case, then a whole name that only one code has. */
const struct row *codes_row_typed(const struct table *table, struct text typed)
{
    AUTO_BUFFER struct buffer folded = { 0 };
    const struct row *row = find(table, typed), *named = NULL;
    size_t names = 0;
    struct text key;

    if (row)
        return row;
    fold(&folded, typed);
    key = buffer_as_text(&folded);
    for (size_t i = 0; key.len > 0 && i < table->count; i++)
        if (text_equal(folded_part(&table->rows[i], 0), key))
            return &table->rows[i];
    for (size_t i = 0; key.len > 0 && i < table->count; i++)
        if (text_equal(folded_part(&table->rows[i], 1), key) ||
            text_equal(folded_part(&table->rows[i], 2), key)) {
            named = &table->rows[i];
            names++;
        }
    return names == 1 ? named : NULL;
}

static bool look_code_typed(void *context, const char *name, struct text typed,
                            struct text *code)
{
    const struct table *table = codes_table(context, name);
    const struct row *row = table ? codes_row_typed(table, typed) : NULL;

    if (row)
        *code = row->code;
    return row != NULL;
}

/* Each with a comma before it but the first. */
void codes_put_meaning(struct buffer *out, struct text one)
{
    buffer_string(out, out->len > 0 ? ", " : "");
    buffer_text(out, one);
}

size_t codes_code_meanings(void *context, const char *name, struct text typed,
                           struct buffer *out)
{
    AUTO_BUFFER struct buffer folded = { 0 };
    const struct table *table = codes_table(context, name);
    size_t count = 0;

    fold(&folded, typed);
    for (size_t i = 0; table && folded.len > 0 && i < table->count; i++) {
        const struct row *row = &table->rows[i];

        if (!text_equal(folded_part(row, 1), buffer_as_text(&folded)) &&
            !text_equal(folded_part(row, 2), buffer_as_text(&folded)))
            continue;
        codes_put_meaning(out, row->code);
        count++;
    }
    return count;
}

/* ---- what records are called ---- */

static void put_part(struct buffer *out, size_t start, struct text part)
{
    if (part.len == 0)
        return;
    if (out->len > start)
        buffer_byte(out, ' ');
    buffer_text(out, part);
}

/* The human number, else the id; then the fields that name it. */
static void put_title(struct codes *codes, const struct record *record, enum language language,
                      struct arena *arena, struct buffer *out)
{
    const struct field *number = field_find(record->type, TAG_NUMBER);
    size_t start = out->len;

    if (number && field_present(number, record))
        put_part(out, start, *(const struct text *)field_value(number, record));
    else
        key_print(out, &record->key);
    if (record->access == ACCESS_NUMBER)
        put_part(out, start, words(arena, N_("not permitted"), language));
    for (size_t i = 0; i < TITLE_PARTS && record->type->title[i] != 0; i++) {
        const struct field *field = field_find(record->type, record->type->title[i]);

        put_part(out, start,
                 value_show(arena, field, field_value(field, record), &codes->lookup,
                            language));
    }
}

static bool look_reference(void *context, struct reference reference, enum language language,
                           struct buffer *title)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct codes *codes = context;
    struct record_key key = key_of_reference(reference);
    const struct record_type *type = type_of_key(&key);
    struct record *record;
    enum err err;

    if (!type || store_begin(&txn, codes->store) != ERR_OK)
        return false;
    err = record_get(txn, &key, TAG_LIST_LAST, arena, &record);
    if (err == ERR_OK)
        put_title(codes, record, language, arena, title);
    else if (err == ERR_MISSING && record_hidden(txn, &key))
        buffer_text(title, words(arena, N_("not permitted"), language));
    else
        return false;
    return true;
}

static bool look_number(void *context, struct reference reference, struct buffer *number)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct codes *codes = context;
    struct record_key key = key_of_reference(reference);
    const struct record_type *type = type_of_key(&key);
    const struct field *field = type ? field_find(type, TAG_NUMBER) : NULL;
    struct record *record;

    if (!field || field->kind != KIND_TEXT || store_begin(&txn, codes->store) != ERR_OK ||
        record_get(txn, &key, TAG_NUMBER, arena, &record) != ERR_OK ||
        !field_present(field, record))
        return false;
    buffer_text(number, *(const struct text *)field_value(field, record));
    return true;
}

/* ---- the whole ---- */

struct codes *codes_new(struct store *store)
{
    struct codes *codes = memory_new(sizeof *codes);

    codes->store = store;
    codes->texts = arena_new();
    for (const struct record_type *const *type = record_types; *type; type++) {
        if (!(*type)->code_table)
            continue;
        assert(codes->count < TABLES_MOST);
        codes->tables[codes->count++].type = *type;
    }
    codes->lookup = (struct lookup){
        .context = codes,
        .code = look_code,
        .dimension = look_dimension,
        .code_typed = look_code_typed,
        .reference = look_reference,
        .number = look_number,
        .reference_typed = codes_reference_typed,
        .code_meanings = codes_code_meanings,
        .reference_meanings = codes_reference_meanings,
    };
    if (store_size(store, &codes->seen) != ERR_OK)
        codes->seen = 0; /* the first refresh asks again */
    return codes;
}

void codes_free(struct codes *codes)
{
    if (!codes)
        return;
    for (size_t i = 0; i < codes->count; i++)
        free(codes->tables[i].rows);
    arena_free(codes->texts);
    free(codes);
}

const struct lookup *codes_lookup(struct codes *codes)
{
    return &codes->lookup;
}

void codes_officer(struct codes *codes, uint64_t officer)
{
    codes->lookup.officer = officer;
}

/* ---- pick lists ---- */

enum { RANK_EXACT, RANK_LEADING, RANK_NAME, RANK_NONE };

static int rank(const struct row *row, struct text key)
{
    struct text code = folded_part(row, 0);

    return text_equal(code, key)             ? RANK_EXACT
           : text_starts(code, key)          ? RANK_LEADING
           : fold_contains(row->folded, key) ? RANK_NAME
                                             : RANK_NONE;
}

size_t codes_match(struct codes *codes, const char *name, const char *entity, struct text typed,
                   size_t limit, struct arena *arena, struct code_entry **out)
{
    AUTO_BUFFER struct buffer folded = { 0 };
    const struct table *table = codes_table(codes, name);
    size_t count = 0, most = !table ? 0 : limit < table->count ? limit : table->count;

    fold(&folded, text_trim(typed));
    *out = arena_array(arena, most, sizeof **out);
    for (int wanted = RANK_EXACT; wanted < RANK_NONE; wanted++)
        for (size_t i = 0; count < most && i < table->count; i++) {
            const struct row *row = &table->rows[i];

            if (row->voided || (entity && !text_is(row->sort, entity)) ||
                rank(row, buffer_as_text(&folded)) != wanted)
                continue;
            (*out)[count++] = (struct code_entry){ row->code, row->name, row->parent, row->id };
        }
    return count;
}

static struct text row_name(const struct row *row, enum language language)
{
    bool english = language == LANGUAGE_EN ? row->name.en.len > 0 : row->name.zh.len == 0;

    return english ? row->name.en : row->name.zh;
}

struct text codes_path(struct codes *codes, const char *name, struct text code,
                       enum language language, struct arena *arena)
{
    const struct table *table = codes_table(codes, name);
    const struct row *row = table ? find(table, code) : NULL;
    struct text path = { 0 };

    for (int level = 0; row && level < PARENTS_MOST; level++) {
        struct text above;

        row = text_present(row->parent) ? find(table, row->parent) : NULL;
        if (!row)
            break;
        above = row_name(row, language);
        path = text_present(path) ? arena_printf(arena, "%.*s > %.*s", (int)above.len,
                                                 above.data, (int)path.len, path.data)
                                  : above;
    }
    return path;
}

bool codes_commodity(struct codes *codes, struct text code, struct commodity_rules *out)
{
    const struct table *table = codes_table(codes, commodity_type.name);
    const struct row *row = table ? find(table, code) : NULL;

    *out = (struct commodity_rules){ 0 };
    if (!row)
        return false;
    for (int level = 0; row && level < PARENTS_MOST; level++) {
        out->two_officers |= row->two_officers;
        out->weighed |= row->weighed;
        /* Kept in place is a matter of the hazard class: parts of a vehicle are no vehicle. */
        if (!text_present(out->hazard))
            out->kept_in_place |= row->kept_in_place;
        if (!text_present(out->hazard))
            out->hazard = row->sort;
        if (!text_present(out->unit))
            out->unit = row->unit;
        row = text_present(row->parent) ? find(table, row->parent) : NULL;
    }
    return true;
}
