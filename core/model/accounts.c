#include "core/model/accounts.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/signing_key.h"

#include <stdio.h>
#include <string.h>

enum { FREE_FAILURES = 3, LOCKED_FAILURES = 20, LONGEST_WAIT_MS = 15 * 60 * 1000, SHORTEST_PASSWORD = 8, LONGEST_PASSWORD = 128 };

/* What the private tree keeps of an officer. */
struct secret_row {
    char hash[PASSWORD_HASH];
    uint8_t wrapped[WRAPPED_KEY];
    uint8_t public_key[32];
};
struct failures_row { uint64_t count; uint64_t last_ms; };

struct private_key { uint8_t byte[9]; };

static struct bytes private_key(struct private_key *out, char what, uint64_t officer)
{
    out->byte[0] = (uint8_t)what;
    write_u64(out->byte + 1, officer);
    return (struct bytes){ out->byte, sizeof out->byte };
}

static enum err secret_read(struct txn *txn, uint64_t officer, struct secret_row *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct private_key key;
    struct bytes value;

    TRY(txn_get(txn, TREE_LOCAL, private_key(&key, 's', officer), arena, &value));
    if (value.len != sizeof *out)
        return fail(ERR_DAMAGED, N_("The stored password of this account is damaged. Ask an administrator for a new one."));
    memcpy(out, value.data, sizeof *out);
    return ERR_OK;
}

static void failures_read(struct txn *txn, uint64_t officer, struct failures_row *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct private_key key;
    struct bytes value;

    *out = (struct failures_row){ 0 };
    if (txn_get(txn, TREE_LOCAL, private_key(&key, 'f', officer), arena, &value) == ERR_OK && value.len == 16)
        *out = (struct failures_row){ read_u64(value.data), read_u64(value.data + 8) };
}

struct failures_put { uint64_t officer; struct failures_row row; };

static enum err failures_write(struct txn *txn, void *context)
{
    const struct failures_put *put = context;
    struct private_key key;
    uint8_t value[16];

    if (put->row.count == 0)
        return txn_delete(txn, TREE_LOCAL, private_key(&key, 'f', put->officer));
    write_u64(value, put->row.count);
    write_u64(value + 8, put->row.last_ms);
    return txn_put(txn, TREE_LOCAL, private_key(&key, 'f', put->officer), (struct bytes){ value, sizeof value });
}

struct secret_put { uint64_t officer; struct secret_row row; };

static enum err secret_write(struct txn *txn, void *context)
{
    const struct secret_put *put = context;
    struct private_key key;

    return txn_put(txn, TREE_LOCAL, private_key(&key, 's', put->officer), (struct bytes){ (const uint8_t *)&put->row, sizeof put->row });
}

static enum err officer_by_number(struct txn *txn, struct text number, struct arena *arena, struct officer_record **out)
{
    struct record *record;

    TRY(record_by_number(txn, &officer_type, number, 0, arena, &record));
    *out = (struct officer_record *)record;
    return ERR_OK;
}

/* How long this account has to wait still, in ms. */
static int64_t wait_left(const struct failures_row *failures)
{
    int64_t wait = 1000;

    if (failures->count < FREE_FAILURES)
        return 0;
    for (uint64_t i = FREE_FAILURES; i < failures->count && wait < LONGEST_WAIT_MS; i++)
        wait *= 2;
    wait = wait > LONGEST_WAIT_MS ? LONGEST_WAIT_MS : wait;
    return (int64_t)failures->last_ms + wait - now_ms();
}

/* Everything that a check of a password reads, in one short snapshot: hashing comes after it. */
struct account {
    bool known;
    uint64_t officer;
    unsigned rights;
    struct text number;
    struct secret_row secret;
    bool has_secret;
    struct failures_row failures;
};

static enum err account_read(struct store *store, struct text number, struct arena *arena, struct account *out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct officer_record *officer;
    enum err err;

    *out = (struct account){ 0 };
    TRY(store_begin(&txn, store));
    err = officer_by_number(txn, number, arena, &officer);
    if (err == ERR_MISSING)
        return ERR_OK;
    TRY(err);
    out->known = true;
    out->officer = officer->head.key.id;
    out->rights = rights_of(officer);
    out->number = officer->number;
    failures_read(txn, out->officer, &out->failures);
    err = secret_read(txn, out->officer, &out->secret);
    out->has_secret = err == ERR_OK;
    return err == ERR_MISSING ? ERR_OK : err;
}

static enum err wrong_password(void)
{
    return fail(ERR_REFUSED, N_("The staff number or the password is not right. Try again."));
}

/* An unknown number costs the same time as a wrong password. */
static bool password_right(const struct account *account, struct text password)
{
    static const char nobody[PASSWORD_HASH] =
        "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$GpZ3sK/oH9p7VIiV56G/64Zo/8GaUw434IimaPqxwCo";

    if (account->known && account->has_secret)
        return password_matches(account->secret.hash, password);
    password_matches(nobody, password);
    return false;
}

/* Checks a password, with the waiting that failures bring, and unlocks the key. */
static enum err account_check(struct store *store, struct text number, struct text password, struct arena *arena, struct account *account, struct signer *signer)
{
    struct public_key public_key;

    TRY(account_read(store, number, arena, account));
    if (account->failures.count >= LOCKED_FAILURES)
        return fail(ERR_REFUSED, N_("This account is locked after too many wrong passwords. Ask an administrator for a new one."));
    if (account->known && wait_left(&account->failures) > 0)
        return fail(ERR_REFUSED, N_("Too many wrong passwords. Wait %lld seconds, then try again."), (long long)(wait_left(&account->failures) / 1000 + 1));
    if (!password_right(account, password)) {
        struct failures_put put = { account->officer, { account->failures.count + 1, (uint64_t)now_ms() } };

        if (account->known && store_writable(store))
            TRY(store_write(store, failures_write, &put));
        return wrong_password();
    }
    if (account->failures.count > 0 && store_writable(store))
        TRY(store_write(store, failures_write, &(struct failures_put){ account->officer, { 0 } }));
    if (account->rights == 0)
        return fail(ERR_REFUSED, N_("This account is no longer in post. Ask an administrator."));
    *signer = (struct signer){ .officer = account->officer };
    if (!key_unwrap(&signer->key, account->secret.wrapped, password))
        return fail(ERR_DAMAGED, N_("The signing key of this account cannot be opened. Set the password again."));
    memcpy(public_key.byte, account->secret.public_key, sizeof public_key.byte);
    signing_key_id(signer->key_id, &public_key);
    signer->unlocked = true;
    return ERR_OK;
}

static enum err session_enter(struct session *session, const struct account *account, const struct signer *signer)
{
    struct act_call call = { .act = act_named(TEXT("sign-in")) };
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };

    session->officer = account->officer;
    session->rights = account->rights;
    session->signer = *signer;
    snprintf(session->who, sizeof session->who, "%.*s %s", (int)(account->number.len < 24 ? account->number.len : 24), account->number.data, session->terminal);
    store_set_holder(session->store, session->who);
    if (!store_writable(session->store))
        return ERR_OK;
    TRY(act_run(session, &call, &result));
    session->last_act = 0;
    return ERR_OK;
}

enum err account_sign_in(struct session *session, struct text number, struct text password)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct account account;
    struct signer signer = { 0 };
    enum err err = account_check(session->store, text_trim(number), password, arena, &account, &signer);

    if (err == ERR_OK)
        err = session_enter(session, &account, &signer);
    secret_clear(&signer, sizeof signer);
    return err;
}

static enum err demo_only(const struct session *session)
{
    if (!store_identity(session->store)->demo)
        return fail(ERR_REFUSED, N_("Only a demonstration store lets anybody sign in without a password."));
    return ERR_OK;
}

/* The staff number of a demo account: itself, or the first account of a role. */
static enum err demo_number(struct session *session, struct text wanted, struct arena *arena, struct text *number)
{
    struct demo_account *accounts;
    size_t count;

    TRY(demo_only(session));
    TRY(account_demo_list(session->store, arena, &accounts, &count));
    for (size_t i = 0; i < count; i++) {
        if (text_equal(accounts[i].number, wanted) || text_equal(accounts[i].role, wanted)) {
            *number = accounts[i].number;
            return ERR_OK;
        }
    }
    return fail(ERR_MISSING, N_("There is no demonstration account \"%s\". Use desk, supervisor, clerk, administrator, or a staff number."),
                arena_string(arena, wanted));
}

enum err account_sign_in_demo(struct session *session, struct text number_or_role)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text number;

    TRY(demo_number(session, text_trim(number_or_role), arena, &number));
    return account_sign_in(session, number, TEXT(ACCOUNT_DEMO_PASSWORD));
}

enum err account_sign_out(struct session *session)
{
    struct act_call call = { .act = act_named(TEXT("sign-out")) };
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    enum err err = ERR_OK;

    if (session->officer != 0 && store_writable(session->store))
        err = act_run(session, &call, &result);
    session_end(session);
    return err;
}

enum err account_second(struct session *session, struct text number, struct text password)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct account account;
    struct signer signer = { 0 };

    TRY(account_check(session->store, text_trim(number), password, arena, &account, &signer));
    if (account.officer == session->officer) {
        secret_clear(&signer, sizeof signer);
        return fail(ERR_REFUSED, N_("The second person must be somebody else. Let the other officer confirm with his or her own password."));
    }
    session->other = signer;
    secret_clear(&signer, sizeof signer);
    return ERR_OK;
}

enum err account_second_demo(struct session *session, struct text number)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text found;

    TRY(demo_number(session, text_trim(number), arena, &found));
    return account_second(session, found, TEXT(ACCOUNT_DEMO_PASSWORD));
}

bool account_has_password(struct txn *txn, uint64_t officer)
{
    struct secret_row row;

    return secret_read(txn, officer, &row) == ERR_OK;
}

static enum err password_acceptable(struct text password)
{
    static const char *const common[] = { "password", "12345678", "123456789", "qwertyui", "tidewaiter", "customs1", "11111111", "00000000" };

    if (password.len < SHORTEST_PASSWORD || password.len > LONGEST_PASSWORD || !text_is_utf8(password))
        return fail(ERR_INVALID, N_("A password has %d to %d characters. A few words that you can remember are best."), (int)SHORTEST_PASSWORD, (int)LONGEST_PASSWORD);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (text_is(password, common[i]))
            return fail(ERR_INVALID, N_("This password is among the first that anybody tries. Choose another."));
    return ERR_OK;
}

/* Registers the new public key; the one before ends now. */
static enum err key_register(struct session *session, uint64_t officer, const struct public_key *public_key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_call call = { .act = act_named(TEXT("key-add")) };
    struct record *record = record_new(arena, &signing_key_type);
    struct signing_key_record *key = (struct signing_key_record *)record;

    key->officer = (struct reference){ .id = officer };
    key->public_key = (struct hash_value){ TEXT("ed25519"), { public_key->byte, sizeof public_key->byte } };
    key->from = now_ms();
    key->why = TEXT("password set");
    call.input = record;
    return act_run(session, &call, &result);
}

enum err account_set_password(struct session *session, uint64_t officer, struct text old, struct text new)
{
    bool demo = store_identity(session->store)->demo;
    enum password_cost cost = demo ? PASSWORD_CHEAP : PASSWORD_COST;
    struct secret_put put = { .officer = officer };
    struct public_key public_key;
    struct secret_key secret_key;
    AUTO_TXN struct txn *txn = NULL;
    bool has;
    enum err err;

    if (!demo)
        TRY(password_acceptable(new));
    TRY(store_begin(&txn, session->store));
    has = secret_read(txn, officer, &put.row) == ERR_OK;
    txn_end(txn);
    txn = NULL;
    if (session->officer == officer && has && !password_matches(put.row.hash, old))
        return wrong_password();
    if (session->officer != officer && session->officer != 0 && !(session->rights & RIGHT_ADMINISTER))
        return fail(ERR_REFUSED, N_("Only an administrator may give another officer a password."));
    if (has && session->officer == officer && key_unwrap(&secret_key, put.row.wrapped, old)) {
        err = key_wrap(put.row.wrapped, &secret_key, new, cost);
    } else {
        key_pair(&public_key, &secret_key);
        memcpy(put.row.public_key, public_key.byte, sizeof public_key.byte);
        err = key_wrap(put.row.wrapped, &secret_key, new, cost);
        if (err == ERR_OK)
            err = key_register(session, officer, &public_key);
    }
    secret_clear(&secret_key, sizeof secret_key);
    TRY(err);
    memset(put.row.hash, 0, sizeof put.row.hash);
    TRY(password_hash(put.row.hash, new, cost));
    TRY(store_write(session->store, failures_write, &(struct failures_put){ officer, { 0 } }));
    return store_write(session->store, secret_write, &put);
}

enum err account_demo_list(struct store *store, struct arena *arena, struct demo_account **out, size_t *count)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    TRY(store_begin(&txn, store));
    index_prefix(&prefix, &officer_type, index_named(&officer_type, "by_number"), NULL, 0);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, 200, arena, &page));
    *out = arena_array(arena, page.count, sizeof **out);
    *count = 0;
    for (size_t i = 0; i < page.count; i++) {
        struct record *record;
        struct officer_record *officer;

        TRY(record_get(txn, &page.keys[i], 0, arena, &record));
        officer = (struct officer_record *)record;
        if (officer->demo == FLAG_YES && officer->roles.count > 0 && rights_of(officer) != 0)
            (*out)[(*count)++] = (struct demo_account){ officer->number, officer->name, ((const struct role_item *)officer->roles.items)[0].role };
    }
    return ERR_OK;
}
