#include "core/model/number_table.h"

#include "core/base/memory.h"

#include <stdlib.h>

enum { ROOM_FIRST = 256 }; /* a power of two */

struct pair {
    uint64_t number;
    size_t place;
};

struct number_table {
    struct pair *pairs;
    size_t count, room;
};

struct number_table *number_table_new(void)
{
    struct number_table *table = memory_new(sizeof *table);

    table->room = ROOM_FIRST;
    table->pairs = memory_new(table->room * sizeof *table->pairs);
    return table;
}

void number_table_free(struct number_table *table)
{
    if (table)
        free(table->pairs);
    free(table);
}

/* Where the number stands, or the free pair where it would. */
static struct pair *pair_of(const struct number_table *table, uint64_t number)
{
    size_t at = (size_t)((number * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (table->room - 1);

    while (table->pairs[at].number != 0 && table->pairs[at].number != number)
        at = (at + 1) & (table->room - 1);
    return &table->pairs[at];
}

static void grow(struct number_table *table)
{
    struct number_table larger = { .room = 2 * table->room };

    larger.pairs = memory_new(larger.room * sizeof *larger.pairs);
    for (size_t i = 0; i < table->room; i++)
        if (table->pairs[i].number != 0)
            *pair_of(&larger, table->pairs[i].number) = table->pairs[i];
    larger.count = table->count;
    free(table->pairs);
    *table = larger;
}

void number_table_put(struct number_table *table, uint64_t number, size_t place)
{
    struct pair *pair;

    if (2 * table->count >= table->room)
        grow(table);
    pair = pair_of(table, number);
    table->count += pair->number == 0;
    *pair = (struct pair){ number, place };
}

bool number_table_get(const struct number_table *table, uint64_t number, size_t *place)
{
    const struct pair *pair = pair_of(table, number);

    if (number == 0 || pair->number == 0)
        return false;
    *place = pair->place;
    return true;
}
