#include "core/model/accounts.h"

#include "core/model/signing_key.h"
#include "tests/one_department.h"

static struct session guest;

static void begin(void)
{
    session_start(&guest, d.t.store, codes_lookup(d.codes));
}

static enum err sign_in(const char *number, const char *password)
{
    begin();
    return account_sign_in(&guest, text_of(number), text_of(password));
}

/* Which act the newest entry records, and by whom. */
static struct text newest_act(uint64_t *officer)
{
    AUTO_TXN struct txn *txn = NULL;
    struct bytes bytes;
    struct leaf leaf;
    struct statement statement;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(txn_leaf(txn, txn_size(txn) - 1, d.arena, &bytes), ERR_OK);
    assert_int_equal(leaf_decode(&leaf, bytes), ERR_OK);
    assert_int_equal(statement_decode(&statement, d.arena, leaf.statement), ERR_OK);
    *officer = statement.officer;
    return statement.act;
}

static uint64_t entries(void)
{
    uint64_t size;

    assert_int_equal(store_size(d.t.store, &size), ERR_OK);
    return size;
}

static void signing_in_and_out_stand_in_the_journal(void **state)
{
    uint64_t officer;

    (void)state;
    assert_int_equal(sign_in("d-1204", PASSWORD), ERR_OK);
    says("sign-in", newest_act(&officer));
    assert_int_equal(officer, guest.officer);
    assert_int_equal(officer, d.desk.officer);
    assert_true(guest.signer.unlocked);
    assert_true(guest.rights & RIGHT_MOVE);
    assert_memory_equal(guest.who, "D-1204 ", 7);
    assert_int_equal(account_sign_in(&guest, TEXT("D-1205"), TEXT(PASSWORD)), ERR_REFUSED);
    assert_int_equal(account_sign_out(&guest), ERR_OK);
    says("sign-out", newest_act(&officer));
    assert_int_equal(officer, d.desk.officer);
    assert_int_equal(guest.officer, 0);
    assert_false(guest.signer.unlocked);
}

static void an_unknown_number_and_a_wrong_password_say_the_same(void **state)
{
    uint64_t before = entries();
    struct text unknown, wrong;

    (void)state;
    assert_int_equal(sign_in("D-7777", PASSWORD), ERR_REFUSED);
    unknown = failure_sentence(d.arena, LANGUAGE_BOTH);
    assert_int_equal(sign_in("D-1204", "seven loud herons"), ERR_REFUSED);
    wrong = failure_sentence(d.arena, LANGUAGE_BOTH);
    assert_true(text_equal(unknown, wrong));
    assert_int_equal(guest.officer, 0);
    assert_false(guest.signer.unlocked);
    assert_int_equal(entries(), before);
    assert_int_equal(sign_in("D-1204", PASSWORD), ERR_OK); /* and the count begins anew */
}

static void wrong_passwords_bring_a_wait_that_doubles(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        refused(&d, sign_in("D-1205", "wrong"), ERR_REFUSED, "number or the password is wrong");
    refused(&d, sign_in("D-1205", PASSWORD), ERR_REFUSED, "Try again in 1 seconds");
    department_now += 1000;
    refused(&d, sign_in("D-1205", "wrong"), ERR_REFUSED, "number or the password is wrong");
    department_now += 1000;
    refused(&d, sign_in("D-1205", PASSWORD), ERR_REFUSED, "Try again in 1 seconds");
    department_now += 1000;
    refused(&d, sign_in("D-1205", "wrong"), ERR_REFUSED, "number or the password is wrong");
    refused(&d, sign_in("D-1205", PASSWORD), ERR_REFUSED, "Try again in 4 seconds");
    assert_int_equal(sign_in("D-1204", PASSWORD), ERR_OK); /* nobody else waits */
    department_now += 4000;
    assert_int_equal(sign_in("D-1205", PASSWORD), ERR_OK);
    assert_int_equal(sign_in("D-1205", PASSWORD), ERR_OK);
}

static void an_unknown_number_waits_as_a_known_one(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        refused(&d, sign_in("D-8888", "wrong"), ERR_REFUSED, "number or the password is wrong");
    refused(&d, sign_in("d-8888", "wrong"), ERR_REFUSED, "Try again in 1 seconds");
}

static void twenty_failures_need_an_administrator(void **state)
{
    uint64_t officer = hire(&d, "D-1400", "鎖 | Locked", "desk");

    (void)state;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(sign_in("D-1400", "wrong"), ERR_REFUSED);
        department_now += HOUR_MS;
    }
    refused(&d, sign_in("D-1400", PASSWORD), ERR_REFUSED, "Ask an administrator");
    refused(&d,
            account_set_password(&d.desk, officer, TEXT(PASSWORD), TEXT("another good one")),
            ERR_REFUSED, "Only the officer or an administrator");
    assert_int_equal(account_set_password(&d.administrator, officer, (struct text){ 0 },
                                          TEXT("another good one")),
                     ERR_OK);
    refused(&d, sign_in("D-1400", PASSWORD), ERR_REFUSED, "is wrong");
    assert_int_equal(sign_in("D-1400", "another good one"), ERR_OK);
}

static void who_has_left_does_not_sign_in(void **state)
{
    struct record_key officer = { .id = hire(&d, "D-1401", "離 | Left", "desk") };

    (void)state;
    done(&d, does(&d, &d.administrator, "officer-amend", &officer, TYPED("state", "left")));
    refused(&d, sign_in("D-1401", PASSWORD), ERR_REFUSED, "no longer in post");
    refused(&d, sign_in("D-1401", "wrong"), ERR_REFUSED,
            "is wrong"); /* only who knows the password learns that */
}

/* The records of an officer's signing keys. */
static size_t keys_of(uint64_t officer, size_t *ended)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference reference = { .id = officer };
    const void *values[] = { &reference };
    struct index_page page;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    index_prefix(&prefix, &signing_key_type, index_named(&signing_key_type, "by_officer"),
                 values, 1);
    assert_int_equal(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, 50,
                                d.arena, &page),
                     ERR_OK);
    *ended = 0;
    for (size_t i = 0; i < page.count; i++) {
        struct signing_key_record *key = fetch(&d, page.keys[i]);

        assert_int_equal(key->officer.id, officer);
        *ended += key->until != 0;
    }
    return page.count;
}

static void who_knows_the_old_password_keeps_the_key(void **state)
{
    uint64_t officer = hire(&d, "D-1402", "甲 | A", "desk");
    uint8_t id[4];
    size_t ended;

    (void)state;
    assert_int_equal(keys_of(officer, &ended), 1);
    assert_int_equal(sign_in("D-1402", PASSWORD), ERR_OK);
    memcpy(id, guest.signer.key_id, sizeof id);
    refused(&d,
            account_set_password(&guest, officer, TEXT("not the old one"),
                                 TEXT("eleven grey mules")),
            ERR_REFUSED, "is wrong");
    assert_int_equal(account_set_password(&guest, officer, TEXT(PASSWORD),
                                          TEXT("eleven grey mules")),
                     ERR_OK);
    assert_int_equal(keys_of(officer, &ended), 1);
    assert_int_equal(sign_in("D-1402", "eleven grey mules"), ERR_OK);
    assert_memory_equal(guest.signer.key_id, id, sizeof id);
}

static void a_password_given_by_another_brings_a_new_key_and_ends_the_old(void **state)
{
    uint64_t officer = hire(&d, "D-1403", "乙 | B", "desk");
    uint8_t id[4];
    size_t ended;

    (void)state;
    assert_int_equal(sign_in("D-1403", PASSWORD), ERR_OK);
    memcpy(id, guest.signer.key_id, sizeof id);
    assert_int_equal(account_set_password(&d.administrator, officer, (struct text){ 0 },
                                          TEXT("eleven grey mules")),
                     ERR_OK);
    assert_int_equal(keys_of(officer, &ended), 2);
    assert_int_equal(ended, 1);
    assert_int_equal(sign_in("D-1403", "eleven grey mules"), ERR_OK);
    assert_true(guest.signer.unlocked);
    assert_memory_not_equal(guest.signer.key_id, id, sizeof id);
}

static void a_key_that_has_ended_stays_locked(void **state)
{
    uint64_t officer = hire(&d, "D-1404", "丙 | C", "desk");
    struct record_key exhibit = seize(&d, "DIG.PHO", "1 pc"), key;
    char until[] = "2023-06-22T23:59:00.000Z";
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference reference = { .id = officer };
    const void *values[] = { &reference };
    struct index_page page;

    (void)state;
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    index_prefix(&prefix, &signing_key_type, index_named(&signing_key_type, "by_officer"),
                 values, 1);
    assert_int_equal(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, 5,
                                d.arena, &page),
                     ERR_OK);
    key = page.keys[0];
    txn_end(txn);
    txn = NULL;
    done(&d, does(&d, &d.administrator, "key-end", &key, TYPED("until", until)));
    assert_int_equal(sign_in("D-1404", PASSWORD), ERR_OK);
    assert_false(guest.signer.unlocked);
    refused(&d, does(&d, &guest, "exhibit-weigh", &exhibit, TYPED("weight", "1 kg")),
            ERR_REFUSED, "signing key is locked");
    begin();
    refused(&d, account_second(&d.desk, TEXT("D-1404"), TEXT(PASSWORD)), ERR_REFUSED,
            "has no signing key");
}

static void short_common_and_own_number_passwords_are_refused(void **state)
{
    uint64_t officer = d.clerk2.officer;

    (void)state;
    refused(&d,
            account_set_password(&d.administrator, officer, (struct text){ 0 },
                                 TEXT("short 7")),
            ERR_INVALID, "has 8 to 128 characters");
    refused(&d,
            account_set_password(&d.administrator, officer, (struct text){ 0 },
                                 TEXT("Password123")),
            ERR_INVALID, "first that are guessed");
    refused(&d,
            account_set_password(&d.administrator, officer, (struct text){ 0 },
                                 TEXT("my c-0312 word")),
            ERR_INVALID, "first that are guessed");
    assert_int_equal(account_set_password(&d.administrator, officer, (struct text){ 0 },
                                          TEXT("八個漢字的密碼呀")),
                     ERR_OK);
    assert_int_equal(sign_in("C-0312", "八個漢字的密碼呀"), ERR_OK);
    assert_int_equal(account_set_password(&d.administrator, officer, (struct text){ 0 },
                                          TEXT(PASSWORD)),
                     ERR_OK);
}

static void the_second_person_is_another_and_waits_for_wrong_passwords_too(void **state)
{
    (void)state;
    refused(&d, account_second(&d.desk, TEXT(" D-1204 "), TEXT(PASSWORD)), ERR_REFUSED,
            "must be somebody else");
    refused(&d, account_second(&d.desk, TEXT("S-0102"), TEXT("wrong")), ERR_REFUSED,
            "is wrong");
    assert_false(d.desk.other.unlocked);
    assert_int_equal(account_second(&d.desk, TEXT("S-0102"), TEXT(PASSWORD)), ERR_OK);
    assert_true(d.desk.other.unlocked);
    assert_int_equal(d.desk.other.officer, d.supervisor.officer);
    d.desk.other = (struct signer){ 0 };
}

static void a_demonstration_account_needs_no_password(void **state)
{
    struct record_key officer;
    struct demo_account *accounts;
    size_t count;

    (void)state;
    officer = done(&d, does(&d, &d.t.session, "officer-add", NULL,
                            TYPED("number", "D-1999", "name", "示範 | Demo", "roles", "desk",
                                  "state", "active", "demo", "yes")));
    assert_int_equal(account_set_password(&d.t.session, officer.id, (struct text){ 0 },
                                          TEXT(ACCOUNT_DEMO_PASSWORD)),
                     ERR_OK);
    begin();
    assert_int_equal(account_sign_in_demo(&guest, TEXT("desk")), ERR_OK);
    assert_int_equal(guest.officer, officer.id);
    assert_true(guest.signer.unlocked);
    begin();
    assert_int_equal(account_sign_in_demo(&guest, TEXT("d-1999")), ERR_OK);
    begin();
    refused(&d, account_sign_in_demo(&guest, TEXT("D-1204")), ERR_MISSING,
            "no demonstration account");
    assert_int_equal(account_second_demo(&d.desk, TEXT("D-1999")), ERR_OK);
    d.desk.other = (struct signer){ 0 };
    assert_int_equal(account_demo_list(d.t.store, d.arena, &accounts, &count), ERR_OK);
    assert_int_equal(count, 1);
    says("D-1999", accounts[0].number);
    says("desk", accounts[0].role);
}

static void nothing_secret_stands_in_the_journal(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    uint64_t before = entries(), size;

    (void)state;
    assert_int_equal(account_set_password(&d.administrator, d.clerk2.officer,
                                          (struct text){ 0 }, TEXT("a plain new secret")),
                     ERR_OK);
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    size = txn_size(txn);
    assert_int_equal(size, before + 2); /* the old key ends, the new one begins */
    for (uint64_t i = before; i < size; i++) {
        struct bytes leaf;

        assert_int_equal(txn_leaf(txn, i, d.arena, &leaf), ERR_OK);
        assert_null(memmem(leaf.data, leaf.len, "a plain new secret", 18));
        for (uint16_t n = 0; n < 2; n++) {
            struct bytes body;

            if (txn_body(txn, i, n, d.arena, &body) == ERR_OK)
                assert_null(memmem(body.data, body.len, "argon2", 6));
        }
    }
}

static int close_all(void **state)
{
    session_end(&guest);
    return close_department(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signing_in_and_out_stand_in_the_journal),
        cmocka_unit_test(an_unknown_number_and_a_wrong_password_say_the_same),
        cmocka_unit_test(wrong_passwords_bring_a_wait_that_doubles),
        cmocka_unit_test(an_unknown_number_waits_as_a_known_one),
        cmocka_unit_test(twenty_failures_need_an_administrator),
        cmocka_unit_test(who_has_left_does_not_sign_in),
        cmocka_unit_test(who_knows_the_old_password_keeps_the_key),
        cmocka_unit_test(a_password_given_by_another_brings_a_new_key_and_ends_the_old),
        cmocka_unit_test(a_key_that_has_ended_stays_locked),
        cmocka_unit_test(short_common_and_own_number_passwords_are_refused),
        cmocka_unit_test(the_second_person_is_another_and_waits_for_wrong_passwords_too),
        cmocka_unit_test(a_demonstration_account_needs_no_password),
        cmocka_unit_test(nothing_secret_stands_in_the_journal),
    };

    return cmocka_run_group_tests(tests, open_department, close_all);
}
