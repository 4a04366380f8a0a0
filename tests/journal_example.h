/* A small journal of four entries, the one that assets/doc/file-format.md works through byte by
 * byte, or the same with one thing wrong in it while head and tree are in order.
 *
 * Entry 0 makes the store, 1 states an officer's signing key, 2 adds an exhibit, 3 amends it; 2
 * and 3 are signed. All keys and nonces are published, so every byte is the same each time.
 */
#ifndef TIDEWAITER_TESTS_JOURNAL_EXAMPLE_H
#define TIDEWAITER_TESTS_JOURNAL_EXAMPLE_H

#include "core/base/cbor.h"
#include "core/journal/note.h"
#include "core/journal/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum example_fault {
    EXAMPLE_GOOD,
    EXAMPLE_BODY_DROPPED,
    EXAMPLE_TIME_BACK,
    EXAMPLE_SEQUENCE_SKIPPED,
    EXAMPLE_REVISION_SKIPPED,
    EXAMPLE_OTHER_PREVIOUS,
    EXAMPLE_OTHER_ORIGIN,
    EXAMPLE_OTHER_COMMITMENT,
    EXAMPLE_BODY_MISSING,
    EXAMPLE_BODY_TOO_MANY,
    EXAMPLE_BODY_SEALED,
    EXAMPLE_OTHER_ROLE,
    EXAMPLE_OTHER_OFFICER,
    EXAMPLE_KEY_TOO_YOUNG,
    EXAMPLE_KEY_ENDED,
    EXAMPLE_KEY_DROPPED,
    EXAMPLE_TRAILING_BYTE,
    EXAMPLE_NOT_CREATED,
    EXAMPLE_HEAD_BEHIND,
    EXAMPLE_HEAD_OTHER_ROOT,
    EXAMPLE_HEAD_OTHER_KEY,
};

enum { EXAMPLE_ENTRIES = 4 };
#define EXAMPLE_ORIGIN "example.org/cases"
#define EXAMPLE_TIME 1700000000000
#define EXAMPLE_OFFICER UINT64_C(0x0100000000000001)
#define EXAMPLE_EXHIBIT UINT64_C(0x090000000000007b)

struct example {
    enum example_fault fault;
    struct note_key log_key;
    struct secret_key log_secret, officer_secret;
    struct public_key officer_public;
    uint64_t sequence;
    struct merkle_frontier frontier;
    struct hash256 leaf_hash[EXAMPLE_ENTRIES];
    struct buffer statement[EXAMPLE_ENTRIES], signed_text[EXAMPLE_ENTRIES];
    struct buffer leaf[EXAMPLE_ENTRIES], body[EXAMPLE_ENTRIES], payload[EXAMPLE_ENTRIES];
    struct hash256 commitment[EXAMPLE_ENTRIES];
    struct buffer leaves, bodies, head; /* the mirror's files */
};

static inline void example_read_keys(struct example *x)
{
    /* RFC 8032 section 7.1, TEST 1 and TEST 2. */
    static const char *const seeds[] = {
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    };
    struct secret_key *secrets[] = { &x->log_secret, &x->officer_secret };
    struct public_key publics[2];

    for (int i = 0; i < 2; i++) {
        AUTO_BUFFER struct buffer seed = { 0 };

        if (!hex_decode(&seed, text_of(seeds[i])))
            abort();
        key_pair_from_seed(seed.data, &publics[i], secrets[i]);
    }
    x->officer_public = publics[1];
    if (note_key_make(&x->log_key, TEXT(EXAMPLE_ORIGIN), NOTE_ED25519, &publics[0]) != ERR_OK)
        abort();
}

static inline void example_key(uint8_t key[RECORD_KEY], uint64_t id)
{
    memset(key, 0, RECORD_KEY);
    write_u64(key, id);
}

/* session 00 01 02 .., request 10 11 .., boot 20 21 ..; the request ends in the sequence */
static inline void example_statement(const struct example *x, struct statement *s,
                                     const char *act)
{
    *s = (struct statement){
        .origin = TEXT(EXAMPLE_ORIGIN),
        .act = text_of(act),
        .officer = EXAMPLE_OFFICER,
        .clock_ms = EXAMPLE_TIME + (int64_t)x->sequence * 60000,
        .monotonic_ms = 5000 + (int64_t)x->sequence * 60000,
    };
    for (uint8_t i = 0; i < 16; i++) {
        s->session[i] = i;
        s->request[i] = (uint8_t)(0x10 + i);
        s->boot[i] = (uint8_t)(0x20 + i);
    }
    s->request[15] = (uint8_t)x->sequence;
}

static inline void example_sign(struct example *x, struct statement *s, const char *role)
{
    AUTO_BUFFER struct buffer unsigned_bytes = { 0 };
    struct officer_signature *line = &s->signatures[0];
    struct buffer *text = &x->signed_text[x->sequence];

    *line = (struct officer_signature){ .role = text_of(role), .officer = s->officer };
    signing_key_id(line->key_id, &x->officer_public);
    statement_encode_unsigned(&unsigned_bytes, s);
    signing_text(text, s->origin, line->role, buffer_bytes(&unsigned_bytes));
    line->signature = sign(&x->officer_secret, buffer_bytes(text));
    if (x->fault == EXAMPLE_OTHER_ROLE)
        line->role = TEXT("second");
    if (x->fault == EXAMPLE_OTHER_OFFICER)
        line->officer++;
    s->signature_count = 1;
}

static inline void example_put_body(struct example *x, uint16_t n)
{
    struct buffer *body = &x->body[x->sequence];
    bool amending = x->sequence == 3;

    if (x->fault == EXAMPLE_BODY_SEALED && amending)
        body->data[0] = 1;
    if (x->fault == EXAMPLE_BODY_MISSING && amending)
        return;
    if ((x->fault == EXAMPLE_BODY_DROPPED && amending) ||
        (x->fault == EXAMPLE_KEY_DROPPED && x->sequence == 1))
        mirror_put_body(&x->bodies, x->sequence, n, (struct bytes){ 0 });
    else
        mirror_put_body(&x->bodies, x->sequence, n, buffer_bytes(body));
    if (x->fault == EXAMPLE_BODY_TOO_MANY && amending)
        mirror_put_body(&x->bodies, x->sequence, 2, buffer_bytes(body));
}

/* The entry as bytes, and its leaf into the tree. */
static inline void example_leaf(struct example *x, const struct statement *s)
{
    struct hash256 finished[MERKLE_LEVELS];
    struct buffer *leaf = &x->leaf[x->sequence], *statement = &x->statement[x->sequence];
    bool last = x->sequence == 3;
    uint64_t sequence = x->sequence, time = EXAMPLE_TIME + x->sequence * 60000;

    if (x->fault == EXAMPLE_SEQUENCE_SKIPPED && last)
        sequence++;
    if (x->fault == EXAMPLE_TIME_BACK && last)
        time -= 60001;
    statement_encode(statement, s);
    if (x->fault == EXAMPLE_TRAILING_BYTE && last)
        buffer_byte(statement, 0);
    if (leaf_encode(leaf, sequence, time, buffer_bytes(statement)) != ERR_OK)
        abort();
    mirror_put_leaf(&x->leaves, buffer_bytes(leaf));
    x->leaf_hash[x->sequence] = merkle_leaf(buffer_bytes(leaf));
    merkle_append(&x->frontier, &x->leaf_hash[x->sequence], finished);
}

/* One entry with one body: of the act itself (id 0), or of the record `id` at `revision`. */
static inline void example_append(struct example *x, const char *act, uint64_t id,
                                  uint32_t revision, uint64_t previous, const char *role)
{
    struct statement s;
    struct statement_item item = {
        .revision = revision,
        .has_previous = revision > 1,
        .previous = previous,
    };
    uint8_t nonce[NONCE];
    struct hash256 *commitment = &x->commitment[x->sequence];
    struct bytes payload = buffer_bytes(&x->payload[x->sequence]);

    for (uint8_t i = 0; i < NONCE; i++)
        nonce[i] = (uint8_t)(0x40 + i);
    nonce[0] = (uint8_t)x->sequence;
    example_key(item.key, id);
    example_statement(x, &s, act);
    body_encode(&x->body[x->sequence], nonce, payload);
    if (body_commitment(commitment, item.key, revision, nonce, payload) != ERR_OK)
        abort();
    if (x->fault == EXAMPLE_OTHER_COMMITMENT && x->sequence == 3)
        commitment->byte[31] ^= 1;
    if (x->fault == EXAMPLE_OTHER_ORIGIN && x->sequence == 3)
        s.origin = TEXT("example.org/other");
    item.commitment = s.body = *commitment;
    s.has_body = id == 0;
    s.items = &item;
    s.item_count = id == 0 ? 0 : 1;
    if (role != NULL)
        example_sign(x, &s, role);
    example_leaf(x, &s);
    example_put_body(x, id == 0 ? 0 : 1);
    x->sequence++;
}

static inline void example_head(struct example *x, uint64_t size)
{
    AUTO_BUFFER struct buffer text = { 0 };
    struct checkpoint head = { TEXT(EXAMPLE_ORIGIN), size, merkle_root(&x->frontier) };
    struct note_key key = x->log_key;
    const struct secret_key *secret = &x->log_secret;

    if (x->fault == EXAMPLE_HEAD_OTHER_ROOT)
        head.root.byte[0] ^= 1;
    if (x->fault == EXAMPLE_HEAD_OTHER_KEY) {
        secret = &x->officer_secret;
        if (note_key_make(&key, TEXT(EXAMPLE_ORIGIN), NOTE_ED25519, &x->officer_public) !=
            ERR_OK)
            abort();
    }
    checkpoint_print(&text, &head);
    buffer_clear(&x->head);
    if (note_sign(&x->head, buffer_as_text(&text), &key, secret) != ERR_OK)
        abort();
}

static inline void example_key_payload(struct example *x, struct buffer *out)
{
    cbor_put_map(out, x->fault == EXAMPLE_KEY_ENDED ? 4 : 3);
    cbor_put_uint(out, 10); /* officer */
    cbor_put_uint(out, EXAMPLE_OFFICER);
    cbor_put_uint(out, 11); /* public key */
    cbor_put_array(out, 2);
    cbor_put_text(out, TEXT("ed25519"));
    cbor_put_bytes(out, (struct bytes){ x->officer_public.byte, 32 });
    cbor_put_uint(out, 12); /* from */
    cbor_put_uint(out, EXAMPLE_TIME + (x->fault == EXAMPLE_KEY_TOO_YOUNG ? 999999 : 0));
    if (x->fault == EXAMPLE_KEY_ENDED) {
        cbor_put_uint(out, 13); /* until */
        cbor_put_uint(out, EXAMPLE_TIME + 60001);
    }
}

static inline void example_exhibit_payload(struct buffer *out, uint64_t cigarettes)
{
    cbor_put_map(out, 4);
    cbor_put_uint(out, 1); /* human number */
    cbor_put_text(out, TEXT("CE-2023-0007-01"));
    cbor_put_uint(out, 10); /* seizure */
    cbor_put_uint(out, UINT64_C(0x0800000000000007));
    cbor_put_uint(out, 12); /* commodity */
    cbor_put_text(out, TEXT("CIGARETTE"));
    cbor_put_uint(out, 13); /* quantity */
    cbor_put_array(out, 3);
    cbor_put_uint(out, cigarettes);
    cbor_put_uint(out, 0);
    cbor_put_text(out, TEXT("STICK"));
}

static inline void example_build(struct example *x, enum example_fault fault)
{
    AUTO_BUFFER struct buffer vkey = { 0 };

    *x = (struct example){ .fault = fault };
    example_read_keys(x);
    note_key_print(&vkey, &x->log_key);
    cbor_put_map(&x->payload[0], 4);
    cbor_put_uint(&x->payload[0], 10); /* site */
    cbor_put_uint(&x->payload[0], 0);
    cbor_put_uint(&x->payload[0], 11); /* format */
    cbor_put_uint(&x->payload[0], 1);
    cbor_put_uint(&x->payload[0], 12); /* demo */
    cbor_put_bool(&x->payload[0], true);
    cbor_put_uint(&x->payload[0], 13); /* the log's key */
    cbor_put_text(&x->payload[0], buffer_as_text(&vkey));
    example_append(x, fault == EXAMPLE_NOT_CREATED ? "store.open" : "store.create", 0, 0, 0,
                   NULL);
    example_key_payload(x, &x->payload[1]);
    example_append(x, "signing_key.add", UINT64_C(0x0200000000000001), 1, 0, NULL);
    example_exhibit_payload(&x->payload[2], 15000);
    example_append(x, "exhibit.add", EXAMPLE_EXHIBIT, 1, 0, "actor");
    if (fault == EXAMPLE_HEAD_BEHIND)
        example_head(x, 3);
    example_exhibit_payload(&x->payload[3], 14800);
    example_append(x, "exhibit.amend", EXAMPLE_EXHIBIT,
                   fault == EXAMPLE_REVISION_SKIPPED ? 3 : 2,
                   fault == EXAMPLE_OTHER_PREVIOUS ? 1 : 2, "actor");
    if (fault != EXAMPLE_HEAD_BEHIND)
        example_head(x, 4);
}

static inline void example_free(struct example *x)
{
    for (int i = 0; i < EXAMPLE_ENTRIES; i++) {
        buffer_free(&x->statement[i]);
        buffer_free(&x->signed_text[i]);
        buffer_free(&x->leaf[i]);
        buffer_free(&x->body[i]);
        buffer_free(&x->payload[i]);
    }
    buffer_free(&x->leaves);
    buffer_free(&x->bodies);
    buffer_free(&x->head);
}

#endif
