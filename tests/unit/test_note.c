#include "tests/check.h"

#include "core/base/seams.h"
#include "core/journal/note.h"

#include <stdio.h>
#include <string.h>

#define DASH "\xe2\x80\x94 "
#define FOO_KEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define FOO_TEXT "This is an example message.\n"
#define FOO_LINE                                                                               \
    DASH "example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOB"  \
         "H3mFXmRKuwHjG1Yu72IneyaQM=\n"
#define LOG_KEY "example.org/cases+6203411c+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
#define LOG_ROOT "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
#define LOG_TEXT "example.org/cases\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
#define LOG_LINE                                                                               \
    DASH "example.org/cases YgNBHER0V8qkA9jSE4I1w0elVWsIVnD0qXURQTQ4AR73LM0MfZRu+TUBIHb0zyNK"  \
         "CsgtED2SOutL+xqsiLNZuA8x3wI=\n"
#define WITNESS_KEY "witness.example/w1+04d2d833+BD1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM"
#define WITNESS_LINE                                                                           \
    DASH "witness.example/w1 BNLYMwAAAABlU/EALvBIEtz5kxT1DM8Gya1dR2dZAo4fHbBcG3jx2eDuKGNZNMR"  \
         "OweXNHAdhyZlvwxRlKz5bM7MNVF4Bh4nEYBNmAA==\n"
#define LOG_NOTE LOG_TEXT "\n" LOG_LINE

/* RFC 8032 section 7.1, TEST 1 and TEST 2. */
static struct secret_key log_secret, witness_secret;
static struct note_key foo, logger, witness;

static void read_seed(struct secret_key *secret, const char *hex)
{
    AUTO_BUFFER struct buffer seed = { 0 };
    struct public_key public_key;

    assert_true(hex_decode(&seed, text_of(hex)) && seed.len == 32);
    key_pair_from_seed(seed.data, &public_key, secret);
}

static int read_keys(void **state)
{
    (void)state;
    if (crypto_start() != ERR_OK)
        return -1;
    read_seed(&log_secret, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    read_seed(&witness_secret,
              "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    return note_key_parse(&foo, text_of(FOO_KEY)) ||
           note_key_parse(&logger, text_of(LOG_KEY)) ||
           note_key_parse(&witness, text_of(WITNESS_KEY));
}

static enum err check_text(struct text t, const struct note_key *keys, size_t count,
                           uint64_t *times)
{
    struct note note;

    TRY(note_parse(&note, t));
    return note_check(&note, keys, count, times);
}

static void assert_text(const struct buffer *buffer, const char *expected)
{
    assert_int_equal(buffer->len, strlen(expected));
    assert_memory_equal(buffer->data, expected, buffer->len);
}

/* ---- published and fixed vectors ---- */

static void the_published_note_is_accepted(void **state)
{
    struct note note;

    (void)state;
    assert_int_equal(note_parse(&note, TEXT(FOO_TEXT "\n" FOO_LINE)), ERR_OK);
    assert_true(text_is(note.text, FOO_TEXT));
    assert_int_equal(note.count, 1);
    assert_true(text_is(note.signatures[0].name, "example.com/foo"));
    assert_int_equal(note.signatures[0].size, 64);
    assert_int_equal(note_check(&note, &foo, 1, NULL), ERR_OK);
}

static void a_key_is_printed_as_it_was_read(void **state)
{
    static const char *const keys[] = { FOO_KEY, LOG_KEY, WITNESS_KEY };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        AUTO_BUFFER struct buffer printed = { 0 };
        struct note_key key, made;

        assert_int_equal(note_key_parse(&key, text_of(keys[i])), ERR_OK);
        note_key_print(&printed, &key);
        assert_text(&printed, keys[i]);
        assert_int_equal(note_key_make(&made, text_of(key.name), key.algorithm, &key.key),
                         ERR_OK);
        assert_memory_equal(made.id, key.id, 4);
    }
}

static void a_head_is_signed_to_the_letter(void **state)
{
    AUTO_BUFFER struct buffer root = { 0 }, body = { 0 }, note = { 0 };
    struct checkpoint head = { .origin = TEXT("example.org/cases"), .size = 8 };

    (void)state;
    assert_true(hex_decode(&root, TEXT(LOG_ROOT)));
    memcpy(head.root.byte, root.data, 32);
    checkpoint_print(&body, &head);
    assert_text(&body, LOG_TEXT);
    assert_int_equal(note_sign(&note, buffer_as_text(&body), &logger, &log_secret), ERR_OK);
    assert_text(&note, LOG_NOTE);
}

static void a_witness_adds_its_line_and_its_time(void **state)
{
    AUTO_BUFFER struct buffer note = { 0 };
    const struct note_key keys[] = { logger, witness, foo };
    uint64_t times[3] = { 9, 9, 9 };

    (void)state;
    buffer_string(&note, LOG_NOTE);
    assert_int_equal(note_cosign(&note, &witness, &witness_secret, 1700000000), ERR_OK);
    assert_text(&note, LOG_NOTE WITNESS_LINE);
    assert_int_equal(check_text(buffer_as_text(&note), keys, 3, times), ERR_OK);
    assert_int_equal(times[0], 0);
    assert_int_equal(times[1], 1700000000);
    assert_int_equal(times[2], 0);

    /* Signing again a minute later adds a line; the newest time holds. */
    assert_int_equal(note_cosign(&note, &witness, &witness_secret, 1700000060), ERR_OK);
    assert_int_equal(check_text(buffer_as_text(&note), keys, 3, times), ERR_OK);
    assert_int_equal(times[1], 1700000060);
}

/* ---- what is refused ---- */

static void a_known_key_that_fails_spoils_the_whole_note(void **state)
{
    const struct note_key both[] = { logger, witness };
    uint64_t times[2];
    struct note note;

    (void)state;
    assert_int_equal(check_text(TEXT(LOG_NOTE WITNESS_LINE), both, 2, times), ERR_OK);
    assert_int_equal(note_parse(&note, TEXT(LOG_NOTE WITNESS_LINE)), ERR_OK);
    note.signatures[1].blob[7] ^= 1; /* the time */
    assert_int_equal(note_check(&note, both, 2, NULL), ERR_DAMAGED);
    assert_int_equal(note_check(&note, &logger, 1, NULL), ERR_OK);
    note.signatures[0].blob[63] ^= 1;
    assert_int_equal(note_check(&note, &logger, 1, NULL), ERR_DAMAGED);
}

static void signatures_of_strangers_count_for_nothing(void **state)
{
    AUTO_BUFFER struct buffer note = { 0 }, large = { 0 };
    uint8_t blob[4 + 8 + 2420] = { 1, 2, 3, 4 };

    (void)state;
    assert_int_equal(check_text(TEXT(LOG_NOTE), &foo, 1, NULL), ERR_DAMAGED);
    assert_int_equal(check_text(TEXT(LOG_NOTE), NULL, 0, NULL), ERR_DAMAGED);
    assert_int_equal(check_text(TEXT(LOG_NOTE FOO_LINE), &logger, 1, NULL), ERR_OK);
    assert_int_equal(check_text(TEXT(LOG_NOTE FOO_LINE), &foo, 1, NULL), ERR_DAMAGED);

    /* A post-quantum cosignature is long; whoever does not know it passes over it. */
    base64_encode(&large, (struct bytes){ blob, sizeof blob });
    buffer_string(&note, LOG_NOTE DASH "pq.example ");
    buffer_put(&note, large.data, large.len);
    buffer_byte(&note, '\n');
    assert_int_equal(check_text(buffer_as_text(&note), &logger, 1, NULL), ERR_OK);
}

static void a_note_that_is_not_to_the_letter_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "\n",
        "\n\n",
        LOG_TEXT,
        LOG_TEXT "\n",
        LOG_TEXT LOG_LINE,                     /* no empty line */
        "example.org/cases\r\n8\n\n" LOG_LINE, /* a carriage return */
        LOG_TEXT "\n" LOG_LINE "\r",
        "a\tb\n\n" LOG_LINE,
        LOG_TEXT "\n" LOG_LINE "x", /* no final line feed */
        LOG_TEXT "\n" DASH "example.org/cases",
        LOG_TEXT "\n- example.org/cases YgNBHER0V8qk\n",   /* a hyphen */
        LOG_TEXT "\n" DASH "example.org/cases\n",          /* no signature */
        LOG_TEXT "\n" DASH "example.org/cases YgNBHA==\n", /* a key id alone */
        LOG_TEXT "\n" DASH "example.org/cases YgNBHEQ\n",  /* wrong padding */
        LOG_TEXT "\n" DASH "example.org/cases YgNBHEQ==\n",
        LOG_TEXT "\n" DASH "example.org/cases  YgNBHEQ=\n", /* two spaces */
        LOG_TEXT "\n" DASH "example.org/cases YgNBHER0V8qk \n",
        LOG_TEXT "\n" DASH " YgNBHER0V8qk\n",    /* no name */
        LOG_TEXT "\n" DASH "a+b YgNBHER0V8qk\n", /* a plus sign */
        LOG_TEXT "\n" DASH "a\xe3\x80\x80"
                 "b YgNBHER0V8qk\n", /* an ideographic space */
        "\xc0\x80\n\n" LOG_LINE,     /* overlong */
        "\xed\xa0\x80\n\n" LOG_LINE, /* a surrogate */
    };
    struct note note;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (note_parse(&note, text_of(bad[i])) != ERR_INVALID) {
            print_error("accepted: case %zu\n", i);
            fail_here("a malformed note was accepted");
        }
    assert_int_equal(note_parse(&note, TEXT("zero\0byte\n\n" LOG_LINE)), ERR_INVALID);
    /* Of two empty lines the last one separates, so the signature no longer fits. */
    assert_int_equal(check_text(TEXT(LOG_TEXT "\n\n" LOG_LINE), &logger, 1, NULL), ERR_DAMAGED);
}

static void a_text_may_hold_empty_lines(void **state)
{
    AUTO_BUFFER struct buffer signed_text = { 0 };
    struct note note;

    (void)state;
    assert_int_equal(note_sign(&signed_text, TEXT("one\n\n二\n"), &logger, &log_secret),
                     ERR_OK);
    assert_int_equal(note_parse(&note, buffer_as_text(&signed_text)), ERR_OK);
    assert_true(text_is(note.text, "one\n\n二\n"));
    assert_int_equal(note_check(&note, &logger, 1, NULL), ERR_OK);
}

static void a_note_holds_at_most_32_signatures_and_64_kib(void **state)
{
    AUTO_BUFFER struct buffer note = { 0 }, too_long = { 0 };
    struct note parsed;

    (void)state;
    buffer_string(&note, LOG_NOTE);
    for (uint64_t i = 1; i < NOTE_SIGNATURES; i++)
        assert_int_equal(note_cosign(&note, &witness, &witness_secret, i), ERR_OK);
    assert_int_equal(note_parse(&parsed, buffer_as_text(&note)), ERR_OK);
    assert_int_equal(parsed.count, NOTE_SIGNATURES);
    assert_int_equal(note_cosign(&note, &witness, &witness_secret, 99), ERR_FULL);
    buffer_string(&note, FOO_LINE);
    assert_int_equal(note_parse(&parsed, buffer_as_text(&note)), ERR_INVALID);

    for (size_t i = 0; i < NOTE_LIMIT; i++)
        buffer_byte(&too_long, 'a');
    buffer_string(&too_long, "\n\n" LOG_LINE);
    assert_int_equal(note_parse(&parsed, buffer_as_text(&too_long)), ERR_INVALID);
}

static void only_a_text_that_can_be_read_back_is_signed(void **state)
{
    AUTO_BUFFER struct buffer note = { 0 };

    (void)state;
    assert_int_equal(note_sign(&note, TEXT("no end of line"), &logger, &log_secret),
                     ERR_INVALID);
    assert_int_equal(note_sign(&note, TEXT(""), &logger, &log_secret), ERR_INVALID);
    assert_int_equal(note_sign(&note, TEXT("a\x1b[31m\n"), &logger, &log_secret), ERR_INVALID);
    assert_int_equal(note_sign(&note, TEXT("\xff\n"), &logger, &log_secret), ERR_INVALID);
    assert_int_equal(note_sign(&note, TEXT("a\n"), &logger, &witness_secret), ERR_INVALID);
    assert_int_equal(note.len, 0);
}

static void a_miscopied_key_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2l",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
        "example.com /foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    };
    struct note_key key;
    char name[NOTE_NAME + 1];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (note_key_parse(&key, text_of(bad[i])) != ERR_INVALID) {
            print_error("accepted: %s\n", bad[i]);
            fail_here("a miscopied key was accepted");
        }
    memset(name, 'a', sizeof name);
    assert_int_equal(note_key_make(&key, (struct text){ name, NOTE_NAME - 1 }, NOTE_ED25519,
                                   &foo.key),
                     ERR_OK);
    assert_int_equal(note_key_make(&key, (struct text){ name, NOTE_NAME }, NOTE_ED25519,
                                   &foo.key),
                     ERR_INVALID);
    assert_int_equal(note_key_make(&key, TEXT("a\xc2\xa0z"), NOTE_ED25519, &foo.key),
                     ERR_INVALID);
    assert_int_equal(note_key_make(&key, TEXT("a+z"), NOTE_ED25519, &foo.key), ERR_INVALID);
    assert_int_equal(note_key_make(&key, TEXT("海關/案件"), NOTE_ED25519, &foo.key), ERR_OK);
}

static void no_changed_byte_of_a_signed_head_is_accepted(void **state)
{
    char copy[] = LOG_NOTE;

    (void)state;
    for (size_t i = 0; i < sizeof copy - 1; i++)
        for (int bit = 0; bit < 8; bit++) {
            copy[i] = (char)(copy[i] ^ 1 << bit);
            if (check_text((struct text){ copy, sizeof copy - 1 }, &logger, 1, NULL) ==
                ERR_OK) {
                print_error("byte %zu, bit %d\n", i, bit);
                fail_here("a changed head was accepted");
            }
            copy[i] = (char)(copy[i] ^ 1 << bit);
        }
    assert_int_equal(check_text(text_of(copy), &logger, 1, NULL), ERR_OK);
}

/* ---- checkpoints and proofs ---- */

static void a_head_is_read_to_the_letter(void **state)
{
    static const char *const bad[] = {
        "",
        "example.org/cases\n8\n",
        "\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n08\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n+8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n8 \nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n18446744073709551616\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQw==\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\nextension",
    };
    struct checkpoint head;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (checkpoint_parse(&head, text_of(bad[i])) != ERR_INVALID) {
            print_error("accepted: case %zu\n", i);
            fail_here("a malformed head was accepted");
        }
    assert_int_equal(checkpoint_parse(&head, TEXT(LOG_TEXT "extension\n")), ERR_OK);
    assert_true(text_is(head.origin, "example.org/cases"));
    assert_int_equal(head.size, 8);
    assert_int_equal(checkpoint_parse(&head,
                                      TEXT("o\n18446744073709551615\nXcnaeacGWamtVZy3Ad7Zoq"
                                           "udgjqtL0lgz+Nw7/RgQyg=\n")),
                     ERR_OK);
    assert_true(head.size == UINT64_MAX);
}

static void a_proof_file_is_read_as_it_was_printed(void **state)
{
    struct note_proof proof = { .index = 5, .checkpoint = TEXT(LOG_NOTE) }, read;

    (void)state;
    for (size_t count = 0; count <= MERKLE_LEVELS; count += 16) {
        AUTO_BUFFER struct buffer printed = { 0 }, again = { 0 };

        proof.proof.count = count;
        for (size_t i = 0; i < count; i++)
            random_bytes(proof.proof.hash[i].byte, 32);
        note_proof_print(&printed, &proof);
        assert_int_equal(note_proof_parse(&read, buffer_as_text(&printed)), ERR_OK);
        assert_int_equal(read.index, 5);
        assert_int_equal(read.proof.count, count);
        assert_true(text_is(read.checkpoint, LOG_NOTE));
        note_proof_print(&again, &read);
        assert_int_equal(printed.len, again.len);
        assert_memory_equal(printed.data, again.data, again.len);
    }
}

static void a_proof_file_that_is_not_to_the_letter_is_refused(void **state)
{
#define HEAD "c2sp.org/tlog-proof@v1\n"
#define HASH "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
    static const char *const bad[] = {
        "",
        HEAD,
        "c2sp.org/tlog-proof@v2\nindex 5\n\n" LOG_NOTE,
        HEAD "\n" LOG_NOTE,
        HEAD "index 05\n" HASH "\n" LOG_NOTE,
        HEAD "index -5\n" HASH "\n" LOG_NOTE,
        HEAD "index 5\n" HASH,
        HEAD "index 5\n" HASH "\n",
        HEAD "index 5\nXcna\n\n" LOG_NOTE,
        HEAD "index 5\n" HASH "extra AAAA\n\n" LOG_NOTE,
        HEAD "extra ?\nindex 5\n" HASH "\n" LOG_NOTE,
        HEAD "extra AAAA\nextra AAAA\nindex 5\n" HASH "\n" LOG_NOTE,
        HEAD "extra AAAA\n",
    };
    AUTO_BUFFER struct buffer long_proof = { 0 };
    struct note_proof proof;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (note_proof_parse(&proof, text_of(bad[i])) != ERR_INVALID) {
            print_error("accepted: case %zu\n", i);
            fail_here("a malformed proof was accepted");
        }
    assert_int_equal(note_proof_parse(&proof,
                                      TEXT(HEAD "extra AAAA\nindex 5\n" HASH "\n" LOG_NOTE)),
                     ERR_OK);
    assert_int_equal(proof.proof.count, 1);
    buffer_string(&long_proof, HEAD "index 5\n");
    for (int i = 0; i <= MERKLE_LEVELS; i++)
        buffer_string(&long_proof, HASH);
    buffer_string(&long_proof, "\n" LOG_NOTE);
    assert_int_equal(note_proof_parse(&proof, buffer_as_text(&long_proof)), ERR_INVALID);
}

static void random_text_never_passes_for_a_note(void **state)
{
    static const char *const pieces[] = {
        "\n",     "\n\n", DASH, " ",   "example.org/cases", "AAAA", "8", LOG_TEXT, LOG_LINE,
        "index ", HEAD,   HASH, "\xe2"
    };
    uint64_t seed = (uint64_t)now_ms();

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    random_repeat(seed);
    for (int round = 0; round < 20000; round++) {
        AUTO_BUFFER struct buffer text = { 0 };
        uint8_t picks[12];
        struct note note;
        struct note_proof proof;
        struct checkpoint head;

        random_bytes(picks, sizeof picks);
        for (size_t i = 0; i < sizeof picks; i++)
            buffer_string(&text, pieces[picks[i] % (sizeof pieces / sizeof pieces[0])]);
        if (note_parse(&note, buffer_as_text(&text)) == ERR_OK &&
            note_check(&note, &logger, 1, NULL) == ERR_OK)
            assert_true(text_is(note.text, LOG_TEXT));
        (void)note_proof_parse(&proof, buffer_as_text(&text));
        (void)checkpoint_parse(&head, buffer_as_text(&text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_note_is_accepted),
        cmocka_unit_test(a_key_is_printed_as_it_was_read),
        cmocka_unit_test(a_head_is_signed_to_the_letter),
        cmocka_unit_test(a_witness_adds_its_line_and_its_time),
        cmocka_unit_test(a_known_key_that_fails_spoils_the_whole_note),
        cmocka_unit_test(signatures_of_strangers_count_for_nothing),
        cmocka_unit_test(a_note_that_is_not_to_the_letter_is_refused),
        cmocka_unit_test(a_text_may_hold_empty_lines),
        cmocka_unit_test(a_note_holds_at_most_32_signatures_and_64_kib),
        cmocka_unit_test(only_a_text_that_can_be_read_back_is_signed),
        cmocka_unit_test(a_miscopied_key_is_refused),
        cmocka_unit_test(no_changed_byte_of_a_signed_head_is_accepted),
        cmocka_unit_test(a_head_is_read_to_the_letter),
        cmocka_unit_test(a_proof_file_is_read_as_it_was_printed),
        cmocka_unit_test(a_proof_file_that_is_not_to_the_letter_is_refused),
        cmocka_unit_test(random_text_never_passes_for_a_note),
    };

    return cmocka_run_group_tests(tests, read_keys, NULL);
}
