#include "core/model/stocktake_sample.h"

#include <stdlib.h>
#include <string.h>

static const char *const codes[STRATA] = {
    [STRATUM_DRUG] = "drug", [STRATUM_CASH] = "cash",       [STRATUM_ARMS] = "arms",
    [STRATUM_HIGH] = "high", [STRATUM_GENERAL] = "general",
};

const char *stratum_code(enum stratum stratum)
{
    return codes[stratum];
}

bool stratum_parse(enum stratum *out, struct text code)
{
    for (int i = 0; i < STRATA; i++)
        if (text_is(code, codes[i])) {
            *out = (enum stratum)i;
            return true;
        }
    return false;
}

enum stratum stratum_of(const struct exhibit_record *exhibit, struct text hazard)
{
    if (text_is(hazard, "drug"))
        return STRATUM_DRUG;
    if (text_is(hazard, "cash"))
        return STRATUM_CASH;
    if (text_is(hazard, "firearm") || text_is(hazard, "explosive"))
        return STRATUM_ARMS;
    if (text_is(hazard, "high-value") || (strcmp(exhibit->value.currency, "HKD") == 0 &&
                                          exhibit->value.minor >= HIGH_VALUE_CENTS))
        return STRATUM_HIGH;
    return STRATUM_GENERAL;
}

/* In tenths, so that no fraction is lost: n0 N / (N + n0 - 1), rounded up. */
uint64_t sample_size(uint64_t population)
{
    const uint64_t n0 = 10671;

    if (population == 0)
        return 0;
    return (n0 * population + 10 * population + n0 - 10 - 1) / (10 * population + n0 - 10);
}

static int by_digest(const void *a, const void *b)
{
    const struct drawn_item *x = *(const struct drawn_item *const *)a,
                            *y = *(const struct drawn_item *const *)b;
    int order = memcmp(x->digest.byte, y->digest.byte, sizeof x->digest.byte);

    return order != 0 ? order : (x->exhibit > y->exhibit) - (x->exhibit < y->exhibit);
}

void sample_draw(struct drawn_item *items, size_t count, struct text seed,
                 const uint64_t sizes[STRATA])
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct drawn_item **order = arena_array(arena, count, sizeof(struct drawn_item *));
    uint64_t drawn[STRATA] = { 0 };

    for (size_t i = 0; i < count; i++) {
        struct bytes parts[] = { { (const uint8_t *)seed.data, seed.len },
                                 { (const uint8_t *)" ", 1 },
                                 { (const uint8_t *)items[i].number.data,
                                   items[i].number.len } };

        items[i].digest = sha256_of(parts, 3);
        order[i] = &items[i];
    }
    if (count > 1)
        qsort(order, count, sizeof *order, by_digest);
    for (size_t i = 0; i < count; i++)
        order[i]->drawn = drawn[order[i]->stratum]++ < sizes[order[i]->stratum];
}

static int by_number(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

struct hash256 sample_digest(const struct drawn_item *items, size_t count, bool drawn_only)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text *numbers = arena_array(arena, count, sizeof *numbers);
    struct sha256 *state = sha256_new();
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (items[i].drawn || !drawn_only)
            numbers[kept++] = items[i].number;
    if (kept > 1)
        qsort(numbers, kept, sizeof *numbers, by_number);
    for (size_t i = 0; i < kept; i++) {
        sha256_add(state, numbers[i].data, numbers[i].len);
        sha256_add(state, "\n", 1);
    }
    return sha256_end(state);
}
