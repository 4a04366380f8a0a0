/* The bytes of a journal entry: leaf, statement, bodies, commitments, officers' signatures.
 * Formats: assets/doc/file-format.md; design "Journal". These bytes are for ever.
 *
 * A statement says who did what to which records; it holds no free text, no name and no human
 * number. What was written stands in bodies, each under its commitment: a hash over salted field
 * hashes, so that one field can be shown or withheld and a body can lawfully be dropped while every
 * proof holds. Decoded values point into the input.
 */
#ifndef TIDEWAITER_CORE_JOURNAL_STATEMENT_H
#define TIDEWAITER_CORE_JOURNAL_STATEMENT_H

#include "core/base/crypto.h"

enum {
    RECORD_KEY = 12,
    LEAF_LIMIT = 65535,
    STATEMENT_ITEMS = 500,
    STATEMENT_SIGNATURES = 8,
    NONCE = 32
};

struct statement_item {
    uint8_t key[RECORD_KEY];
    uint32_t revision;
    bool has_previous;
    uint64_t previous; /* sequence of the entry that made the revision before */
    struct hash256 commitment;
};

struct officer_signature {
    struct text role; /* actor, releaser, receiver, second, witness */
    uint64_t officer;
    uint8_t key_id[4];
    struct signature signature;
};

struct statement {
    struct text origin;
    struct text act;
    uint64_t officer;
    uint8_t session[16];
    uint8_t request[16];
    int64_t clock_ms;
    uint8_t boot[16];
    int64_t monotonic_ms;
    bool in_batch;
    uint8_t batch[16];
    uint64_t part;
    size_t item_count;
    struct statement_item *items; /* sorted by key, none twice */
    bool has_body;
    struct hash256 body; /* commitment of the act's own body */
    size_t signature_count;
    struct officer_signature signatures[STATEMENT_SIGNATURES];
};

/* Without map key 9: what officers sign. */
void statement_encode_unsigned(struct buffer *out, const struct statement *statement);
void statement_encode(struct buffer *out, const struct statement *statement);
/* ERR_DAMAGED: not exactly the bytes that encoding gives. Items are in the arena. */
enum err statement_decode(struct statement *out, struct arena *arena, struct bytes in);
bool statement_sort(struct statement *statement); /* false: one key twice */

/* "tidewaiter/sign/1" LF origin LF role LF hex SHA-256 of the unsigned statement LF. */
void signing_text(struct buffer *out, struct text origin, struct text role,
                  struct bytes unsigned_statement);
void signing_key_id(uint8_t out[4], const struct public_key *key);

/* Leaf data: 54 57 01 00 | sequence | time ms | statement. ERR_INVALID: over LEAF_LIMIT. */
enum err leaf_encode(struct buffer *out, uint64_t sequence, uint64_t time_ms,
                     struct bytes statement);
struct leaf {
    uint64_t sequence;
    uint64_t time_ms;
    struct bytes statement;
};
enum err leaf_decode(struct leaf *out, struct bytes in);

/* A body: algorithm (1: 0 plain) | nonce (32) | payload (a CBOR map, integer keys ascending). */
void body_encode(struct buffer *out, const uint8_t nonce[NONCE], struct bytes payload);
struct body {
    uint8_t algorithm;
    const uint8_t *nonce;
    struct bytes payload;
};
enum err body_decode(struct body *out, struct bytes in);
/* The commitment of a payload; key of twelve zero bytes and revision 0 for an act's own body. */
enum err body_commitment(struct hash256 *out, const uint8_t key[RECORD_KEY], uint32_t revision,
                         const uint8_t nonce[NONCE], struct bytes payload);

/* Frames of the mirror's files (design "The mirror"): .leaf = (length u32 | leaf data)…,
 * .body = (sequence u64 | n u16 | length u32 | body)…, length 0 for a dropped body. */
void mirror_put_leaf(struct buffer *out, struct bytes leaf);
void mirror_put_body(struct buffer *out, uint64_t sequence, uint16_t n, struct bytes body);
/* Reads the next frame at *offset and moves it on. False at the end, or at a torn frame (then
 * *offset stays before it and is less than in.len). */
bool mirror_next_leaf(struct bytes in, size_t *offset, struct bytes *leaf);
bool mirror_next_body(struct bytes in, size_t *offset, uint64_t *sequence, uint16_t *n,
                      struct bytes *body);

#endif
