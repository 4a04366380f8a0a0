#include "core/store/inside.h"

#include <assert.h>
#include <string.h>

#include "core/base/seams.h"

enum { HASH = 32, BLOCK_KEY = 2 + 8 };

static const uint8_t head_key[] = { 0, 'h' };
static const uint8_t request_key[] = { 0xFF, 'r' };

static struct bytes sequence_key(uint8_t out[LEAF_KEY], uint64_t sequence)
{
    write_u64(out, sequence);
    return (struct bytes){ out, LEAF_KEY };
}

/* ---- the head ---- */

static void put_short(struct buffer *out, struct text t)
{
    assert(t.len <= UINT8_MAX);
    buffer_byte(out, (uint8_t)t.len);
    buffer_text(out, t);
}

static void head_encode(struct buffer *out, const struct head *head,
                        const struct store_identity *identity)
{
    AUTO_BUFFER struct buffer vkey = { 0 };

    note_key_print(&vkey, &identity->log);
    buffer_byte(out, head->finished);
    buffer_u16(out, identity->format);
    buffer_u16(out, identity->site);
    buffer_byte(out, identity->demo);
    put_short(out, identity->origin);
    put_short(out, buffer_as_text(&vkey));
    buffer_u64(out, head->frontier.size);
    buffer_u64(out, head->time_ms);
    for (int level = 0; level < MERKLE_LEVELS; level++)
        if (head->frontier.size >> level & 1)
            buffer_put(out, head->frontier.peak[level].byte, HASH);
    buffer_put(out, head->requests,
               (size_t)(head->frontier.size % REQUEST_BLOCK) * REQUEST_START);
    buffer_put(out, head->note, head->note_len);
}

/* The next `size` bytes of *in, NULL where there are not so many. */
static const uint8_t *take(struct bytes *in, size_t size)
{
    const uint8_t *at = in->data;

    if (in->len < size)
        return NULL;
    in->data += size;
    in->len -= size;
    return at;
}

static bool take_text(struct bytes *in, struct text *out)
{
    const uint8_t *len = take(in, 1);
    const uint8_t *data = len ? take(in, *len) : NULL;

    *out = (struct text){ (const char *)data, data ? *len : 0 };
    return data != NULL;
}

static bool identity_decode(struct store_identity *out, char origin[NOTE_NAME],
                            struct bytes *in)
{
    const uint8_t *fixed = take(in, 5);
    struct text name, vkey;

    if (!fixed || !take_text(in, &name) || !take_text(in, &vkey) || name.len >= NOTE_NAME)
        return false;
    memcpy(origin, name.data, name.len);
    origin[name.len] = '\0';
    *out = (struct store_identity){
        .origin = { origin, name.len },
        .format = read_u16(fixed),
        .site = read_u16(fixed + 2),
        .demo = fixed[4] != 0,
    };
    return note_key_parse(&out->log, vkey) == ERR_OK;
}

static bool log_decode(struct head *out, struct bytes *in)
{
    const uint8_t *at = take(in, 16);

    if (!at)
        return false;
    out->frontier.size = read_u64(at);
    out->time_ms = read_u64(at + 8);
    for (int level = 0; level < MERKLE_LEVELS; level++) {
        if (!(out->frontier.size >> level & 1))
            continue;
        if (!(at = take(in, HASH)))
            return false;
        memcpy(out->frontier.peak[level].byte, at, HASH);
    }
    size_t requests = (size_t)(out->frontier.size % REQUEST_BLOCK) * REQUEST_START;

    if (!(at = take(in, requests)) || in->len > sizeof(out->note))
        return false;
    memcpy(out->requests, at, requests);
    out->note_len = in->len;
    memcpy(out->note, in->data, in->len);
    return true;
}

enum err head_read(struct engine_txn *txn, struct head *head, struct store_identity *identity,
                   char origin[NOTE_NAME])
{
    struct bytes key = { head_key, sizeof(head_key) }, raw, value;
    struct store_identity found;
    char name[NOTE_NAME];
    const uint8_t *state;

    TRY(engine_get(txn, TREE_COUNTERS, key, &raw));
    if (!value_good(TREE_COUNTERS, key, raw, &value) || !(state = take(&value, 1)))
        return value_damaged(TREE_COUNTERS, key);
    if (!identity_decode(&found, name, &value) || !log_decode(head, &value))
        return value_damaged(TREE_COUNTERS, key);
    head->finished = *state != 0;
    head->id = engine_id(txn);
    if (identity) {
        memcpy(origin, name, sizeof(name));
        *identity = found;
        identity->origin.data = origin;
    }
    return ERR_OK;
}

const struct head *head_of(struct txn *txn)
{
    struct store *store = txn->store;

    if (txn->writing)
        return &store->draft;
    if (store->head.id == engine_id(txn->engine))
        return &store->head;
    store->head.id = 0;
    return head_read(txn->engine, &store->head, NULL, NULL) == ERR_OK ? &store->head : NULL;
}

enum err head_sign(struct store *store, struct head *head)
{
    AUTO_BUFFER struct buffer text = { 0 }, note = { 0 };
    struct checkpoint checkpoint = {
        .origin = store->identity.origin,
        .size = head->frontier.size,
        .root = merkle_root(&head->frontier),
    };

    assert(store->has_key);
    checkpoint_print(&text, &checkpoint);
    TRY(note_sign(&note, buffer_as_text(&text), &store->identity.log, &store->key));
    assert(note.len <= sizeof(head->note));
    head->note_len = note.len;
    memcpy(head->note, note.data, note.len);
    return ERR_OK;
}

enum err head_write(struct txn *txn)
{
    AUTO_BUFFER struct buffer value = { 0 };
    struct store *store = txn->store;

    if (txn->appended)
        TRY(head_sign(store, &store->draft));
    head_encode(&value, &store->draft, &store->identity);
    return value_put(txn, TREE_COUNTERS, (struct bytes){ head_key, sizeof(head_key) },
                     buffer_bytes(&value), false);
}

/* ---- appending ---- */

static enum err put_bodies(struct txn *txn, uint64_t sequence,
                           const struct journal_body *bodies, size_t count)
{
    uint8_t key[BODY_KEY];

    write_u64(key, sequence);
    for (size_t i = 0; i < count; i++) {
        assert(i == 0 || bodies[i - 1].n < bodies[i].n);
        if (bodies[i].body.len > VALUE_LIMIT)
            return fail(ERR_INVALID,
                        N_("This entry is too long to be stored: %zu bytes, at most %d. "
                           "Shorten its longest text."),
                        bodies[i].body.len, VALUE_LIMIT);
        key[LEAF_KEY] = (uint8_t)(bodies[i].n >> 8);
        key[LEAF_KEY + 1] = (uint8_t)bodies[i].n;
        TRY(value_put(txn, TREE_BODIES, (struct bytes){ key, sizeof(key) }, bodies[i].body,
                      true));
    }
    return ERR_OK;
}

static enum err put_leaf(struct txn *txn, uint64_t sequence, struct bytes leaf)
{
    AUTO_BUFFER struct buffer value = { 0 };
    struct hash256 finished[MERKLE_LEVELS], hash = merkle_leaf(leaf);
    int count = merkle_append(&txn->store->draft.frontier, &hash, finished);
    uint8_t key[LEAF_KEY];

    buffer_byte(&value, (uint8_t)count);
    buffer_put(&value, finished, (size_t)count * HASH);
    buffer_put(&value, leaf.data, leaf.len);
    return value_put(txn, TREE_LEAVES, sequence_key(key, sequence), buffer_bytes(&value), true);
}

/* The newest block is kept in the head; a full one becomes a value of its own. */
static enum err put_request(struct txn *txn, uint64_t sequence, const uint8_t request[16])
{
    struct head *draft = &txn->store->draft;
    uint8_t key[BLOCK_KEY];

    memcpy(draft->requests[sequence % REQUEST_BLOCK], request, REQUEST_START);
    if (sequence % REQUEST_BLOCK != REQUEST_BLOCK - 1)
        return ERR_OK;
    memcpy(key, request_key, sizeof(request_key));
    write_u64(key + sizeof(request_key), sequence / REQUEST_BLOCK);
    return value_put(txn, TREE_COUNTERS, (struct bytes){ key, sizeof(key) },
                     (struct bytes){ draft->requests[0], sizeof(draft->requests) }, false);
}

static enum err append(struct txn *txn, struct bytes leaf, const struct journal_body *bodies,
                       size_t count)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct statement statement;
    struct leaf read;

    TRY(leaf_decode(&read, leaf));
    TRY(statement_decode(&statement, arena, read.statement));
    if (read.sequence != txn->store->draft.frontier.size ||
        read.time_ms < txn->store->draft.time_ms ||
        !text_equal(statement.origin, txn->store->identity.origin))
        return fail(ERR_INVALID,
                    N_("Entry %llu does not follow the newest entry of this journal, so it "
                       "was not added. Check that both belong to the same store."),
                    (unsigned long long)read.sequence);
    TRY(put_leaf(txn, read.sequence, leaf));
    TRY(put_bodies(txn, read.sequence, bodies, count));
    TRY(put_request(txn, read.sequence, statement.request));
    txn->store->draft.time_ms = read.time_ms;
    return ERR_OK;
}

enum err txn_append_again(struct txn *txn, struct bytes leaf, const struct journal_body *bodies,
                          size_t count)
{
    enum err err;

    assert(txn->writing);
    err = append(txn, leaf, bodies, count);
    /* The draft may be ahead of what was put, so this closure can no longer succeed. */
    if (err != ERR_OK)
        txn->failed = err;
    txn->appended = true;
    return err;
}

enum err txn_append(struct txn *txn, struct bytes statement, const struct journal_body *bodies,
                    size_t count, uint64_t *sequence, uint64_t *time_ms)
{
    AUTO_BUFFER struct buffer leaf = { 0 };
    const struct head *draft = &txn->store->draft;
    uint64_t next = draft->frontier.size, now = (uint64_t)now_ms();

    assert(txn->writing);
    if (now < draft->time_ms)
        now = draft->time_ms;
    TRY(leaf_encode(&leaf, next, now, statement));
    TRY(txn_append_again(txn, buffer_bytes(&leaf), bodies, count));
    *sequence = next;
    *time_ms = now;
    return ERR_OK;
}

/* ---- reading ---- */

uint64_t txn_size(struct txn *txn)
{
    const struct head *head = head_of(txn);

    return head ? head->frontier.size : 0;
}

uint64_t txn_time_ms(struct txn *txn)
{
    const struct head *head = head_of(txn);

    return head ? head->time_ms : 0;
}

/* What stands in tree L under a sequence: hashes and data. */
static enum err leaf_get(struct txn *txn, uint64_t sequence, struct bytes *hashes,
                         struct bytes *leaf)
{
    uint8_t room[LEAF_KEY];
    struct bytes key = sequence_key(room, sequence), value;
    enum err err = value_get(txn, TREE_LEAVES, key, &value);

    if (err == ERR_MISSING && sequence < txn_size(txn))
        return value_damaged(TREE_LEAVES, key);
    if (err != ERR_OK)
        return err;
    size_t len = value.len > 0 ? (size_t)value.data[0] * HASH : 0;

    if (len == 0 || 1 + len > value.len)
        return value_damaged(TREE_LEAVES, key);
    *hashes = (struct bytes){ value.data + 1, len };
    *leaf = (struct bytes){ value.data + 1 + len, value.len - 1 - len };
    return ERR_OK;
}

enum err txn_leaf(struct txn *txn, uint64_t sequence, struct arena *arena, struct bytes *leaf)
{
    struct bytes hashes, found;

    TRY(leaf_get(txn, sequence, &hashes, &found));
    *leaf = (struct bytes){ arena_copy(arena, found.data, found.len), found.len };
    return ERR_OK;
}

enum err txn_leaf_nodes(struct txn *txn, uint64_t sequence, struct bytes *leaf,
                        struct hash256 nodes[MERKLE_LEVELS], int *count)
{
    struct bytes hashes;

    TRY(leaf_get(txn, sequence, &hashes, leaf));
    *count = 0;
    for (size_t at = 0; at + HASH <= hashes.len && *count < MERKLE_LEVELS; at += HASH)
        memcpy(nodes[(*count)++].byte, hashes.data + at, HASH);
    return ERR_OK;
}

enum err txn_body(struct txn *txn, uint64_t sequence, uint16_t n, struct arena *arena,
                  struct bytes *body)
{
    uint8_t key[BODY_KEY];

    write_u64(key, sequence);
    key[LEAF_KEY] = (uint8_t)(n >> 8);
    key[LEAF_KEY + 1] = (uint8_t)n;
    return txn_get(txn, TREE_BODIES, (struct bytes){ key, sizeof(key) }, arena, body);
}

enum err txn_node(struct hash256 *out, int level, uint64_t index, void *context)
{
    struct txn *txn = context;
    struct bytes hashes, leaf;
    uint64_t last = ((index + 1) << level) - 1; /* the entry that completes it */

    assert(level >= 0 && level < MERKLE_LEVELS && last < txn_size(txn));
    TRY(leaf_get(txn, last, &hashes, &leaf));
    if ((size_t)(level + 1) * HASH > hashes.len) {
        uint8_t key[LEAF_KEY];

        return value_damaged(TREE_LEAVES, sequence_key(key, last));
    }
    memcpy(out->byte, hashes.data + (size_t)level * HASH, HASH);
    return ERR_OK;
}

enum err txn_root(struct txn *txn, struct hash256 *root)
{
    const struct head *head = head_of(txn);

    if (!head)
        return last_failure_code();
    *root = merkle_root(&head->frontier);
    return ERR_OK;
}

enum err txn_checkpoint(struct txn *txn, struct arena *arena, struct text *note)
{
    const struct head *head = head_of(txn);

    if (!head)
        return last_failure_code();
    *note = arena_text(arena, (struct text){ head->note, head->note_len });
    return ERR_OK;
}

/* ---- request ids ---- */

struct search {
    struct txn *txn;
    const uint8_t *request;
    enum err result; /* ERR_MISSING while it is not found */
    uint64_t sequence;
};

/* Reads the entry itself, because another request id may begin alike. */
static enum err entry_carries(struct search *search, uint64_t sequence)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes hashes, data;
    struct statement statement;
    struct leaf leaf;

    TRY(leaf_get(search->txn, sequence, &hashes, &data));
    TRY(leaf_decode(&leaf, data));
    TRY(statement_decode(&statement, arena, leaf.statement));
    if (memcmp(statement.request, search->request, sizeof(statement.request)) != 0)
        return ERR_MISSING;
    search->sequence = sequence;
    return ERR_OK;
}

static enum err search_block(struct search *search, uint64_t first, const uint8_t *starts,
                             size_t count)
{
    for (size_t i = count; i-- > 0;) {
        if (memcmp(starts + i * REQUEST_START, search->request, REQUEST_START) != 0)
            continue;
        enum err err = entry_carries(search, first + i);

        if (err != ERR_MISSING)
            return err;
    }
    return ERR_MISSING;
}

static bool visit_block(struct bytes key, struct bytes raw, void *context)
{
    struct search *search = context;
    struct bytes value;

    if (key.len != BLOCK_KEY || !value_good(TREE_COUNTERS, key, raw, &value) ||
        value.len != (size_t)REQUEST_BLOCK * REQUEST_START)
        search->result = value_damaged(TREE_COUNTERS, key);
    else
        search->result =
            search_block(search, read_u64(key.data + sizeof(request_key)) * REQUEST_BLOCK,
                         value.data, REQUEST_BLOCK);
    return search->result == ERR_MISSING;
}

enum err txn_request(struct txn *txn, const uint8_t request[16], uint64_t *sequence)
{
    const struct head *head = head_of(txn);
    struct search search = { .txn = txn, .request = request, .result = ERR_MISSING };
    static const uint8_t after[] = { 0xFF, 'r' + 1 };

    if (!head)
        return last_failure_code();
    uint64_t size = head->frontier.size, newest = size % REQUEST_BLOCK;

    search.result = search_block(&search, size - newest, head->requests[0], (size_t)newest);
    if (search.result == ERR_MISSING)
        TRY(engine_scan(txn->engine, TREE_COUNTERS,
                        (struct bytes){ request_key, sizeof(request_key) },
                        (struct bytes){ after, sizeof(after) }, BACKWARD, visit_block,
                        &search));
    if (search.result == ERR_OK)
        *sequence = search.sequence;
    return search.result;
}
