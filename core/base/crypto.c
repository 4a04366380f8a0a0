#include "core/base/crypto.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* EVP, which OpenSSL recommends, takes memory for every hash and is slower by a third on
 * entries of the journal; SHA256_Init() and its sisters are marked as deprecated and kept. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sodium.h>

#include "core/base/seams.h"

/* libsodium's own random bytes (salts) come from our seam, so that a demo store can be
 * repeated. */

static const char *source_name(void)
{
    return "tidewaiter";
}

static void source_bytes(void *const out, const size_t size)
{
    random_bytes(out, size);
}

static uint32_t source_number(void)
{
    uint32_t number;

    random_bytes(&number, sizeof(number));
    return number;
}

enum err crypto_start(void)
{
    static struct randombytes_implementation source = {
        .implementation_name = source_name,
        .random = source_number,
        .buf = source_bytes,
    };

    if (randombytes_set_implementation(&source) != 0 || sodium_init() < 0)
        return fail(ERR_IO,
                    N_("The library for signatures and passwords (libsodium) could not be "
                       "started. Ask the system administrator to install it anew."));
    return ERR_OK;
}

/* SHA-256 */

struct sha256 {
    SHA256_CTX context;
};

struct sha256 *sha256_new(void)
{
    struct sha256 *state = memory_new(sizeof(*state));

    SHA256_Init(&state->context);
    return state;
}

void sha256_add(struct sha256 *state, const void *data, size_t size)
{
    if (size > 0)
        SHA256_Update(&state->context, data, size);
}

static struct hash256 finish(SHA256_CTX *context)
{
    struct hash256 hash;

    SHA256_Final(hash.byte, context);
    return hash;
}

struct hash256 sha256_end(struct sha256 *state)
{
    struct hash256 hash = finish(&state->context);

    free(state);
    return hash;
}

struct hash256 sha256_of(const struct bytes *parts, size_t count)
{
    SHA256_CTX context;

    SHA256_Init(&context);
    for (size_t i = 0; i < count; i++)
        if (parts[i].len > 0)
            SHA256_Update(&context, parts[i].data, parts[i].len);
    return finish(&context);
}

struct hash256 sha256(struct bytes data)
{
    return sha256_of(&data, 1);
}

struct hash256 hmac_sha256(struct bytes key, struct bytes data)
{
    uint8_t inner[SHA256_CBLOCK] = { 0 }, outer[SHA256_CBLOCK];
    struct hash256 hash;

    /* RFC 2104: a key longer than a block is hashed first. */
    if (key.len > sizeof(inner)) {
        hash = sha256(key);
        memcpy(inner, hash.byte, sizeof(hash.byte));
    } else if (key.len > 0) {
        memcpy(inner, key.data, key.len);
    }
    for (size_t i = 0; i < sizeof(inner); i++) {
        outer[i] = inner[i] ^ 0x5C;
        inner[i] ^= 0x36;
    }
    hash = sha256_of((struct bytes[]){ { inner, sizeof(inner) }, data }, 2);
    hash = sha256_of((struct bytes[]){ { outer, sizeof(outer) },
                                       { hash.byte, sizeof(hash.byte) } },
                     2);
    secret_clear(inner, sizeof(inner));
    secret_clear(outer, sizeof(outer));
    return hash;
}

bool hash_equal(const struct hash256 *a, const struct hash256 *b)
{
    return sodium_memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}

/* Ed25519 */

_Static_assert(sizeof(struct public_key) == crypto_sign_PUBLICKEYBYTES, "Ed25519 public key");
_Static_assert(sizeof(struct secret_key) == crypto_sign_SECRETKEYBYTES, "Ed25519 secret key");
_Static_assert(sizeof(struct signature) == crypto_sign_BYTES, "Ed25519 signature");

void key_pair(struct public_key *public_key, struct secret_key *secret_key)
{
    uint8_t seed[crypto_sign_SEEDBYTES];

    random_bytes(seed, sizeof(seed));
    key_pair_from_seed(seed, public_key, secret_key);
    secret_clear(seed, sizeof(seed));
}

void key_pair_from_seed(const uint8_t seed[32], struct public_key *public_key,
                        struct secret_key *secret_key)
{
    crypto_sign_seed_keypair(public_key->byte, secret_key->byte, seed);
}

struct signature sign(const struct secret_key *key, struct bytes data)
{
    struct signature signature;

    crypto_sign_detached(signature.byte, NULL, data.data, data.len, key->byte);
    return signature;
}

bool signature_valid(const struct public_key *key, struct bytes data,
                     const struct signature *signature)
{
    return crypto_sign_verify_detached(signature->byte, data.data, data.len, key->byte) == 0;
}

void secret_clear(void *data, size_t size)
{
    sodium_memzero(data, size);
}

void chacha20(void *out, size_t size, const uint8_t key[32], uint64_t nonce)
{
    uint8_t bytes[crypto_stream_chacha20_NONCEBYTES];

    write_u64(bytes, nonce);
    crypto_stream_chacha20(out, size, bytes, key);
}

/* Passwords */

static const struct {
    unsigned long long passes;
    size_t memory;
} costs[] = {
    [PASSWORD_COST] = { 3, 64 << 20 },
    [PASSWORD_CHEAP] = { 1, 8192 },
};

_Static_assert(PASSWORD_HASH == crypto_pwhash_STRBYTES, "room for a password hash");

static enum err fail_memory(enum password_cost cost)
{
    return fail(ERR_BUSY,
                N_("The password could not be worked on, because %zu bytes of memory "
                   "are not free at this moment. Try again in a minute."),
                costs[cost].memory);
}

enum err password_hash(char out[PASSWORD_HASH], struct text password, enum password_cost cost)
{
    char hash[PASSWORD_HASH];

    assert(cost == PASSWORD_COST || cost == PASSWORD_CHEAP);
    if (crypto_pwhash_str_alg(hash, password.data, password.len, costs[cost].passes,
                              costs[cost].memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail_memory(cost);
    memcpy(out, hash, sizeof(hash));
    return ERR_OK;
}

bool password_matches(const char hash[PASSWORD_HASH], struct text password)
{
    return memchr(hash, '\0', PASSWORD_HASH) != NULL &&
           crypto_pwhash_str_verify(hash, password.data, password.len) == 0;
}

/* Where the parts of a wrapped key begin. */
enum {
    WRAP_SALT = 0,
    WRAP_COST = WRAP_SALT + crypto_pwhash_SALTBYTES,
    WRAP_NONCE = WRAP_COST + 1,
    WRAP_SEALED = WRAP_NONCE + crypto_secretbox_NONCEBYTES,
};
_Static_assert(WRAP_SEALED + sizeof(struct secret_key) + crypto_secretbox_MACBYTES ==
                   WRAPPED_KEY,
               "parts of a wrapped key");

static bool password_key(uint8_t key[crypto_secretbox_KEYBYTES], const uint8_t *salt,
                         struct text password, enum password_cost cost)
{
    return crypto_pwhash(key, crypto_secretbox_KEYBYTES, password.data, password.len, salt,
                         costs[cost].passes, costs[cost].memory,
                         crypto_pwhash_ALG_ARGON2ID13) == 0;
}

enum err key_wrap(uint8_t out[WRAPPED_KEY], const struct secret_key *key, struct text password,
                  enum password_cost cost)
{
    uint8_t wrapped[WRAPPED_KEY], box[crypto_secretbox_KEYBYTES];

    assert(cost == PASSWORD_COST || cost == PASSWORD_CHEAP);
    random_bytes(wrapped + WRAP_SALT, crypto_pwhash_SALTBYTES);
    wrapped[WRAP_COST] = (uint8_t)cost;
    random_bytes(wrapped + WRAP_NONCE, crypto_secretbox_NONCEBYTES);
    if (!password_key(box, wrapped + WRAP_SALT, password, cost))
        return fail_memory(cost);
    crypto_secretbox_easy(wrapped + WRAP_SEALED, key->byte, sizeof(key->byte),
                          wrapped + WRAP_NONCE, box);
    secret_clear(box, sizeof(box));
    memcpy(out, wrapped, sizeof(wrapped));
    return ERR_OK;
}

bool key_unwrap(struct secret_key *out, const uint8_t wrapped[WRAPPED_KEY],
                struct text password)
{
    uint8_t box[crypto_secretbox_KEYBYTES];
    uint8_t cost = wrapped[WRAP_COST];
    struct secret_key key;

    if (cost != PASSWORD_COST && cost != PASSWORD_CHEAP)
        return false;
    if (!password_key(box, wrapped + WRAP_SALT, password, (enum password_cost)cost))
        return false;
    bool good =
        crypto_secretbox_open_easy(key.byte, wrapped + WRAP_SEALED, WRAPPED_KEY - WRAP_SEALED,
                                   wrapped + WRAP_NONCE, box) == 0;

    if (good)
        *out = key;
    secret_clear(box, sizeof(box));
    secret_clear(&key, sizeof(key));
    return good;
}

/* Texts of bytes */

void base64_encode(struct buffer *out, struct bytes data)
{
    /* libsodium ends the program on lengths that it cannot hold; ours come nowhere near. */
    size_t room = sodium_base64_encoded_len(data.len, sodium_base64_VARIANT_ORIGINAL);

    sodium_bin2base64((char *)buffer_reserve(out, room), room, data.data, data.len,
                      sodium_base64_VARIANT_ORIGINAL);
    out->len += room - 1; /* without the NUL */
}

bool base64_decode(struct buffer *out, struct text text)
{
    size_t room = text.len / 4 * 3 + 3, len;

    if (sodium_base642bin(buffer_reserve(out, room), room, text.data, text.len, NULL, &len,
                          NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    out->len += len;
    return true;
}

void hex_encode(struct buffer *out, struct bytes data)
{
    size_t room = data.len * 2 + 1;

    sodium_bin2hex((char *)buffer_reserve(out, room), room, data.data, data.len);
    out->len += room - 1;
}

bool hex_decode(struct buffer *out, struct text text)
{
    size_t room = text.len / 2 + 1, len;

    if (sodium_hex2bin(buffer_reserve(out, room), room, text.data, text.len, NULL, &len,
                       NULL) != 0)
        return false;
    out->len += len;
    return true;
}
