#include "core/model/cash.h"

#include <string.h>

/* ---- sums ---- */

static int64_t *sum_of(struct cash_sums *sums, const char currency[4])
{
    size_t at = 0;

    while (at < sums->count && memcmp(sums->items[at].amount.currency, currency, 4) < 0)
        at++;
    if (at < sums->count && memcmp(sums->items[at].amount.currency, currency, 4) == 0)
        return &sums->items[at].amount.minor;
    if (sums->count == CURRENCIES_MOST)
        return NULL;
    memmove(&sums->items[at + 1], &sums->items[at], (sums->count - at) * sizeof *sums->items);
    sums->items[at] = (struct money_item){ 0 };
    memcpy(sums->items[at].amount.currency, currency, 4);
    sums->count++;
    return &sums->items[at].amount.minor;
}

static bool add(struct cash_sums *sums, struct money amount, int64_t pieces)
{
    int64_t *sum = sum_of(sums, amount.currency);

    if (!sum || amount.minor < 1 || pieces < 1 || amount.minor > INT64_MAX / pieces ||
        *sum > INT64_MAX - amount.minor * pieces)
        return false;
    *sum += amount.minor * pieces;
    return true;
}

bool cash_add(struct cash_sums *sums, struct list cash)
{
    struct cash_sums put_aside = { 0 };
    const struct cash_item *items = cash.items;

    for (size_t i = 0; i < cash.count; i++)
        if (!add(items[i].counterfeit == FLAG_YES ? &put_aside : sums, items[i].denomination,
                 items[i].pieces.value))
            return false;
    return true;
}

bool cash_add_sums(struct cash_sums *sums, struct list money)
{
    const struct money_item *items = money.items;

    for (size_t i = 0; i < money.count; i++)
        if (!add(sums, items[i].amount, 1))
            return false;
    return true;
}

bool cash_same_sums(const struct cash_sums *a, const struct cash_sums *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++)
        same = money_compare(a->items[i].amount, b->items[i].amount) == 0;
    return same;
}

/* ---- pieces ---- */

/* A kind that nobody named is a note. */
static bool is_coin(const struct cash_item *item)
{
    return text_is(item->cash_kind, "coin");
}

static bool alike(const struct cash_item *a, const struct cash_item *b)
{
    return money_compare(a->denomination, b->denomination) == 0 && is_coin(a) == is_coin(b) &&
           (a->counterfeit == FLAG_YES) == (b->counterfeit == FLAG_YES);
}

static int64_t pieces_of(struct list cash, const struct cash_item *kind)
{
    const struct cash_item *items = cash.items;
    int64_t pieces = 0;

    for (size_t i = 0; i < cash.count; i++)
        pieces += alike(&items[i], kind) ? items[i].pieces.value : 0;
    return pieces;
}

static bool covers(struct list a, struct list b)
{
    const struct cash_item *items = b.items;

    for (size_t i = 0; i < b.count; i++)
        if (pieces_of(a, &items[i]) != pieces_of(b, &items[i]))
            return false;
    return true;
}

bool cash_same_pieces(struct list a, struct list b)
{
    return covers(a, b) && covers(b, a);
}

/* ---- for records and people ---- */

struct list cash_list(struct arena *arena, const struct cash_sums *sums)
{
    struct money_item *items;

    if (sums->count == 0)
        return (struct list){ 0 };
    items = arena_array(arena, sums->count, sizeof *items);
    memcpy(items, sums->items, sums->count * sizeof *items);
    return (struct list){ items, sums->count };
}

struct text cash_words(struct arena *arena, const struct cash_sums *sums)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < sums->count; i++) {
        if (i > 0)
            buffer_string(&out, "; ");
        money_print(&out, sums->items[i].amount, true);
    }
    if (out.len == 0)
        buffer_byte(&out, '-');
    return arena_text(arena, buffer_as_text(&out));
}
