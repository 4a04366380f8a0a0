/* Setting a password, and with it the key that it unlocks (declared in accounts.h). */
#include "core/model/account_parts.h"

#include "core/base/seams.h"
#include "core/change/mirror.h"
#include "i18n/fold.h"

#include <string.h>

enum { SHORTEST = 8, LONGEST = 128 };

/* ---- what is no password ---- */

/* Those that are guessed first, folded. */
static bool is_common(struct text folded)
{
    static const char *const common[] = {
        "password",      "password1", "password12", "password123", "passw0rd",  "p@ssw0rd",
        "12345678",      "123456789", "1234567890", "87654321",    "11111111",  "00000000",
        "88888888",      "66666666",  "12341234",   "11223344",    "123123123", "qwertyui",
        "qwertyuiop",    "qwerty123", "1q2w3e4r",   "1qaz2wsx",    "asdfghjkl", "zxcvbnm1",
        "abcd1234",      "abc12345",  "a1234567",   "aa123456",    "iloveyou",  "5201314520",
        "sunshine",      "princess",  "football",   "welcome1",    "letmein1",  "admin123",
        "administrator", "trustno1",  "customs1",   "hongkong",    "hongkong1", "hongkong852",
        "changeme",      "changeme1", "tidewaiter",
    };

    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (text_is(folded, common[i]))
            return true;
    return false;
}

static size_t characters(struct text t)
{
    size_t count = 0;

    for (size_t i = 0; i < t.len; i++)
        count += ((unsigned char)t.data[i] & 0xC0) != 0x80;
    return count;
}

static enum err check_password(const struct session *session, const struct account *account,
                               struct text password)
{
    AUTO_BUFFER struct buffer folded = { 0 };
    AUTO_BUFFER struct buffer number = { 0 };

    if (store_identity(session->store)->demo && text_is(password, ACCOUNT_DEMO_PASSWORD))
        return ERR_OK;
    if (!text_is_utf8(password) || characters(password) < SHORTEST ||
        characters(password) > LONGEST)
        return fail(ERR_INVALID,
                    N_("A password has %d to %d characters. A few words are easy to keep in "
                       "mind and hard to guess."),
                    (int)SHORTEST, (int)LONGEST);
    fold(&folded, password);
    fold(&number, account->number);
    if (is_common(buffer_as_text(&folded)) ||
        fold_contains(buffer_as_text(&folded), buffer_as_text(&number)))
        return fail(ERR_INVALID,
                    N_("This password is among the first that are guessed. Choose another."));
    return ERR_OK;
}

/* ---- the change ---- */

struct setting {
    struct session *session;
    struct arena *arena;
    const struct account *account;
    struct secret_key key;
    bool made; /* the key is new: its record is added and the others end */
    char hash[PASSWORD_HASH];
    uint8_t wrapped[WRAPPED_KEY];
};

/* The own one with the old; or an administrator; or the program itself, in a store that is being made. */
static enum err check_permission(struct session *session, struct account *account,
                                 struct text old)
{
    AUTO_TXN struct txn *txn = NULL;
    unsigned rights;

    if (account->id == session->officer)
        return account->has_password ? account_verify(session, account, old) : ERR_OK;
    TRY(store_begin(&txn, session->store));
    TRY(rights_now(txn, session, &rights));
    if (!(rights & RIGHT_ADMINISTER))
        return fail(ERR_REFUSED, N_("Only the officer or an administrator sets a password."));
    return ERR_OK;
}

static enum err has_record(struct setting *setting, bool *found)
{
    AUTO_TXN struct txn *txn = NULL;
    struct public_key half = account_public_half(&setting->key);
    struct signing_key_record **keys;
    size_t count;

    TRY(store_begin(&txn, setting->session->store));
    TRY(account_keys(txn, setting->account->id, setting->arena, &keys, &count));
    *found = false;
    for (size_t i = 0; i < count; i++)
        *found |= account_is_key(keys[i], &half);
    return ERR_OK;
}

/* Whoever knows the old password keeps the key; otherwise a new one is made. */
static enum err choose_key(struct setting *setting, struct text old)
{
    const struct account *account = setting->account;
    struct public_key half;
    bool found = false;

    if (account->has_key && text_present(old) &&
        key_unwrap(&setting->key, account->wrapped, old))
        TRY(has_record(setting, &found));
    setting->made = !found;
    if (setting->made)
        key_pair(&half, &setting->key);
    return ERR_OK;
}

static enum err end_key(struct txn *txn, struct setting *setting,
                        const struct signing_key_record *record)
{
    struct signing_key_record *ended =
        (struct signing_key_record *)record_copy(setting->arena, &record->head);
    struct act_call call = { .act = act_named(TEXT("key-end")),
                             .input = ended,
                             .subject = record->head.key };
    struct change_result result = { .arena = setting->arena };

    ended->until = now_ms();
    return act_in(txn, setting->session, &call, &result);
}

static enum err add_key(struct txn *txn, struct setting *setting)
{
    struct public_key half = account_public_half(&setting->key);
    struct signing_key_record *record =
        (struct signing_key_record *)record_new(setting->arena, &signing_key_type);
    struct act_call call = { .act = act_named(TEXT("key-add")), .input = record };
    struct change_result result = { .arena = setting->arena };

    record->officer = (struct reference){ .id = setting->account->id };
    record->public_key =
        (struct hash_value){ TEXT("ed25519"),
                             { arena_copy(setting->arena, half.byte, sizeof half.byte),
                               sizeof half.byte } };
    record->from = now_ms();
    return act_in(txn, setting->session, &call, &result);
}

static enum err replace_key(struct txn *txn, struct setting *setting)
{
    struct signing_key_record **keys;
    size_t count;

    TRY(account_keys(txn, setting->account->id, setting->arena, &keys, &count));
    for (size_t i = 0; i < count; i++)
        TRY(end_key(txn, setting, keys[i]));
    return add_key(txn, setting);
}

static enum err set_closure(struct txn *txn, void *context)
{
    struct setting *setting = context;
    uint64_t id = setting->account->id;

    if (setting->made)
        TRY(replace_key(txn, setting));
    TRY(account_local_put(txn, "password/", id, setting->hash, sizeof setting->hash));
    TRY(account_local_put(txn, "key/", id, setting->wrapped, sizeof setting->wrapped));
    return account_failures_clear(txn, id);
}

static enum err set(struct setting *setting, struct text old, struct text new)
{
    struct session *session = setting->session;
    enum password_cost cost = account_cost(session);

    TRY(choose_key(setting, old));
    memset(setting->hash, 0, sizeof setting->hash);
    TRY(password_hash(setting->hash, new, cost));
    TRY(key_wrap(setting->wrapped, &setting->key, new, cost));
    store_set_holder(session->store, session->who);
    TRY(store_write(session->store, set_closure, setting));
    (void)mirror_catch_up(session->store); /* the next change tries again, and says so */
    if (setting->account->id == session->officer)
        account_signer(&session->signer, session->officer, &setting->key);
    return ERR_OK;
}

enum err account_set_password(struct session *session, uint64_t officer, struct text old,
                              struct text new)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct account account;
    struct setting setting = { .session = session, .arena = arena, .account = &account };
    enum err err;

    TRY(account_of_officer(session->store, officer, arena, &account));
    TRY(check_permission(session, &account, old));
    TRY(check_password(session, &account, new));
    err = set(&setting, old, new);
    secret_clear(&setting.key, sizeof setting.key);
    return err;
}
