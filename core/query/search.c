#include "core/query/query.h"

#include <string.h>

#include "core/model/exhibit.h"
#include "core/model/known.h"
#include "i18n/fold.h"
#include "i18n/text.h"

static bool among(const struct record_key *keys, size_t count, const struct record_key *key)
{
    for (size_t i = 0; i < count; i++)
        if (record_key_compare(&keys[i], key) == 0)
            return true;
    return false;
}

struct found {
    struct record_key *keys;
    size_t count, limit;
};

static void take(struct found *found, const struct record_key *key)
{
    if (found->count < found->limit && !among(found->keys, found->count, key))
        found->keys[found->count++] = *key;
}

/* Found by a field that the reader may not read: not found. What is damaged is named all the same. */
static enum err take_numbered(struct txn *txn, struct found *found,
                              const struct record_key *key, const struct index_row *index)
{
    enum access access = ACCESS_ALL;
    enum err err = record_access(txn, key, &access);

    if (err != ERR_OK && err != ERR_DAMAGED && err != ERR_MISSING)
        return err;
    if (field_readable(field_find(type_of_key(key), index->fields[0]), access))
        take(found, key);
    return ERR_OK;
}

/* A number of any type through its unique indexes: human numbers, barcodes, cards. */
static enum err by_numbers(struct txn *txn, struct text typed, struct arena *arena,
                           struct found *found)
{
    struct record_key key;

    if (key_parse(&key, typed)) {
        struct record *record;
        enum err err = record_get(txn, &key, TAG_NUMBER, arena, &record);

        if (err == ERR_OK || err == ERR_DAMAGED)
            take(found, &key);
        else if (err != ERR_MISSING)
            return err;
    }
    for (const struct record_type *const *type = record_types; *type; type++)
        for (size_t i = 0; i < (*type)->index_count; i++) {
            const struct index_row *index = &(*type)->indexes[i];
            enum err err =
                index->unique && field_find(*type, index->fields[0])->kind == KIND_TEXT
                    ? index_find(txn, *type, index, &typed, &key)
                    : ERR_MISSING;

            if (err == ERR_OK)
                TRY(take_numbered(txn, found, &key, index));
            else if (err != ERR_MISSING)
                return err;
        }
    return ERR_OK;
}

static enum err take_known(struct txn *txn, const struct record_type *type,
                           const struct index_row *index, struct text known,
                           struct arena *arena, struct found *found)
{
    const void *values[] = { &known };
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    if (!text_present(known) || found->count == found->limit)
        return ERR_OK;
    index_prefix(&prefix, type, index, values, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, BACKWARD,
                   found->limit - found->count, arena, &page));
    for (size_t i = 0; i < page.count; i++)
        take(found, &page.keys[i]);
    return ERR_OK;
}

/* Numbers of documents, telephones, containers, however they are written. */
static enum err by_known(struct txn *txn, struct text typed, struct arena *arena,
                         struct found *found)
{
    for (const struct record_type *const *type = record_types; *type; type++)
        for (size_t i = 0; i < (*type)->index_count; i++) {
            const struct index_row *index = &(*type)->indexes[i];

            if (strcmp(index->name, "by_known") != 0)
                continue;
            TRY(take_known(txn, *type, index, known_number(arena, typed), arena, found));
            TRY(take_known(txn, *type, index, known_phone(arena, typed), arena, found));
        }
    return ERR_OK;
}

enum err search(struct txn *txn, struct text typed, size_t limit, struct arena *arena,
                struct record_key **out, size_t *count)
{
    AUTO_BUFFER struct buffer half = { 0 }, folded = { 0 };
    struct found found = { arena_array(arena, limit, sizeof *found.keys), 0, limit };
    struct record_key *words;
    size_t word_count;

    *out = found.keys;
    *count = 0;
    text_to_halfwidth(&half, typed);
    struct text number = text_trim(buffer_as_text(&half));

    if (number.len == 0)
        return ERR_OK;
    TRY(by_numbers(txn, number, arena, &found));
    TRY(by_known(txn, number, arena, &found));
    fold(&folded, number);
    TRY(terms_find(txn, NULL, buffer_as_text(&folded), limit, arena, &words, &word_count));
    for (size_t i = 0; i < word_count; i++)
        take(&found, &words[i]);
    *count = found.count;
    return ERR_OK;
}

enum err search_code(struct txn *txn, struct text code, size_t limit, struct arena *arena,
                     struct record_key **out, size_t *count)
{
    AUTO_BUFFER struct buffer half = { 0 };
    struct found found = { arena_array(arena, limit, sizeof *found.keys), 0, limit };

    *out = found.keys;
    *count = 0;
    text_to_halfwidth(&half, code);
    struct text number = text_trim(buffer_as_text(&half));

    if (number.len == 0)
        return ERR_OK;
    TRY(by_numbers(txn, number, arena, &found));
    TRY(take_known(txn, &exhibit_type, index_named(&exhibit_type, "by_bag"), number, arena,
                   &found));
    *count = found.count;
    return ERR_OK;
}
