/* Counters (declared in index.h). */
#include "core/index/index.h"

#include <assert.h>
#include <string.h>

static const struct count_row *count_named(const struct record_type *type, const char *name)
{
    size_t i = 0;

    while (i < type->count_count && strcmp(type->counts[i].name, name) != 0)
        i++;
    assert(i < type->count_count);
    return &type->counts[i];
}

static size_t row_fields(const struct count_row *row)
{
    size_t count = 0;

    while (count < sizeof row->fields / sizeof *row->fields && row->fields[count] != 0)
        count++;
    return count;
}

static void put_head(struct buffer *out, const struct record_type *type,
                     const struct count_row *row)
{
    buffer_byte(out, 'c');
    buffer_byte(out, type->number);
    buffer_byte(out, row->tag);
}

/* Calls each counter below the prefix with what follows it. */
static enum err below(struct txn *txn, struct bytes prefix, struct arena *arena,
                      void (*each)(struct bytes rest, int64_t number, void *context),
                      void *context)
{
    enum { AT_ONCE = 256 };
    AUTO_BUFFER struct buffer from = { 0 };
    struct bytes to = key_after_prefix(arena, prefix);
    struct page page = { .more = true };
    int64_t number;

    buffer_put(&from, prefix.data, prefix.len);
    while (page.more) {
        TRY(txn_page(txn, TREE_COUNTERS, buffer_bytes(&from), to, FORWARD, AT_ONCE, arena,
                     &page));
        for (size_t i = 0; i < page.count; i++) {
            struct bytes key = page.entries[i].key;

            TRY(txn_counter(txn, key, &number));
            each((struct bytes){ key.data + prefix.len, key.len - prefix.len }, number,
                 context);
        }
        if (page.count == 0)
            break;
        buffer_clear(&from);
        buffer_put(&from, page.entries[page.count - 1].key.data,
                   page.entries[page.count - 1].key.len);
        buffer_byte(&from, 0);
    }
    return ERR_OK;
}

static void sum(struct bytes rest, int64_t number, void *context)
{
    (void)rest;
    *(int64_t *)context += number;
}

enum err count_get(struct txn *txn, const struct record_type *type, const char *name,
                   const void *const *values, size_t count, int64_t *out)
{
    const struct count_row *row = count_named(type, name);
    AUTO_BUFFER struct buffer key = { 0 };
    int64_t total = 0;

    assert(count <= row_fields(row));
    put_head(&key, type, row);
    for (size_t i = 0; i < count; i++) {
        const struct field *field = field_find(type, row->fields[i]);

        assert(field);
        if (field->kind == KIND_LIST)
            field = &field->element->fields[0];
        if (values[i])
            field_kind(field)->index(&key, field, values[i]);
        else
            buffer_byte(&key, 0);
    }
    if (count == row_fields(row))
        return txn_counter(txn, buffer_bytes(&key), out);
    AUTO_ARENA struct arena *arena = arena_new();

    TRY(below(txn, buffer_bytes(&key), arena, sum, &total));
    *out = total;
    return ERR_OK;
}

enum err count_each(struct txn *txn, const struct record_type *type, const char *name,
                    struct arena *arena,
                    void (*each)(struct bytes values, int64_t number, void *context),
                    void *context)
{
    AUTO_BUFFER struct buffer prefix = { 0 };

    put_head(&prefix, type, count_named(type, name));
    return below(txn, buffer_bytes(&prefix), arena, each, context);
}
