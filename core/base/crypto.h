/* Hashes, signatures, passwords. crypto.c is the only file that includes libsodium and
 * libcrypto (SHA-256 through libcrypto, which uses the processor's instructions).
 *
 * Secret keys are zeroed by whoever holds them (secret_clear). crypto_start() is called once,
 * before all else here; every random byte, libsodium's own included, comes from the random
 * seam.
 */
#ifndef TIDEWAITER_CORE_BASE_CRYPTO_H
#define TIDEWAITER_CORE_BASE_CRYPTO_H

#include "core/base/err.h"
#include "core/base/memory.h"

struct hash256 {
    uint8_t byte[32];
};
struct public_key {
    uint8_t byte[32];
};
struct secret_key {
    uint8_t byte[64];
}; /* Ed25519: seed then public key */
struct signature {
    uint8_t byte[64];
};

enum err crypto_start(void);

struct sha256; /* streaming */
struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *state, const void *data, size_t size);
struct hash256 sha256_end(struct sha256 *state); /* frees it */
struct hash256 sha256(struct bytes data);
struct hash256 sha256_of(const struct bytes *parts, size_t count); /* of their concatenation */
struct hash256 hmac_sha256(struct bytes key, struct bytes data);
bool hash_equal(const struct hash256 *a, const struct hash256 *b); /* constant time */

void key_pair(struct public_key *public_key, struct secret_key *secret_key); /* random seam */
void key_pair_from_seed(const uint8_t seed[32], struct public_key *public_key,
                        struct secret_key *secret_key);
struct signature sign(const struct secret_key *key, struct bytes data);
bool signature_valid(const struct public_key *key, struct bytes data,
                     const struct signature *signature);
void secret_clear(void *data, size_t size);
/* The ChaCha20 key stream: the repeatable bytes of random_repeat(), for nothing secret. */
void chacha20(void *out, size_t size, const uint8_t key[32], uint64_t nonce);

/* Argon2id (RFC 9106). Cost: 64 MiB and 3 passes for people; CHEAP only for a demo store's
 * published passwords and for tests. */
enum password_cost { PASSWORD_COST, PASSWORD_CHEAP };
enum { PASSWORD_HASH = 128 };
enum err password_hash(char out[PASSWORD_HASH], struct text password, enum password_cost cost);
bool password_matches(const char hash[PASSWORD_HASH], struct text password);
/* A secret key under a password: salt (16), cost (1), nonce (24), sealed key (64 + 16). */
enum { WRAPPED_KEY = 16 + 1 + 24 + 64 + 16 };
enum err key_wrap(uint8_t out[WRAPPED_KEY], const struct secret_key *key, struct text password,
                  enum password_cost cost);
bool key_unwrap(struct secret_key *out, const uint8_t wrapped[WRAPPED_KEY],
                struct text password);

/* These four append to `out`; where one is false, it has appended nothing. */
void base64_encode(struct buffer *out, struct bytes data); /* RFC 4648, padded */
bool base64_decode(struct buffer *out, struct text text);  /* strict: padding and last bits */
void hex_encode(struct buffer *out, struct bytes data);    /* lower case */
bool hex_decode(struct buffer *out, struct text text);     /* either case, no separators */

#endif
