/* Leaves, tree, head, statements, bodies, revisions, signatures (declared in verify_parts.h). */
#include "core/change/verify_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/cbor.h"
#include "core/base/seams.h"
#include "core/index/records.h"

/* The record type "signing key" and its tags, which every verifier knows (assets/doc/file-format.md). */
enum {
    SIGNING_KEY = 2,
    KEY_VOIDED = 6,
    KEY_OFFICER = 10,
    KEY_PUBLIC = 11,
    KEY_FROM = 12,
    KEY_UNTIL = 13
};
/* And what store.create says of the store. */
enum { CREATE_SITE = 10, CREATE_FORMAT = 11, CREATE_DEMO = 12, CREATE_KEY = 13 };
enum { BETWEEN_CLOCKS = 16 };

struct key_state {
    bool good; /* false: there was none */
    bool voided, has_until;
    uint64_t officer;
    struct public_key public_key;
    uint8_t id[4];
    int64_t from, until;
};

struct key_record {
    uint8_t key[RECORD_KEY];
    struct key_state now;
    struct key_state was; /* before the entry `changed`, which either may sign */
    uint64_t changed;
};

struct journal {
    struct verifier *v;
    struct txn *txn;
    struct arena *arena;
    struct merkle_frontier frontier;
    bool broken; /* a leaf is not there, so no root can be made */
    uint64_t time_ms;
    struct key_record *keys;
    size_t key_count;
    uint64_t present, damaged; /* bodies */
    /* Of the entry that is being looked at: */
    uint64_t sequence;
    uint64_t entry_time;
    struct statement statement;
};

static unsigned long long number(const struct journal *j)
{
    return (unsigned long long)j->sequence;
}

static const char *name_of(struct journal *j, const uint8_t encoded[RECORD_KEY])
{
    struct record_key key = record_key_decode(encoded);

    return key_name(j->arena, &key);
}

/* ---- signing keys ---- */

static bool is_signing_key(const uint8_t key[RECORD_KEY])
{
    static const uint8_t no_family[4];

    return key[0] == SIGNING_KEY && memcmp(key + 8, no_family, sizeof no_family) == 0;
}

static bool take_public(struct cbor_reader *in, struct key_state *out)
{
    struct bytes bytes;
    struct text name;
    size_t count;

    if (!cbor_array(in, &count) || count != 2 || !cbor_text(in, &name) ||
        !cbor_bytes(in, &bytes) || !text_is(name, "ed25519") ||
        bytes.len != sizeof out->public_key.byte)
        return false;
    memcpy(out->public_key.byte, bytes.data, bytes.len);
    signing_key_id(out->id, &out->public_key);
    return true;
}

static bool read_key(struct key_state *out, struct bytes payload)
{
    struct cbor_reader in = cbor_reader(payload);
    bool officer = false, public_key = false, from = false;
    uint64_t tag;
    size_t pairs;

    *out = (struct key_state){ .good = false };
    if (!cbor_map(&in, &pairs))
        return false;
    for (size_t i = 0; i < pairs && cbor_uint(&in, &tag); i++) {
        switch (tag) {
        case KEY_VOIDED:
            out->voided = cbor_next(&in).type == CBOR_TRUE;
            break;
        case KEY_OFFICER:
            officer = cbor_uint(&in, &out->officer);
            break;
        case KEY_PUBLIC:
            public_key = take_public(&in, out);
            break;
        case KEY_FROM:
            from = cbor_int(&in, &out->from);
            break;
        case KEY_UNTIL:
            out->has_until = cbor_int(&in, &out->until);
            break;
        default:
            cbor_skip(&in, NULL);
        }
    }
    out->good = cbor_done(&in) && officer && public_key && from;
    return out->good;
}

static void keep_key(struct journal *j, const uint8_t key[RECORD_KEY], struct bytes payload)
{
    struct key_state state;
    size_t i = 0;

    if (!read_key(&state, payload)) {
        verify_fault(j->v, N_("Entry %llu: the signing key %s lacks officer, key or time."),
                     number(j), name_of(j, key));
        return;
    }
    while (i < j->key_count && memcmp(j->keys[i].key, key, RECORD_KEY) != 0)
        i++;
    if (i == j->key_count) {
        j->keys = memory_grow(j->keys, (j->key_count + 1) * sizeof *j->keys);
        j->keys[j->key_count] = (struct key_record){ .changed = 0 };
        memcpy(j->keys[j->key_count++].key, key, RECORD_KEY);
    }
    j->keys[i].was = j->keys[i].now;
    j->keys[i].now = state;
    j->keys[i].changed = j->sequence;
}

static bool key_holds(const struct key_state *key, const struct officer_signature *line,
                      uint64_t time_ms)
{
    int64_t time = (int64_t)time_ms;

    return key->good && !key->voided && key->officer == line->officer &&
           memcmp(key->id, line->key_id, sizeof key->id) == 0 && key->from <= time &&
           (!key->has_until || time < key->until);
}

/* A key may sign the entry that first states it, and the one that ends it. */
static void check_signature(struct journal *j, const struct officer_signature *line,
                            struct bytes unsigned_statement)
{
    AUTO_BUFFER struct buffer words = { 0 };
    bool known = false, good = false;

    signing_text(&words, j->statement.origin, line->role, unsigned_statement);
    for (size_t i = 0; i < j->key_count && !good; i++) {
        const struct key_state *states[] = { &j->keys[i].now, &j->keys[i].was };
        size_t count = j->keys[i].changed == j->sequence ? 2 : 1;

        for (size_t k = 0; k < count && !good; k++) {
            if (!key_holds(states[k], line, j->entry_time))
                continue;
            known = true;
            good =
                signature_valid(&states[k]->public_key, buffer_bytes(&words), &line->signature);
        }
    }
    j->v->report.signatures += good;
    struct record_key officer = { line->officer, 0, 0 };

    if (!known)
        verify_fault(j->v,
                     N_("Entry %llu: %s signed with a key that was not theirs at that time."),
                     number(j), key_name(j->arena, &officer));
    else if (!good)
        verify_fault(j->v, N_("Entry %llu: the signature of %s is wrong."), number(j),
                     key_name(j->arena, &officer));
}

static void check_signatures(struct journal *j)
{
    AUTO_BUFFER struct buffer bytes = { 0 };

    if (j->v->depth < VERIFY_ALL || j->statement.signature_count == 0)
        return;
    statement_encode_unsigned(&bytes, &j->statement);
    for (size_t i = 0; i < j->statement.signature_count; i++)
        check_signature(j, &j->statement.signatures[i], buffer_bytes(&bytes));
}

/* ---- bodies ---- */

/* *payload stays absent where there is nothing to read. */
static enum err check_body(struct journal *j, uint16_t n, const uint8_t key[RECORD_KEY],
                           uint32_t revision, const struct hash256 *commitment,
                           struct bytes *payload)
{
    struct bytes stored;
    struct body body;
    struct hash256 hash;
    enum err err = txn_body(j->txn, j->sequence, n, j->arena, &stored);

    if (err == ERR_MISSING) {
        j->v->report.dropped++;
        if (is_signing_key(key))
            verify_fault(
                j->v,
                N_("Entry %llu: the body of the signing key %s is gone; it may never be "
                   "dropped."),
                number(j), name_of(j, key));
        return ERR_OK;
    }
    if (err != ERR_OK && err != ERR_DAMAGED)
        return err;
    j->damaged += err == ERR_DAMAGED;
    j->present++;
    j->v->report.bodies++;
    if (err == ERR_OK)
        err = body_decode(&body, stored);
    if (err == ERR_OK && body.algorithm != 0)
        err = ERR_DAMAGED;
    if (err == ERR_OK)
        err = body_commitment(&hash, key, revision, body.nonce, body.payload);
    if (err != ERR_OK || !hash_equal(&hash, commitment))
        verify_fault(j->v, N_("Entry %llu: its body %u is not what was saved (%s)."), number(j),
                     (unsigned)n, n == 0 ? "act" : name_of(j, key));
    else
        *payload = body.payload;
    return ERR_OK;
}

static bool create_fits(struct bytes payload, const struct store_identity *identity)
{
    AUTO_BUFFER struct buffer vkey = { 0 };
    struct cbor_reader in = cbor_reader(payload);
    uint64_t tag, site = UINT64_MAX, format = UINT64_MAX;
    enum cbor_type demo = CBOR_BAD;
    struct text key = { NULL, 0 };
    size_t pairs;

    if (!cbor_map(&in, &pairs))
        return false;
    for (size_t i = 0; i < pairs && cbor_uint(&in, &tag); i++) {
        if (tag == CREATE_SITE)
            cbor_uint(&in, &site);
        else if (tag == CREATE_FORMAT)
            cbor_uint(&in, &format);
        else if (tag == CREATE_DEMO)
            demo = cbor_next(&in).type;
        else if (tag == CREATE_KEY)
            cbor_text(&in, &key);
        else
            cbor_skip(&in, NULL);
    }
    note_key_print(&vkey, &identity->log);
    return cbor_done(&in) && site == identity->site && format == identity->format &&
           demo == (identity->demo ? CBOR_TRUE : CBOR_FALSE) &&
           text_equal(key, buffer_as_text(&vkey));
}

static void check_first(struct journal *j, struct bytes own)
{
    if (j->sequence != 0)
        return;
    if (!text_is(j->statement.act, "store.create") || !j->statement.has_body)
        verify_fault(j->v,
                     N_("The first entry of the journal does not say what this store is."));
    else if (own.data && !create_fits(own, store_identity(j->v->store)))
        verify_fault(j->v, N_("The store is not the one that its first entry states: site, "
                              "format, demo or the "
                              "log's key differ. It was rebuilt without its key, or forged."));
}

static void check_chain(struct journal *j, const struct statement_item *item, uint16_t n)
{
    const struct latest *before = latest_find(&j->v->latest, item->key);
    bool good = before ? item->has_previous && item->previous == before->sequence &&
                             item->revision == before->revision + 1
                       : !item->has_previous && item->revision == 1;

    if (!good)
        verify_fault(j->v, N_("Entry %llu: revision %u of %s does not follow the one before."),
                     number(j), (unsigned)item->revision, name_of(j, item->key));
    latest_put(&j->v->latest, item, n, j->sequence);
}

static enum err check_statement(struct journal *j, struct bytes bytes)
{
    static const uint8_t no_key[RECORD_KEY];
    struct statement *statement = &j->statement;
    struct bytes own = { NULL, 0 };
    enum err err = statement_decode(statement, j->arena, bytes);

    if (err == ERR_OK && !text_equal(statement->origin, store_identity(j->v->store)->origin))
        err = ERR_DAMAGED;
    if (err != ERR_OK) {
        verify_fault(
            j->v,
            N_("Entry %llu of the journal does not have the form that it was written in."),
            number(j));
        return ERR_OK;
    }
    if (statement->has_body)
        TRY(check_body(j, 0, no_key, 0, &statement->body, &own));
    check_first(j, own);
    for (size_t i = 0; i < statement->item_count; i++) {
        const struct statement_item *item = &statement->items[i];
        struct bytes payload = { NULL, 0 };

        check_chain(j, item, (uint16_t)(i + 1));
        TRY(check_body(j, (uint16_t)(i + 1), item->key, item->revision, &item->commitment,
                       &payload));
        if (payload.data && is_signing_key(item->key))
            keep_key(j, item->key, payload);
    }
    check_signatures(j);
    return ERR_OK;
}

/* ---- leaves ---- */

static void check_nodes(struct journal *j, struct bytes data, const struct hash256 *nodes,
                        int count)
{
    struct hash256 finished[MERKLE_LEVELS], hash = merkle_leaf(data);

    if (j->broken)
        return;
    if (merkle_append(&j->frontier, &hash, finished) != count ||
        memcmp(finished, nodes, (size_t)count * sizeof *nodes) != 0)
        verify_fault(
            j->v,
            N_("Entry %llu: the hashes stored with it are not those of the journal's entries."),
            number(j));
}

static enum err check_entry(struct journal *j)
{
    struct hash256 nodes[MERKLE_LEVELS];
    struct bytes data;
    struct leaf leaf;
    int count;
    enum err err = txn_leaf_nodes(j->txn, j->sequence, &data, nodes, &count);

    j->v->report.entries++;
    if (err != ERR_OK) {
        j->broken = true;
        return verify_failure(j->v, err);
    }
    check_nodes(j, data, nodes, count);
    if (leaf_decode(&leaf, data) != ERR_OK || leaf.sequence != j->sequence) {
        verify_fault(
            j->v,
            N_("Entry %llu of the journal does not have the form that it was written in."),
            number(j));
        return ERR_OK;
    }
    if (leaf.time_ms < j->time_ms)
        verify_fault(j->v, N_("Entry %llu: its time is before that of the entry before."),
                     number(j));
    else
        j->time_ms = leaf.time_ms;
    j->entry_time = leaf.time_ms;
    return j->v->depth >= VERIFY_BODIES ? check_statement(j, leaf.statement) : ERR_OK;
}

static enum err check_slice(struct journal *j)
{
    AUTO_TXN struct txn *txn = NULL;
    uint64_t first = j->sequence;
    int64_t until = monotonic_ms() + VERIFY_SLICE_MS;

    TRY(store_begin(&txn, j->v->store));
    j->txn = txn;
    while (j->sequence < j->v->size &&
           ((j->sequence - first) % BETWEEN_CLOCKS != BETWEEN_CLOCKS - 1 ||
            monotonic_ms() < until)) {
        TRY(check_entry(j));
        arena_reset(j->arena);
        j->sequence++;
    }
    return ERR_OK;
}

/* ---- the head, and what belongs to no entry ---- */

struct head_facts {
    struct hash256 root;
    uint64_t time_ms;
    struct text note;
};

static void check_head(struct journal *j, const struct head_facts *head)
{
    const struct store_identity *identity = store_identity(j->v->store);
    struct hash256 root = merkle_root(&j->frontier);
    struct checkpoint checkpoint;
    struct note note;

    j->v->report.root = head->root;
    if (!j->broken && (!hash_equal(&root, &head->root) || j->time_ms != head->time_ms))
        verify_fault(j->v, N_("The head of the journal is not the head of its entries."));
    if (note_parse(&note, head->note) != ERR_OK ||
        note_check(&note, &identity->log, 1, NULL) != ERR_OK ||
        checkpoint_parse(&checkpoint, note.text) != ERR_OK ||
        !text_equal(checkpoint.origin, identity->origin) || checkpoint.size != j->v->size ||
        !hash_equal(&checkpoint.root, &head->root))
        verify_fault(
            j->v, N_("The head of the journal is not signed with the log's key as it stands."));
}

struct body_count {
    uint64_t size, good, damaged;
};

static void count_body(const struct entry *entry, void *context)
{
    struct body_count *count = context;

    if (entry->damaged)
        count->damaged++;
    else if (read_u64(entry->key.data) < count->size)
        count->good++;
}

static enum err check_other_bodies(struct journal *j)
{
    struct body_count count = { .size = j->v->size };

    TRY(verify_failure(j->v, store_walk(j->v->store, TREE_BODIES, count_body, &count)));
    if (count.damaged > j->damaged)
        verify_fault(
            j->v,
            N_("%llu stored bodies are damaged, so that it is not known to which entry they "
               "belong."),
            (unsigned long long)(count.damaged - j->damaged));
    else if (count.good + count.damaged != j->present)
        verify_fault(j->v, N_("The store holds %llu bodies, the journal's entries have %llu."),
                     (unsigned long long)(count.good + count.damaged),
                     (unsigned long long)j->present);
    return ERR_OK;
}

static enum err begin(struct journal *j, struct head_facts *head, struct arena *kept)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, j->v->store));
    j->v->size = txn_size(txn);
    j->v->total = j->v->size * (j->v->depth == VERIFY_ALL ? 3 : 1);
    j->v->total += j->v->meaning ? j->v->size * 2 : 0;
    head->time_ms = txn_time_ms(txn);
    TRY(txn_root(txn, &head->root));
    return txn_checkpoint(txn, kept, &head->note);
}

static enum err run(struct journal *j)
{
    AUTO_ARENA struct arena *kept = arena_new();
    struct head_facts head;

    TRY(begin(j, &head, kept));
    while (j->sequence < j->v->size) {
        uint64_t first = j->sequence;

        TRY(check_slice(j));
        verify_step(j->v, j->sequence - first);
    }
    check_head(j, &head);
    return j->v->depth >= VERIFY_BODIES ? check_other_bodies(j) : ERR_OK;
}

enum err verify_journal(struct verifier *v)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct journal j = { .v = v, .arena = arena };
    enum err err = run(&j);

    free(j.keys);
    return err;
}
