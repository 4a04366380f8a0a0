#include "core/change/history.h"

#include <string.h>

#include "core/base/cbor.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

/* ---- bodies ---- */

enum body_state { BODY_GOOD, BODY_GONE, BODY_DAMAGED };

/* What a body holds, where it is what the statement is committed to. A sealed one counts as gone: nobody
 * here can read it. */
static enum err proved_body(struct txn *txn, uint64_t sequence, uint16_t n,
                            const uint8_t key[RECORD_KEY], uint32_t revision,
                            const struct hash256 *commitment, struct arena *arena,
                            struct bytes *payload, enum body_state *state)
{
    struct bytes stored;
    struct body body;
    struct hash256 hash;
    enum err code = txn_body(txn, sequence, n, arena, &stored);

    if (code == ERR_OK)
        code = body_decode(&body, stored);
    if (code == ERR_OK && body.algorithm != 0)
        code = ERR_MISSING;
    if (code == ERR_OK)
        code = body_commitment(&hash, key, revision, body.nonce, body.payload);
    if (code == ERR_OK && !hash_equal(&hash, commitment))
        code = ERR_DAMAGED;
    if (code != ERR_OK && code != ERR_MISSING && code != ERR_DAMAGED)
        return code;
    *state = code == ERR_OK ? BODY_GOOD : code == ERR_MISSING ? BODY_GONE : BODY_DAMAGED;
    if (code == ERR_OK)
        *payload = body.payload;
    return ERR_OK;
}

static bool read_own_body(struct bytes payload, struct journal_entry *out)
{
    struct cbor_reader in = cbor_reader(payload);
    size_t pairs;
    uint64_t tag;

    if (!cbor_map(&in, &pairs))
        return false;
    for (size_t i = 0; i < pairs && cbor_uint(&in, &tag); i++) {
        struct text *t = tag == 1 ? &out->reason : tag == 2 ? &out->remark : &out->terminal;

        if (tag >= 1 && tag <= 3)
            cbor_text(&in, t);
        else if (tag == 4)
            cbor_uint(&in, &out->undoes);
        else
            cbor_skip(&in, NULL);
    }
    return cbor_done(&in);
}

static enum err own_body(struct txn *txn, struct arena *arena, struct journal_entry *out)
{
    static const uint8_t no_key[RECORD_KEY];
    struct journal_entry texts = { .sequence = 0 };
    enum body_state state;
    struct bytes payload;

    if (!out->statement.has_body)
        return ERR_OK;
    TRY(proved_body(txn, out->sequence, 0, no_key, 0, &out->statement.body, arena, &payload,
                    &state));
    if (state == BODY_GOOD && !read_own_body(payload, &texts))
        state = BODY_DAMAGED;
    out->damaged = state == BODY_DAMAGED;
    if (state != BODY_GOOD)
        return ERR_OK;
    out->reason = texts.reason;
    out->remark = texts.remark;
    out->terminal = texts.terminal;
    out->undoes = texts.undoes;
    return ERR_OK;
}

/* ---- entries ---- */

enum err entry_read(struct txn *txn, uint64_t sequence, struct arena *arena,
                    struct journal_entry *out)
{
    struct journal_entry entry = { .sequence = sequence };
    struct bytes bytes;
    struct leaf leaf;

    if (sequence >= txn_size(txn))
        return fail(ERR_MISSING, N_("The journal has no entry %llu."),
                    (unsigned long long)sequence);
    TRY(txn_leaf(txn, sequence, arena, &bytes));
    TRY(leaf_decode(&leaf, bytes));
    TRY(statement_decode(&entry.statement, arena, leaf.statement));
    entry.time_ms = leaf.time_ms;
    TRY(own_body(txn, arena, &entry));
    *out = entry;
    return ERR_OK;
}

/* ---- revisions ---- */

static enum err item_record(struct txn *txn, const struct record_key *key, uint64_t sequence,
                            const struct statement *statement, size_t at, struct arena *arena,
                            struct revision *out)
{
    const struct statement_item *item = &statement->items[at];
    const struct record_type *type = type_of_key(key);
    enum body_state state;
    struct bytes payload;

    TRY(proved_body(txn, sequence, (uint16_t)(at + 1), item->key, item->revision,
                    &item->commitment, arena, &payload, &state));
    if (state == BODY_GOOD && type) {
        out->record = record_new(arena, type);
        if (record_decode(out->record, payload, 0, arena) != ERR_OK)
            state = BODY_DAMAGED;
    }
    out->damaged = out->damaged || state == BODY_DAMAGED || !type;
    if (state != BODY_GOOD) {
        out->record = NULL;
        return ERR_OK;
    }
    if (out->record) {
        out->record->key = *key;
        out->record->revision = item->revision;
        out->record->sequence = sequence;
    }
    return ERR_OK;
}

enum err revision_read(struct txn *txn, const struct record_key *key, uint64_t sequence,
                       struct arena *arena, struct revision *out, struct statement_item *item)
{
    uint8_t encoded[RECORD_KEY];
    struct journal_entry entry;
    size_t at = 0;

    record_key_encode(encoded, key);
    TRY(entry_read(txn, sequence, arena, &entry));
    while (at < entry.statement.item_count &&
           memcmp(entry.statement.items[at].key, encoded, sizeof encoded) != 0)
        at++;
    if (at == entry.statement.item_count)
        return fail(ERR_DAMAGED,
                    N_("The history of %s leads to entry %llu of the journal, which "
                       "says nothing of it. Run verify."),
                    key_name(arena, key), (unsigned long long)sequence);
    struct revision made = {
        .revision = entry.statement.items[at].revision,
        .sequence = sequence,
        .time_ms = entry.time_ms,
        .officer = entry.statement.officer,
        .act = entry.statement.act,
        .reason = entry.reason,
        .remark = entry.remark,
        .damaged = entry.damaged,
    };

    TRY(item_record(txn, key, sequence, &entry.statement, at, arena, &made));
    if (made.record)
        TRY(record_admit(txn, made.record, arena));
    if (item)
        *item = entry.statement.items[at];
    *out = made;
    return ERR_OK;
}

/* Walks from the newest revision back, until `enough`; the bytes of those passed over are freed. */
struct walk {
    struct txn *txn;
    const struct record_key *key;
    uint64_t sequence; /* of the next to be read */
    uint32_t revision; /* that it must be; 0: none is left */
};

static enum err walk_begin(struct walk *walk, struct txn *txn, const struct record_key *key,
                           struct arena *arena)
{
    struct envelope envelope;

    TRY(record_permit(txn, key, ACCESS_READ)); /* an act's name and reason say as much */
    TRY(record_envelope(txn, key, arena, &envelope));
    *walk = (struct walk){ txn, key, envelope.sequence, envelope.revision };
    return ERR_OK;
}

static enum err walk_next(struct walk *walk, struct arena *arena, struct revision *out)
{
    struct statement_item item;

    TRY(revision_read(walk->txn, walk->key, walk->sequence, arena, out, &item));
    if (item.revision != walk->revision ||
        (item.has_previous && item.previous >= walk->sequence))
        return fail(ERR_DAMAGED,
                    N_("The history of %s leads to entry %llu of the journal, which "
                       "made another revision than it should. Run verify."),
                    key_name(arena, walk->key), (unsigned long long)walk->sequence);
    walk->revision--;
    walk->sequence = item.previous;
    return ERR_OK;
}

enum err history_read(struct txn *txn, const struct record_key *key, uint32_t from,
                      size_t limit, struct arena *arena, struct revision **out, size_t *count)
{
    AUTO_ARENA struct arena *scratch = arena_new();
    struct revision passed, *made;
    struct walk walk;
    size_t used = 0;

    TRY(walk_begin(&walk, txn, key, scratch));
    while (from != 0 && walk.revision > from) {
        TRY(walk_next(&walk, scratch, &passed));
        arena_reset(scratch);
    }
    if (limit > walk.revision)
        limit = walk.revision;
    made = arena_array(arena, limit, sizeof *made);
    while (used < limit) {
        TRY(walk_next(&walk, arena, &made[used]));
        used++;
    }
    *out = made;
    *count = used;
    return ERR_OK;
}

static enum err not_shown(const struct revision *revision, const struct record_key *key,
                          struct arena *arena)
{
    if (revision->damaged)
        return fail(ERR_DAMAGED,
                    N_("Revision %u of %s is damaged in the journal and is not shown. "
                       "Run verify, and restore from a backup."),
                    revision->revision, key_name(arena, key));
    return fail(ERR_MISSING,
                N_("Revision %u of %s was lawfully erased; only that it was made, "
                   "when and by whom is still known."),
                revision->revision, key_name(arena, key));
}

/* The newest revision that an entry before `size` made. */
enum err record_at(struct txn *txn, const struct record_key *key, uint64_t size,
                   struct arena *arena, struct record **out)
{
    AUTO_ARENA struct arena *scratch = arena_new();
    struct revision revision;
    struct walk walk;

    TRY(walk_begin(&walk, txn, key, scratch));
    if (walk.sequence < size)
        return record_get(txn, key, 0, arena, out);
    while (walk.revision > 0) {
        arena_reset(scratch);
        TRY(walk_next(&walk, scratch, &revision));
        if (revision.sequence >= size)
            continue;
        if (!revision.record)
            return not_shown(&revision, key, arena);
        *out = record_copy(arena, revision.record);
        return ERR_OK;
    }
    return fail(ERR_MISSING, N_("%s was not yet made at that time."), key_name(arena, key));
}

bool journal_time(struct moment moment, int64_t now, uint64_t *time_ms)
{
    int64_t first, last;

    if (moment.date == 0 || date_is_partial(moment.date))
        return false;
    first = moment_ms(moment);
    last = moment.minute == MINUTE_UNKNOWN ? first + DAY_MS - 1 : first;
    if (last < 0 || first > now)
        return false;
    *time_ms = (uint64_t)(last < now ? last : now);
    return true;
}

/* Times never go back in the journal, so the place is found by halves. */
enum err journal_size_at(struct txn *txn, uint64_t time_ms, uint64_t *size)
{
    uint64_t low = 0, high = txn_size(txn);

    while (low < high) {
        AUTO_ARENA struct arena *arena = arena_new();
        uint64_t middle = low + (high - low) / 2;
        struct bytes bytes;
        struct leaf leaf;

        TRY(txn_leaf(txn, middle, arena, &bytes));
        TRY(leaf_decode(&leaf, bytes));
        if (leaf.time_ms <= time_ms)
            low = middle + 1;
        else
            high = middle;
    }
    *size = low;
    return ERR_OK;
}

enum err record_as_at(struct txn *txn, const struct record_key *key, uint64_t time_ms,
                      struct arena *arena, struct record **out)
{
    uint64_t size;

    TRY(journal_size_at(txn, time_ms, &size));
    return record_at(txn, key, size, arena, out);
}
