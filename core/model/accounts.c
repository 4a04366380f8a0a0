#include "core/model/account_parts.h"

#include "core/base/seams.h"
#include "core/change/mirror.h"
#include "core/index/index.h"
#include "core/model/elements.h"
#include "i18n/fold.h"

#include <stdio.h>
#include <string.h>

enum {
    FREE_FAILURES = 3,
    FAILURES_MOST = 20,
    WAIT_MOST_MS = 15 * 60 * 1000,
    SLOTS =
        1024, /* in which failures of unknown numbers are counted, so that they too lead to a wait */
    NAME_ROOM = 32,
    KEYS_PAGE = 100,
};

/* ---- the private tree ---- */

struct local_key {
    uint8_t bytes[NAME_ROOM];
    size_t len;
};

static struct local_key local_key(const char *name, uint64_t id)
{
    struct local_key key = { .len = strlen(name) };

    memcpy(key.bytes, name, key.len);
    write_u64(key.bytes + key.len, id);
    key.len += sizeof id;
    return key;
}

static struct bytes key_bytes(const struct local_key *key)
{
    return (struct bytes){ key->bytes, key->len };
}

/* *found false: there is none. */
static enum err local_get(struct txn *txn, const char *name, uint64_t id, void *out,
                          size_t size, bool *found)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct local_key key = local_key(name, id);
    struct bytes value;
    enum err err = txn_get(txn, TREE_LOCAL, key_bytes(&key), arena, &value);

    *found = err == ERR_OK;
    if (err == ERR_MISSING)
        return ERR_OK;
    TRY(err);
    if (value.len != size)
        return fail(ERR_DAMAGED, N_("The sign-in data of an account are damaged. Have an "
                                    "administrator set a new password."));
    memcpy(out, value.data, size);
    return ERR_OK;
}

enum err account_local_put(struct txn *txn, const char *name, uint64_t id, const void *data,
                           size_t size)
{
    struct local_key key = local_key(name, id);

    return txn_put(txn, TREE_LOCAL, key_bytes(&key), (struct bytes){ data, size });
}

/* ---- an account ---- */

static enum err read_secrets(struct txn *txn, struct account *account)
{
    TRY(local_get(txn, "password/", account->id, account->hash, sizeof account->hash,
                  &account->has_password));
    return local_get(txn, "key/", account->id, account->wrapped, sizeof account->wrapped,
                     &account->has_key);
}

static enum err read_officer(struct txn *txn, const struct record *record, struct arena *arena,
                             struct account *account)
{
    const struct officer_record *officer = (const struct officer_record *)record;

    account->known = true;
    account->id = record->key.id;
    account->rights = rights_of(officer);
    account->number = arena_text(arena, officer->number);
    return read_secrets(txn, account);
}

/* Unknown numbers share slots, so that guessing at numbers fills nothing. */
static uint64_t slot_of(struct text number)
{
    AUTO_BUFFER struct buffer folded = { 0 };
    struct hash256 hash;

    fold(&folded, number);
    hash = sha256(buffer_bytes(&folded));
    return read_u16(hash.byte) % SLOTS;
}

static enum err account_of_number(struct store *store, struct text number, struct arena *arena,
                                  struct account *account)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;
    enum err err;

    *account = (struct account){ .id = slot_of(number) };
    TRY(store_begin(&txn, store));
    err = text_is_utf8(number)
              ? record_by_number(txn, &officer_type, text_trim(number), 0, arena, &record)
              : ERR_MISSING;
    if (err == ERR_MISSING)
        return ERR_OK;
    TRY(err);
    return read_officer(txn, record, arena, account);
}

enum err account_of_officer(struct store *store, uint64_t officer, struct arena *arena,
                            struct account *account)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record_key key = { .id = officer };
    struct record *record;

    *account = (struct account){ .id = officer };
    TRY(store_begin(&txn, store));
    TRY(record_get(txn, &key, 0, arena, &record));
    if (record->type != &officer_type)
        return fail(ERR_MISSING, N_("There is no such officer."));
    return read_officer(txn, record, arena, account);
}

enum password_cost account_cost(const struct session *session)
{
    return store_identity(session->store)->demo ? PASSWORD_CHEAP : PASSWORD_COST;
}

/* ---- failures ---- */

struct failures {
    uint32_t count;
    uint64_t last_ms;
};
enum { FAILURES_SIZE = 12 };

static enum err failures_get(struct txn *txn, uint64_t id, struct failures *out)
{
    uint8_t bytes[FAILURES_SIZE];
    bool found;

    *out = (struct failures){ 0 };
    TRY(local_get(txn, "failures/", id, bytes, sizeof bytes, &found));
    if (found)
        *out = (struct failures){ read_u32(bytes), read_u64(bytes + 4) };
    return ERR_OK;
}

enum err account_failures_clear(struct txn *txn, uint64_t id)
{
    struct local_key key = local_key("failures/", id);

    return txn_has(txn, TREE_LOCAL, key_bytes(&key))
               ? txn_delete(txn, TREE_LOCAL, key_bytes(&key))
               : ERR_OK;
}

static int64_t wait_ms(const struct failures *failures, int64_t now)
{
    int64_t wait = 0, since = now - (int64_t)failures->last_ms;

    if (failures->count >= FREE_FAILURES)
        wait = failures->count - FREE_FAILURES >= 10
                   ? WAIT_MOST_MS
                   : (int64_t)1000 << (failures->count - FREE_FAILURES);
    if (wait > WAIT_MOST_MS)
        wait = WAIT_MOST_MS;
    return since < 0 ? wait : wait - since; /* a clock that was set back buys nothing */
}

/* Counted before the password is tried, so that stopping the program buys no guess; taken back when it was right. */
static enum err count_attempt(struct txn *txn, void *context)
{
    uint64_t id = *(const uint64_t *)context;
    struct failures failures;
    uint8_t bytes[FAILURES_SIZE];
    int64_t now = now_ms(), wait;

    TRY(failures_get(txn, id, &failures));
    if (failures.count >= FAILURES_MOST)
        return fail(ERR_REFUSED,
                    N_("This account is locked after %d wrong passwords. Ask an administrator "
                       "to set a new one."),
                    (int)FAILURES_MOST);
    wait = wait_ms(&failures, now);
    if (wait > 0)
        return fail(ERR_REFUSED,
                    N_("Too many wrong passwords for this account. Try again in %lld seconds."),
                    (long long)((wait + 999) / 1000));
    write_u32(bytes, failures.count + 1);
    write_u64(bytes + 4, (uint64_t)now);
    return account_local_put(txn, "failures/", id, bytes, sizeof bytes);
}

static enum err clear_closure(struct txn *txn, void *context)
{
    return account_failures_clear(txn, *(const uint64_t *)context);
}

static enum err attempt(struct session *session, struct account *account)
{
    store_set_holder(session->store, session->who);
    return store_writable(session->store)
               ? store_write(session->store, count_attempt, &account->id)
               : ERR_OK;
}

/* The same sentence and about the same time, whether the number or the password is wrong. Argon2 runs outside of
 * every closure. */
enum err account_verify(struct session *session, struct account *account, struct text password)
{
    char nobody[PASSWORD_HASH];

    TRY(attempt(session, account));
    if (!account->has_password)
        (void)password_hash(nobody, password,
                            account_cost(session)); /* for the time it takes */
    else if (password_matches(account->hash, password))
        return ERR_OK;
    return fail(ERR_REFUSED, N_("The staff number or the password is wrong."));
}

static enum err in_post(const struct account *account)
{
    return account->rights != 0
               ? ERR_OK
               : fail(ERR_REFUSED,
                      N_("This account is no longer in post. Ask an administrator."));
}

/* ---- signing keys ---- */

struct public_key account_public_half(const struct secret_key *key)
{
    struct public_key half;

    memcpy(half.byte, key->byte + 32, sizeof half.byte);
    return half;
}

static bool is_current(const struct signing_key_record *key)
{
    return key->voided != FLAG_YES && key->until == 0;
}

/* Each key of the officer that has not ended. */
enum err account_keys(struct txn *txn, uint64_t officer, struct arena *arena,
                      struct signing_key_record ***out, size_t *count)
{
    const struct index_row *index = index_named(&signing_key_type, "by_officer");
    struct reference reference = { .id = officer };
    const void *values[] = { &reference };
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    index_prefix(&prefix, &signing_key_type, index, values, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, BACKWARD, KEYS_PAGE, arena,
                   &page));
    *out = arena_array(arena, page.count, sizeof **out);
    *count = 0;
    for (size_t i = 0; i < page.count; i++) {
        struct record *record;

        TRY(record_get(txn, &page.keys[i], 0, arena, &record));
        if (is_current((struct signing_key_record *)record))
            (*out)[(*count)++] = (struct signing_key_record *)record;
    }
    return ERR_OK;
}

bool account_is_key(const struct signing_key_record *record, const struct public_key *key)
{
    return record->public_key.bytes.len == sizeof key->byte &&
           memcmp(record->public_key.bytes.data, key->byte, sizeof key->byte) == 0;
}

static enum err has_current(struct store *store, uint64_t officer, const struct public_key *key,
                            bool *found)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct signing_key_record **keys;
    size_t count;

    TRY(store_begin(&txn, store));
    TRY(account_keys(txn, officer, arena, &keys, &count));
    *found = false;
    for (size_t i = 0; i < count; i++)
        *found |= account_is_key(keys[i], key);
    return ERR_OK;
}

void account_signer(struct signer *out, uint64_t officer, const struct secret_key *key)
{
    struct public_key half = account_public_half(key);

    *out = (struct signer){ .officer = officer, .unlocked = true, .key = *key };
    signing_key_id(out->key_id, &half);
}

/* A key that has no record any more signs nothing: it stays locked. */
static enum err unlock(struct session *session, const struct account *account,
                       struct text password, struct signer *out)
{
    struct secret_key key;
    struct public_key half;
    bool found;
    enum err err;

    *out = (struct signer){ .officer = account->id };
    if (!account->has_key || !key_unwrap(&key, account->wrapped, password))
        return ERR_OK;
    half = account_public_half(&key);
    err = has_current(session->store, account->id, &half, &found);
    if (err == ERR_OK && found)
        account_signer(out, account->id, &key);
    secret_clear(&key, sizeof key);
    return err;
}

/* ---- signing in and out ---- */

struct entering {
    struct session *session;
    struct arena *arena;
    uint64_t sequence;
};

/* An act without questions, inside a closure. */
static enum err plain_act(struct txn *txn, struct entering *entering, struct text name)
{
    struct act_call call = { .act = act_named(name) };
    struct change_result result = { .arena = entering->arena };

    TRY(act_in(txn, entering->session, &call, &result));
    entering->sequence = result.sequence;
    return ERR_OK;
}

static enum err enter_closure(struct txn *txn, void *context)
{
    struct entering *entering = context;

    TRY(account_failures_clear(txn, entering->session->officer));
    return plain_act(txn, entering, TEXT("sign-in"));
}

static void leave(struct session *session)
{
    session_end(session);
    session->last_act = 0;
    snprintf(session->who, sizeof session->who, "%s", session->terminal);
}

/* Of a store that is open for reading only, the journal cannot say who looked at it. */
static enum err enter(struct session *session, const struct account *account)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct entering entering = { session, arena, 0 };

    session->officer = account->id;
    session->rights = account->rights;
    snprintf(session->who, sizeof session->who, "%.*s %s", (int)account->number.len,
             account->number.data, session->terminal);
    store_set_holder(session->store, session->who);
    if (!store_writable(session->store))
        return ERR_OK;
    TRY(store_write(session->store, enter_closure, &entering));
    (void)mirror_catch_up(session->store); /* the next change tries again, and says so */
    return ERR_OK;
}

enum err account_sign_in(struct session *session, struct text number, struct text password)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct account account;
    enum err err;

    if (session->officer != 0)
        return fail(ERR_REFUSED, N_("Somebody is signed in here. Sign out first."));
    TRY(account_of_number(session->store, number, arena, &account));
    TRY(account_verify(session, &account, password));
    TRY(in_post(&account));
    TRY(unlock(session, &account, password, &session->signer));
    err = enter(session, &account);
    if (err != ERR_OK)
        leave(session);
    return err;
}

enum err account_sign_out(struct session *session)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct act_call call = { .act = act_named(TEXT("sign-out")) };
    struct change_result result = { .arena = arena };
    enum err err = ERR_OK;

    if (session->officer != 0 && store_writable(session->store))
        err = act_run(session, &call, &result);
    leave(session); /* the keys go, whatever the journal says */
    return err;
}

static enum err same_person(void)
{
    return fail(ERR_REFUSED, N_("The second person must be somebody else. Let the other "
                                "officer confirm with his or her own password."));
}

enum err account_second(struct session *session, struct text number, struct text password)
{
    AUTO_ARENA struct arena *arena = arena_new();
    bool third = session->third_wanted && session->other.unlocked;
    struct account account;
    struct signer signer;

    TRY(account_of_number(session->store, number, arena, &account));
    if (account.known &&
        (account.id == session->officer || (third && account.id == session->other.officer)))
        return same_person();
    TRY(account_verify(session, &account, password));
    TRY(in_post(&account));
    TRY(unlock(session, &account, password, &signer));
    if (!signer.unlocked)
        return fail(ERR_REFUSED,
                    N_("%s has no signing key. Let that officer set a password first."),
                    arena_string(arena, account.number));
    if (third)
        session->third = signer;
    else
        session->other = signer;
    secret_clear(&signer, sizeof signer);
    return store_writable(session->store)
               ? store_write(session->store, clear_closure, &account.id)
               : ERR_OK;
}

/* ---- demonstration ---- */

typedef bool officer_test(const struct officer_record *officer, void *context);

/* Officers in order of number, until the test says that it has seen enough. */
static enum err each_officer(struct store *store, struct arena *arena, officer_test *enough,
                             void *context)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page = { 0 };
    struct bytes resume = { 0 };

    TRY(store_begin(&txn, store));
    index_prefix(&prefix, &officer_type, index_named(&officer_type, "by_number"), NULL, 0);
    do {
        TRY(index_page(txn, buffer_bytes(&prefix), resume, FORWARD, KEYS_PAGE, arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            struct record *record;

            TRY(record_get(txn, &page.keys[i], 0, arena, &record));
            if (enough((struct officer_record *)record, context))
                return ERR_OK;
        }
        if (page.count > 0)
            resume = page.entries[page.count - 1];
    } while (page.more);
    return ERR_OK;
}

static struct text first_role(const struct officer_record *officer)
{
    return officer->roles.count > 0 ? ((const struct role_item *)officer->roles.items)->role
                                    : (struct text){ 0 };
}

struct wanted {
    struct text number_or_role;
    struct text number; /* found; absent: none */
};

static bool is_wanted(const struct officer_record *officer, void *context)
{
    struct wanted *wanted = context;
    AUTO_BUFFER struct buffer a = { 0 };
    AUTO_BUFFER struct buffer b = { 0 };

    fold(&a, officer->number);
    fold(&b, wanted->number_or_role);
    if (officer->demo != FLAG_YES || rights_of(officer) == 0 ||
        (!text_equal(buffer_as_text(&a), buffer_as_text(&b)) &&
         !text_equal(first_role(officer), wanted->number_or_role)))
        return false;
    wanted->number = officer->number;
    return true;
}

static enum err demo_number(struct session *session, struct text number_or_role,
                            struct arena *arena, struct text *number)
{
    struct wanted wanted = { .number_or_role = text_trim(number_or_role) };

    if (!store_identity(session->store)->demo)
        return fail(
            ERR_REFUSED,
            N_("This is no demonstration store. Sign in with staff number and password."));
    TRY(each_officer(session->store, arena, is_wanted, &wanted));
    if (!text_present(wanted.number))
        return fail(ERR_MISSING,
                    N_("There is no demonstration account %s. Try desk, supervisor or clerk."),
                    arena_string(arena, number_or_role));
    *number = wanted.number;
    return ERR_OK;
}

enum err account_sign_in_demo(struct session *session, struct text number_or_role)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text number;

    TRY(demo_number(session, number_or_role, arena, &number));
    return account_sign_in(session, number, TEXT(ACCOUNT_DEMO_PASSWORD));
}

enum err account_second_demo(struct session *session, struct text number)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text found;

    TRY(demo_number(session, number, arena, &found));
    return account_second(session, found, TEXT(ACCOUNT_DEMO_PASSWORD));
}

struct demo_listing {
    struct arena *arena;
    struct demo_account *accounts;
    size_t count, capacity;
};

static bool list_demo(const struct officer_record *officer, void *context)
{
    struct demo_listing *listing = context;

    if (officer->demo != FLAG_YES || rights_of(officer) == 0)
        return false;
    if (listing->count == listing->capacity) {
        struct demo_account *more =
            arena_array(listing->arena, listing->capacity * 2 + 16, sizeof *more);

        if (listing->count > 0)
            memcpy(more, listing->accounts, listing->count * sizeof *more);
        listing->accounts = more;
        listing->capacity = listing->capacity * 2 + 16;
    }
    listing->accounts[listing->count++] =
        (struct demo_account){ officer->number, officer->name, first_role(officer) };
    return false;
}

enum err account_demo_list(struct store *store, struct arena *arena, struct demo_account **out,
                           size_t *count)
{
    struct demo_listing listing = { .arena = arena };

    if (store_identity(store)->demo)
        TRY(each_officer(store, arena, list_demo, &listing));
    *out = listing.accounts;
    *count = listing.count;
    return ERR_OK;
}
