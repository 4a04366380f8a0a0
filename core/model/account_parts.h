/* What signing in and setting a password share: an account as the private tree knows it. Only accounts.c and
 * account_password.c include it.
 *
 * Tree P: "password/" id u64 = Argon2id hash (128); "key/" id u64 = wrapped signing key; "failures/" id u64 = count u32 |
 * time of the last one u64.
 */
#ifndef TIDEWAITER_CORE_MODEL_ACCOUNT_PARTS_H
#define TIDEWAITER_CORE_MODEL_ACCOUNT_PARTS_H

#include "core/model/accounts.h"
#include "core/model/signing_key.h"

struct account {
    uint64_t id; /* of a number that nobody has: a slot for its failures */
    bool known, has_password, has_key;
    unsigned rights; /* 0: not in post */
    struct text number;
    char hash[PASSWORD_HASH];
    uint8_t wrapped[WRAPPED_KEY];
};
enum err account_of_officer(struct store *store, uint64_t officer, struct arena *arena,
                            struct account *account); /* ERR_MISSING */
enum password_cost account_cost(const struct session *session);

/* Counts an attempt, or says how long to wait; then tries the password, outside of every closure. */
enum err account_verify(struct session *session, struct account *account, struct text password);
enum err account_failures_clear(struct txn *txn, uint64_t id);
enum err account_local_put(struct txn *txn, const char *name, uint64_t id, const void *data,
                           size_t size);

struct public_key account_public_half(const struct secret_key *key);
void account_signer(struct signer *out, uint64_t officer, const struct secret_key *key);
/* The records of the officer's keys that have not ended. */
enum err account_keys(struct txn *txn, uint64_t officer, struct arena *arena,
                      struct signing_key_record ***out, size_t *count);
bool account_is_key(const struct signing_key_record *record, const struct public_key *key);

#endif
