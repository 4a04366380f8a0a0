#include "core/model/stocktake_check.h"

#include "core/model/elements.h"
#include "core/model/stocktake_count.h"

#include <string.h>

static bool same_digest(struct hash_value said, struct hash256 found)
{
    return said.bytes.len == sizeof found.byte &&
           memcmp(said.bytes.data, found.byte, sizeof found.byte) == 0;
}

/* As many as were written, and each where it was expected. */
static enum err compare_written(struct store *store, const struct record_key *key,
                                struct stocktake_check *check)
{
    AUTO_TXN struct txn *txn = NULL;
    struct stocktake_count *count;
    size_t drawn = 0;

    TRY(store_begin(&txn, store));
    TRY(stocktake_count_open(&count, txn, key));
    check->written_agrees = true;
    for (size_t i = 0; i < check->scope.count; i++) {
        const struct drawn_item *item = &check->scope.items[i];
        const struct stocktake_item *written = stocktake_item_of(count, item->exhibit);

        drawn += item->drawn;
        if (item->drawn && (!written || written->expected != item->place))
            check->written_agrees = false;
    }
    check->written_agrees = check->written_agrees && drawn == count->listed;
    stocktake_count_free(count);
    return ERR_OK;
}

enum err stocktake_rederive(struct store *store, const struct stocktake_record *stocktake,
                            struct arena *arena, struct stocktake_check *out)
{
    const struct stratum_item *rows = stocktake->strata.items;
    uint64_t sizes[STRATA] = { 0 };
    unsigned strata = 0;

    *out = (struct stocktake_check){ .scope_agrees = false };
    for (size_t i = 0; i < stocktake->strata.count; i++) {
        enum stratum stratum;

        if (!stratum_parse(&stratum, rows[i].stratum))
            continue;
        strata |= 1u << stratum;
        sizes[stratum] = (uint64_t)rows[i].size.value;
    }
    TRY(stocktake_scope_at(store, stocktake->location, strata, (uint64_t)stocktake->as_of.value,
                           arena, &out->scope));
    sample_draw(out->scope.items, out->scope.count, stocktake->seed, sizes);
    out->scope_agrees = same_digest(stocktake->population_hash,
                                    sample_digest(out->scope.items, out->scope.count, false));
    out->list_agrees = same_digest(stocktake->list_hash,
                                   sample_digest(out->scope.items, out->scope.count, true));
    return compare_written(store, &stocktake->head.key, out);
}
