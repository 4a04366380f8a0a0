#include "core/index/records.h"

#include "core/index/index.h"

#include <assert.h>

const char *key_name(struct arena *arena, const struct record_key *key)
{
    AUTO_BUFFER struct buffer name = { 0 };

    key_print(&name, key);
    return arena_string(arena, buffer_as_text(&name));
}

static enum err damaged(const struct record_key *key, struct arena *arena)
{
    return fail(ERR_DAMAGED,
                N_("%s is damaged in the store and is not shown. Tell the system "
                   "administrator; it can be rebuilt from the journal."),
                key_name(arena, key));
}

/* Words that name the record take the place of words that name a tree and a key. */
static enum err named(enum err code, const struct record_key *key, struct arena *arena)
{
    if (code == ERR_MISSING)
        return fail(ERR_MISSING, N_("There is no record %s. Check its number."),
                    key_name(arena, key));
    return code == ERR_DAMAGED ? damaged(key, arena) : code;
}

static enum err open_envelope(const struct record_key *key, struct bytes value,
                              struct arena *arena, struct envelope *out)
{
    return named(envelope_decode(out, value), key, arena);
}

static enum err open_record(const struct record_key *key, struct bytes value, uint16_t last,
                            struct arena *arena, struct record **out)
{
    const struct record_type *type = type_of_key(key);
    struct envelope envelope;

    if (!type)
        return damaged(key, arena);
    TRY(open_envelope(key, value, arena, &envelope));
    struct record *record = record_new(arena, type);

    TRY(named(record_decode(record, envelope.payload, last, arena), key, arena));
    record->key = *key;
    record->revision = envelope.revision;
    record->sequence = envelope.sequence;
    *out = record;
    return ERR_OK;
}

static enum err value_get(struct txn *txn, const struct record_key *key, struct arena *arena,
                          struct bytes *value)
{
    uint8_t encoded[RECORD_KEY];

    record_key_encode(encoded, key);
    return named(txn_get(txn, TREE_RECORDS, (struct bytes){ encoded, sizeof encoded }, arena,
                         value),
                 key, arena);
}

enum err record_envelope(struct txn *txn, const struct record_key *key, struct arena *arena,
                         struct envelope *out)
{
    struct bytes value;

    TRY(value_get(txn, key, arena, &value));
    return open_envelope(key, value, arena, out);
}

enum err record_stored(struct txn *txn, const struct record_key *key, uint16_t last,
                       struct arena *arena, struct record **out)
{
    struct bytes value;

    TRY(value_get(txn, key, arena, &value));
    return open_record(key, value, last, arena, out);
}

/* ---- who reads ---- */

static enum err access_of(struct txn *txn, const struct record_key *key,
                          const struct record *seen, uint16_t last, enum access *out)
{
    struct record_reader *reader = txn_reader(txn);

    *out = ACCESS_ALL;
    return reader ? reader->access(reader, txn, key, seen, last, out) : ERR_OK;
}

static enum err admit(struct txn *txn, struct record *record, const struct record *seen,
                      uint16_t last, struct arena *arena)
{
    enum access access;

    TRY(access_of(txn, &record->key, seen, last, &access));
    if (access == ACCESS_NONE)
        return named(ERR_MISSING, &record->key, arena);
    if (txn_reader(txn)) /* to whoever reads all of it, but what is BLIND */
        record_withhold(record, access);
    return ERR_OK;
}

enum err record_get(struct txn *txn, const struct record_key *key, uint16_t last,
                    struct arena *arena, struct record **out)
{
    struct record *record;

    TRY(record_stored(txn, key, last, arena, &record));
    TRY(admit(txn, record, record, last, arena));
    *out = record;
    return ERR_OK;
}

enum err record_admit(struct txn *txn, struct record *record, struct arena *arena)
{
    return admit(txn, record, NULL, 0, arena);
}

enum err record_access(struct txn *txn, const struct record_key *key, enum access *out)
{
    return access_of(txn, key, NULL, 0, out);
}

bool record_hidden(struct txn *txn, const struct record_key *key)
{
    uint8_t encoded[RECORD_KEY];

    record_key_encode(encoded, key);
    return txn_reader(txn) &&
           txn_has(txn, TREE_RECORDS, (struct bytes){ encoded, sizeof encoded });
}

enum err record_suffices(const struct record_key *key, enum access access, enum access least)
{
    AUTO_ARENA struct arena *arena = arena_new();

    if (access <= least)
        return ERR_OK;
    if (access == ACCESS_NONE)
        return named(ERR_MISSING, key, arena);
    return fail(ERR_REFUSED,
                N_("You are not permitted to read %s. Ask the officer in charge or a "
                   "supervisor to put you on its need-to-know list."),
                key_name(arena, key));
}

enum err record_permit(struct txn *txn, const struct record_key *key, enum access least)
{
    enum access access;

    TRY(record_access(txn, key, &access));
    return record_suffices(key, access, least);
}

static const struct index_row *number_index(const struct record_type *type)
{
    for (size_t i = 0; i < type->index_count; i++)
        if (type->indexes[i].tag == 1 && type->indexes[i].unique)
            return &type->indexes[i];
    return NULL;
}

static enum err unknown_number(const struct record_type *type, const char *number)
{
    return fail(ERR_MISSING,
                N_("No record of the kind %p has the number %s. Check the "
                   "number."),
                label_argument(&type->label), number);
}

enum err record_by_number(struct txn *txn, const struct record_type *type, struct text number,
                          uint16_t last, struct arena *arena, struct record **out)
{
    const struct index_row *index = number_index(type);
    struct record_key key;
    const char *shown = arena_string(arena, number);

    assert(index);
    enum err code = index_find(txn, type, index, &number, &key);

    if (code == ERR_MISSING)
        return unknown_number(type, shown);
    TRY(code);
    code = record_get(txn, &key, last, arena, out);
    if (code == ERR_MISSING && record_hidden(txn, &key))
        return unknown_number(type, shown);
    if (code == ERR_MISSING)
        return fail(ERR_DAMAGED,
                    N_("The number %s leads to %s, which is not in the store. Tell "
                       "the system administrator; it can be rebuilt from the "
                       "journal."),
                    shown, key_name(arena, &key));
    return code;
}

/* ---- beside their owner ---- */

enum { N_LAST = (1 << 24) - 1 };

/* The key of n, or, where n is beyond the last, the key behind the whole family. */
static void family_key(uint8_t out[RECORD_KEY], uint64_t owner, uint8_t family, uint64_t n)
{
    struct record_key key = { owner, family, (uint32_t)n };

    assert(family > 0 && family < UINT8_MAX);
    if (n > N_LAST)
        key = (struct record_key){ owner, (uint8_t)(family + 1), 0 };
    record_key_encode(out, &key);
}

static enum err family_entries(struct txn *txn, uint64_t owner, uint8_t family, uint32_t from_n,
                               enum direction direction, size_t limit, struct arena *arena,
                               struct page *page)
{
    uint8_t from[RECORD_KEY], to[RECORD_KEY];
    bool all = direction == FORWARD || from_n == 0;

    family_key(from, owner, family, direction == FORWARD ? from_n : 0);
    family_key(to, owner, family, all ? (uint64_t)N_LAST + 1 : (uint64_t)from_n + 1);
    return txn_page(txn, TREE_RECORDS, (struct bytes){ from, sizeof from },
                    (struct bytes){ to, sizeof to }, direction, limit, arena, page);
}

/* What cannot be read is empty but for its key. */
static enum err family_record(const struct entry *entry, struct arena *arena,
                              struct record **out, bool *is_damaged)
{
    struct record_key key = record_key_decode(entry->key.data);
    const struct record_type *type = type_of_key(&key);
    enum err code = ERR_DAMAGED;

    if (!type)
        return damaged(&key, arena);
    if (!entry->damaged)
        code = open_record(&key, entry->value, 0, arena, out);
    *is_damaged = code == ERR_DAMAGED;
    if (code != ERR_DAMAGED)
        return code;
    *out = record_new(arena, type);
    (*out)->key = key;
    return ERR_OK;
}

/* What may not be known of is left out. */
static enum err family_take(struct txn *txn, const struct entry *entry, struct arena *arena,
                            struct family_page *page)
{
    struct record **record = &page->records[page->count];
    bool *is_damaged = &page->damaged[page->count];
    enum err code;

    TRY(family_record(entry, arena, record, is_damaged));
    code = *is_damaged ? ERR_OK : admit(txn, *record, *record, 0, arena);
    page->count += code == ERR_OK;
    return code == ERR_MISSING ? ERR_OK : code;
}

enum err family_page(struct txn *txn, uint64_t owner, uint8_t family, uint32_t from_n,
                     enum direction direction, size_t limit, struct arena *arena,
                     struct family_page *out)
{
    struct page page;
    struct family_page made = { .count = 0 };

    TRY(family_entries(txn, owner, family, from_n, direction, limit, arena, &page));
    made.records = arena_array(arena, page.count, sizeof *made.records);
    made.damaged = arena_array(arena, page.count, sizeof *made.damaged);
    made.more = page.more;
    for (size_t i = 0; i < page.count; i++)
        TRY(family_take(txn, &page.entries[i], arena, &made));
    *out = made;
    return ERR_OK;
}

enum err family_last(struct txn *txn, uint64_t owner, uint8_t family, uint32_t *n)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct page page;

    TRY(family_entries(txn, owner, family, 0, BACKWARD, 1, arena, &page));
    *n = page.count > 0 ? record_key_decode(page.entries[0].key.data).n : 0;
    return ERR_OK;
}
