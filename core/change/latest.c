#include "core/change/latest.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/checksum.h"

enum { LEAST = 1024 };

/* Where the key stands or would stand; the table has an empty place. */
static struct latest *place(const struct latest_table *table, const uint8_t key[RECORD_KEY])
{
    struct checksum mixed = checksum((struct bytes){ key, RECORD_KEY });
    size_t at = (size_t)read_u64(mixed.byte) & (table->capacity - 1);

    while (table->items[at].revision != 0 && memcmp(table->items[at].key, key, RECORD_KEY) != 0)
        at = (at + 1) & (table->capacity - 1);
    return &table->items[at];
}

struct latest *latest_find(const struct latest_table *table, const uint8_t key[RECORD_KEY])
{
    struct latest *found = table->capacity > 0 ? place(table, key) : NULL;

    return found && found->revision != 0 ? found : NULL;
}

static void grow(struct latest_table *table)
{
    struct latest_table more = { .count = table->count };

    more.capacity = table->capacity == 0 ? LEAST : table->capacity * 2;
    more.items = memory_new(more.capacity * sizeof *more.items);
    for (size_t i = 0; i < table->capacity; i++)
        if (table->items[i].revision != 0)
            *place(&more, table->items[i].key) = table->items[i];
    free(table->items);
    *table = more;
}

void latest_put(struct latest_table *table, const struct statement_item *item, uint16_t n,
                uint64_t sequence)
{
    if (table->count >= table->capacity / 4 * 3)
        grow(table);
    struct latest *found = place(table, item->key);

    table->count += found->revision == 0;
    *found = (struct latest){ .n = n, .revision = item->revision, .sequence = sequence };
    memcpy(found->key, item->key, RECORD_KEY);
}

static int by_key(const void *a, const void *b)
{
    return memcmp(((const struct latest *)a)->key, ((const struct latest *)b)->key, RECORD_KEY);
}

void latest_sort(struct latest_table *table)
{
    size_t used = 0;

    for (size_t i = 0; i < table->capacity; i++)
        if (table->items[i].revision != 0)
            table->items[used++] = table->items[i];
    if (used > 1)
        qsort(table->items, used, sizeof *table->items, by_key);
}

void latest_free(struct latest_table *table)
{
    free(table->items);
    *table = (struct latest_table){ 0 };
}
