#include "core/query/query.h"

#include "i18n/text.h"

/* A number of any type through its unique indexes: human numbers, bags, barcodes. */
static void by_numbers(struct txn *txn, struct text typed, size_t limit, struct arena *arena, struct record_key *keys, size_t *count)
{
    struct record_key key;

    if (key_parse(&key, typed) && *count < limit) {
        struct record *record;

        if (record_get(txn, &key, TAG_NUMBER, arena, &record) == ERR_OK)
            keys[(*count)++] = key;
    }
    for (const struct record_type *const *type = record_types; *type && *count < limit; type++) {
        struct record *record;

        if ((*type)->family == 0 && (*type)->index_count > 0 && (*type)->indexes[0].unique &&
            record_by_number(txn, *type, typed, TAG_NUMBER, arena, &record) == ERR_OK)
            keys[(*count)++] = record->key;
    }
}

static bool among(const struct record_key *keys, size_t count, const struct record_key *key)
{
    for (size_t i = 0; i < count; i++)
        if (record_key_compare(&keys[i], key) == 0)
            return true;
    return false;
}

enum err search(struct txn *txn, struct text typed, size_t limit, struct arena *arena, struct record_key **out, size_t *count)
{
    AUTO_BUFFER struct buffer half = { 0 };
    struct record_key *keys = arena_array(arena, limit, sizeof *keys), *words;
    size_t found;

    *count = 0;
    *out = keys;
    text_to_halfwidth(&half, text_trim(typed));
    if (half.len == 0)
        return ERR_OK;
    by_numbers(txn, buffer_as_text(&half), limit, arena, keys, count);
    TRY(terms_find(txn, NULL, typed, limit, arena, &words, &found));
    for (size_t i = 0; i < found && *count < limit; i++)
        if (!among(keys, *count, &words[i]))
            keys[(*count)++] = words[i];
    return ERR_OK;
}
