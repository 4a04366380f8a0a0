#include "core/query/sorted.h"

#include "core/base/seams.h"

#include <string.h>

enum { PAGE_ROWS = 64 };

static bool record_is_voided(const struct record *record)
{
    const struct field *field = field_find(record->type, TAG_VOIDED);

    return field && *(const enum flag *)field_value(field, record) == FLAG_YES;
}

/* Where the query's keys lie: in its index, or by id in the tree of records. */
static enum tree key_range(const struct query *query, struct buffer *from, struct buffer *to,
                           struct arena *arena)
{
    if (!query->index) {
        buffer_byte(from, query->type->number);
        buffer_byte(to, (uint8_t)(query->type->number + 1));
        return TREE_RECORDS;
    }
    if (query->prefix.len == 0)
        index_prefix(from, query->type, query->index, NULL, 0);
    else
        buffer_put(from, query->prefix.data, query->prefix.len);
    struct bytes end =
        query->to.len > 0 ? query->to : key_after_prefix(arena, buffer_bytes(from));

    buffer_put(to, end.data, end.len);
    if (query->from.len > 0) {
        buffer_clear(from);
        buffer_put(from, query->from.data, query->from.len);
    }
    return TREE_INDEXES;
}

/* A page of keys in the query's order. */
static enum err keys_page(struct txn *txn, const struct query *query, struct bytes resume,
                          size_t limit, struct arena *arena, struct index_page *out)
{
    AUTO_BUFFER struct buffer from = { 0 }, to = { 0 };
    enum tree tree = key_range(query, &from, &to, arena);
    struct page page;

    if (resume.len > 0 && query->direction == FORWARD) {
        buffer_clear(&from);
        buffer_put(&from, resume.data, resume.len);
        buffer_byte(&from, 0);
    } else if (resume.len > 0) {
        buffer_clear(&to);
        buffer_put(&to, resume.data, resume.len);
    }
    TRY(txn_page(txn, tree, buffer_bytes(&from), buffer_bytes(&to), query->direction, limit,
                 arena, &page));
    *out = (struct index_page){ .count = page.count, .more = page.more };
    out->keys = arena_array(arena, page.count, sizeof *out->keys);
    out->entries = arena_array(arena, page.count, sizeof *out->entries);
    for (size_t i = 0; i < page.count; i++) {
        struct bytes key = page.entries[i].key;

        out->keys[i] = query->index ? index_entry_key(key) : record_key_decode(key.data);
        out->entries[i] = key;
    }
    return ERR_OK;
}

/* Its place in an order, or in a list narrowed to a value, says what the value is. */
static bool order_readable(const struct query *query, const struct record *record)
{
    for (size_t i = 0; query->index && i < 4 && query->index->fields[i] != 0; i++)
        if (!field_readable(field_find(query->type, query->index->fields[i]), record->access))
            return false;
    return true;
}

/* Of the entries that a record has for the elements of a list, the one that comes first stands for it. */
static bool stands_for_record(const struct query *query, const struct record *record,
                              struct bytes entry, struct arena *arena)
{
    const struct field *field =
        query->index ? field_find(query->type, query->index->fields[0]) : NULL;

    if (!query->once || !field || field->kind != KIND_LIST || query->prefix.len > 0)
        return true;
    struct text first = order_value(field, record, *query->once, arena);

    return entry.len >= 2 + first.len && memcmp(entry.data + 2, first.data, first.len) == 0;
}

enum err query_row_read(struct txn *txn, const struct query *query,
                        const struct record_key *key, struct bytes entry,
                        const struct lookup *lookup, struct arena *arena, struct query_row *out,
                        bool *taken)
{
    enum err err;

    *out = (struct query_row){ .key = *key, .entry = entry };
    *taken = false;
    if (key->family != query->type->family)
        return ERR_OK;
    err = record_get(txn, key, query->all_fields ? 0 : filter_last_tag(query->filter), arena,
                     &out->record);
    if (err == ERR_MISSING && record_hidden(txn, key))
        return ERR_OK;
    if (err == ERR_DAMAGED || err == ERR_MISSING) {
        out->damaged =
            true; /* named where it would have stood; a key that leads nowhere is damage */
        out->record = NULL;
        *taken = true;
        return ERR_OK;
    }
    TRY(err);
    *taken = (query->voided || !record_is_voided(out->record)) &&
             order_readable(query, out->record) &&
             stands_for_record(query, out->record, entry, arena) &&
             filter_match(query->filter, out->record, lookup);
    return ERR_OK;
}

/* One record of the walk: a row, or passed over. */
static enum err row_take(struct txn *txn, const struct query *query,
                         const struct record_key *key, struct bytes entry,
                         const struct lookup *lookup, struct arena *arena,
                         struct query_slice *out)
{
    bool taken;

    TRY(query_row_read(txn, query, key, entry, lookup, arena, &out->rows[out->count], &taken));
    out->count += taken;
    return ERR_OK;
}

enum err query_slice(struct txn *txn, const struct query *query, struct bytes resume,
                     size_t rows, int budget_ms, const struct lookup *lookup,
                     struct arena *arena, struct query_slice *out)
{
    int64_t deadline = budget_ms > 0 ? monotonic_ms() + budget_ms : INT64_MAX;
    struct index_page page = { 0 };

    *out = (struct query_slice){ .rows = arena_array(arena, rows, sizeof *out->rows),
                                 .resume = resume };
    do {
        TRY(keys_page(txn, query, out->resume,
                      rows < PAGE_ROWS && filter_empty(query->filter) ? rows : PAGE_ROWS, arena,
                      &page));
        for (size_t i = 0; i < page.count && out->count < rows; i++) {
            TRY(row_take(txn, query, &page.keys[i], page.entries[i], lookup, arena, out));
            out->resume = page.entries[i];
            out->looked_at++;
            out->more = i + 1 < page.count || page.more;
        }
    } while (page.more && out->count < rows && monotonic_ms() < deadline);
    if (page.count == 0)
        out->more = false;
    return ERR_OK;
}

int64_t query_count(struct txn *txn, const struct query *query)
{
    int64_t count;

    if (!filter_empty(query->filter) || query->voided || query->prefix.len > 0 ||
        query->type->count_count == 0 || query->type->family != 0)
        return -1;
    return count_get(txn, query->type, "all", NULL, 0, &count) == ERR_OK ? count : -1;
}
