#include "core/journal/statement.h"

#include "core/base/cbor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The numbers of the statement's map; they are for ever. */
enum statement_key {
    ORIGIN,
    ACT,
    OFFICER,
    SESSION,
    REQUEST,
    CLOCK,
    BATCH,
    ITEMS,
    BODY,
    SIGNATURES
};

static const uint8_t leaf_magic[] = { 0x54, 0x57, 0x01, 0x00 };
enum { LEAF_HEADER = sizeof leaf_magic + 8 + 8 };

/* ---- what both directions must agree on ---- */

static bool role_valid(struct text role)
{
    static const char *const roles[] = { "actor", "releaser", "receiver", "second", "witness" };

    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (text_is(role, roles[i]))
            return true;
    return false;
}

/* Origin and act stand on a line of their own in what people sign and print. */
static bool line_valid(struct text t)
{
    if (text_empty(t))
        return false;
    for (size_t i = 0; i < t.len; i++)
        if ((uint8_t)t.data[i] < ' ' || t.data[i] == 0x7f)
            return false;
    return true;
}

static bool item_valid(const struct statement_item *item)
{
    return item->revision > 0 && (item->revision > 1) == item->has_previous;
}

static bool items_valid(const struct statement *statement)
{
    if (statement->item_count > STATEMENT_ITEMS)
        return false;
    for (size_t i = 0; i < statement->item_count; i++)
        if (!item_valid(&statement->items[i]) ||
            (i > 0 &&
             memcmp(statement->items[i - 1].key, statement->items[i].key, RECORD_KEY) >= 0))
            return false;
    return true;
}

static bool signatures_valid(const struct statement *statement)
{
    if (statement->signature_count > STATEMENT_SIGNATURES)
        return false;
    for (size_t i = 0; i < statement->signature_count; i++)
        if (!role_valid(statement->signatures[i].role))
            return false;
    return true;
}

/* ---- writing ---- */

static void put_key(struct buffer *out, enum statement_key key)
{
    cbor_put_uint(out, key);
}

static void put_fixed(struct buffer *out, const uint8_t *data, size_t size)
{
    cbor_put_bytes(out, (struct bytes){ data, size });
}

static void put_items(struct buffer *out, const struct statement *statement)
{
    cbor_put_array(out, statement->item_count);
    for (size_t i = 0; i < statement->item_count; i++) {
        const struct statement_item *item = &statement->items[i];

        cbor_put_array(out, 4);
        put_fixed(out, item->key, RECORD_KEY);
        cbor_put_uint(out, item->revision);
        if (item->has_previous)
            cbor_put_uint(out, item->previous);
        else
            cbor_put_null(out);
        put_fixed(out, item->commitment.byte, sizeof item->commitment.byte);
    }
}

static void put_signatures(struct buffer *out, const struct statement *statement)
{
    cbor_put_array(out, statement->signature_count);
    for (size_t i = 0; i < statement->signature_count; i++) {
        const struct officer_signature *line = &statement->signatures[i];

        cbor_put_array(out, 4);
        cbor_put_text(out, line->role);
        cbor_put_uint(out, line->officer);
        put_fixed(out, line->key_id, sizeof line->key_id);
        put_fixed(out, line->signature.byte, sizeof line->signature.byte);
    }
}

static void encode(struct buffer *out, const struct statement *statement, bool with_signatures)
{
    bool has_signatures = with_signatures && statement->signature_count > 0;

    assert(line_valid(statement->origin) && line_valid(statement->act));
    assert(items_valid(statement) && signatures_valid(statement));
    cbor_put_map(out, 7 + (size_t)statement->in_batch + (size_t)statement->has_body +
                          (size_t)has_signatures);
    put_key(out, ORIGIN);
    cbor_put_text(out, statement->origin);
    put_key(out, ACT);
    cbor_put_text(out, statement->act);
    put_key(out, OFFICER);
    cbor_put_uint(out, statement->officer);
    put_key(out, SESSION);
    put_fixed(out, statement->session, sizeof statement->session);
    put_key(out, REQUEST);
    put_fixed(out, statement->request, sizeof statement->request);
    put_key(out, CLOCK);
    cbor_put_array(out, 3);
    cbor_put_int(out, statement->clock_ms);
    put_fixed(out, statement->boot, sizeof statement->boot);
    cbor_put_int(out, statement->monotonic_ms);
    if (statement->in_batch) {
        put_key(out, BATCH);
        cbor_put_array(out, 2);
        put_fixed(out, statement->batch, sizeof statement->batch);
        cbor_put_uint(out, statement->part);
    }
    put_key(out, ITEMS);
    put_items(out, statement);
    if (statement->has_body) {
        put_key(out, BODY);
        put_fixed(out, statement->body.byte, sizeof statement->body.byte);
    }
    if (has_signatures) {
        put_key(out, SIGNATURES);
        put_signatures(out, statement);
    }
}

void statement_encode_unsigned(struct buffer *out, const struct statement *statement)
{
    encode(out, statement, false);
}

void statement_encode(struct buffer *out, const struct statement *statement)
{
    encode(out, statement, true);
}

/* ---- reading ---- */

static bool take_key(struct cbor_reader *reader, enum statement_key key)
{
    uint64_t number;

    return cbor_uint(reader, &number) && number == key;
}

static bool take_fixed(struct cbor_reader *reader, uint8_t *out, size_t size)
{
    struct bytes bytes;

    if (!cbor_bytes(reader, &bytes) || bytes.len != size)
        return false;
    memcpy(out, bytes.data, size);
    return true;
}

static bool take_array(struct cbor_reader *reader, size_t expected)
{
    size_t count;

    return cbor_array(reader, &count) && count == expected;
}

static bool take_item(struct cbor_reader *reader, struct statement_item *item)
{
    uint64_t revision;

    if (!take_array(reader, 4) || !take_fixed(reader, item->key, RECORD_KEY) ||
        !cbor_uint(reader, &revision) || revision > UINT32_MAX)
        return false;
    item->revision = (uint32_t)revision;
    item->has_previous = !cbor_null(reader);
    return (!item->has_previous || cbor_uint(reader, &item->previous)) &&
           take_fixed(reader, item->commitment.byte, sizeof item->commitment.byte);
}

static bool take_items(struct cbor_reader *reader, struct statement *statement,
                       struct arena *arena)
{
    size_t count;

    if (!cbor_array(reader, &count) || count > STATEMENT_ITEMS)
        return false;
    statement->item_count = count;
    if (count > 0)
        statement->items = arena_array(arena, count, sizeof *statement->items);
    for (size_t i = 0; i < count; i++)
        if (!take_item(reader, &statement->items[i]))
            return false;
    return items_valid(statement);
}

static bool take_signatures(struct cbor_reader *reader, struct statement *statement)
{
    size_t count;

    if (!cbor_array(reader, &count) || count == 0 || count > STATEMENT_SIGNATURES)
        return false;
    statement->signature_count = count;
    for (size_t i = 0; i < count; i++) {
        struct officer_signature *line = &statement->signatures[i];

        if (!take_array(reader, 4) || !cbor_text(reader, &line->role) ||
            !cbor_uint(reader, &line->officer) ||
            !take_fixed(reader, line->key_id, sizeof line->key_id) ||
            !take_fixed(reader, line->signature.byte, sizeof line->signature.byte))
            return false;
    }
    return signatures_valid(statement);
}

static bool take_batch(struct cbor_reader *reader, struct statement *statement)
{
    statement->in_batch = true;
    return take_array(reader, 2) &&
           take_fixed(reader, statement->batch, sizeof statement->batch) &&
           cbor_uint(reader, &statement->part);
}

static bool take_head(struct cbor_reader *reader, struct statement *s)
{
    return take_key(reader, ORIGIN) && cbor_text(reader, &s->origin) && line_valid(s->origin) &&
           take_key(reader, ACT) && cbor_text(reader, &s->act) && line_valid(s->act) &&
           take_key(reader, OFFICER) && cbor_uint(reader, &s->officer) &&
           take_key(reader, SESSION) && take_fixed(reader, s->session, sizeof s->session) &&
           take_key(reader, REQUEST) && take_fixed(reader, s->request, sizeof s->request) &&
           take_key(reader, CLOCK) && take_array(reader, 3) && cbor_int(reader, &s->clock_ms) &&
           take_fixed(reader, s->boot, sizeof s->boot) && cbor_int(reader, &s->monotonic_ms);
}

static bool take_rest(struct cbor_reader *reader, struct statement *s, struct arena *arena)
{
    uint64_t key, before = CLOCK;
    bool good = true;

    while (good && !cbor_done(reader)) {
        good = cbor_uint(reader, &key) && key > before &&
               (before >= ITEMS || key == ITEMS || key == BATCH);
        if (!good)
            break;
        before = key;
        switch (key) {
        case BATCH:
            good = take_batch(reader, s);
            break;
        case ITEMS:
            good = take_items(reader, s, arena);
            break;
        case BODY:
            s->has_body = true;
            good = take_fixed(reader, s->body.byte, sizeof s->body.byte);
            break;
        case SIGNATURES:
            good = take_signatures(reader, s);
            break;
        default:
            good = false;
        }
    }
    return good && before >= ITEMS;
}

enum err statement_decode(struct statement *out, struct arena *arena, struct bytes in)
{
    struct cbor_reader reader = cbor_reader(in);
    struct statement statement = { .item_count = 0 };
    size_t pairs;

    if (!cbor_map(&reader, &pairs) || !take_head(&reader, &statement) ||
        !take_rest(&reader, &statement, arena) ||
        pairs != 7 + (size_t)statement.in_batch + (size_t)statement.has_body +
                     (size_t)(statement.signature_count > 0))
        return fail(ERR_DAMAGED, N_("A journal statement does not have the form that it was "
                                    "written in. Run verify, and restore from a backup."));
    *out = statement;
    return ERR_OK;
}

static int compare_items(const void *a, const void *b)
{
    const struct statement_item *left = a, *right = b;

    return memcmp(left->key, right->key, RECORD_KEY);
}

bool statement_sort(struct statement *statement)
{
    if (statement->item_count < 2)
        return true;
    qsort(statement->items, statement->item_count, sizeof *statement->items, compare_items);
    for (size_t i = 1; i < statement->item_count; i++)
        if (compare_items(&statement->items[i - 1], &statement->items[i]) == 0)
            return false;
    return true;
}

void signing_text(struct buffer *out, struct text origin, struct text role,
                  struct bytes unsigned_statement)
{
    struct hash256 hash = sha256(unsigned_statement);

    assert(line_valid(origin) && role_valid(role));
    buffer_string(out, "tidewaiter/sign/1\n");
    buffer_text(out, origin);
    buffer_byte(out, '\n');
    buffer_text(out, role);
    buffer_byte(out, '\n');
    hex_encode(out, (struct bytes){ hash.byte, sizeof hash.byte });
    buffer_byte(out, '\n');
}

void signing_key_id(uint8_t out[4], const struct public_key *key)
{
    struct hash256 hash = sha256((struct bytes){ key->byte, sizeof key->byte });

    memcpy(out, hash.byte, 4);
}

/* ---- leaves ---- */

enum err leaf_encode(struct buffer *out, uint64_t sequence, uint64_t time_ms,
                     struct bytes statement)
{
    if (statement.len > LEAF_LIMIT - LEAF_HEADER)
        return fail(ERR_INVALID,
                    N_("This act touches too much for one journal entry "
                       "(%zu bytes of %d). Do it in smaller parts."),
                    statement.len, LEAF_LIMIT - LEAF_HEADER);
    buffer_put(out, leaf_magic, sizeof leaf_magic);
    buffer_u64(out, sequence);
    buffer_u64(out, time_ms);
    buffer_put(out, statement.data, statement.len);
    return ERR_OK;
}

enum err leaf_decode(struct leaf *out, struct bytes in)
{
    if (in.len <= LEAF_HEADER || in.len > LEAF_LIMIT ||
        memcmp(in.data, leaf_magic, sizeof leaf_magic) != 0)
        return fail(ERR_DAMAGED,
                    N_("A journal entry does not have the form that it was written "
                       "in. Run verify, and restore from a backup."));
    out->sequence = read_u64(in.data + sizeof leaf_magic);
    out->time_ms = read_u64(in.data + sizeof leaf_magic + 8);
    out->statement = (struct bytes){ in.data + LEAF_HEADER, in.len - LEAF_HEADER };
    return ERR_OK;
}
