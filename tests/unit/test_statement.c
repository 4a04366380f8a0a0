#include "tests/check.h"

#include "core/base/cbor.h"
#include "core/base/seams.h"
#include "core/journal/statement.h"

#include <string.h>

enum { ROUNDS = 300 };

static int start(void **state)
{
    (void)state;
    return crypto_start() == ERR_OK ? 0 : -1;
}

/* Random tests say their seed, so that a failing run can be repeated. */
static void repeat_from_now(void)
{
    uint64_t seed;

    random_bytes(&seed, sizeof seed);
    print_message("seed %llu\n", (unsigned long long)seed);
    random_repeat(seed);
}

static uint64_t below(uint64_t limit)
{
    uint64_t number;

    random_bytes(&number, sizeof number);
    return limit == 0 ? number : number % limit;
}

/* ---- random statements ---- */

static void fill_items(struct statement *s, struct arena *arena, size_t count)
{
    s->item_count = count;
    s->items = count ? arena_array(arena, count, sizeof *s->items) : NULL;
    for (size_t i = 0; i < count; i++) {
        struct statement_item *item = &s->items[i];

        random_bytes(item->key, sizeof item->key);
        random_bytes(item->commitment.byte, sizeof item->commitment.byte);
        item->has_previous = below(2) == 0;
        item->revision = item->has_previous ? 2 + (uint32_t)below(UINT32_MAX - 2) : 1;
        if (item->has_previous)
            item->previous = below(2) ? below(0) : below(30);
    }
    assert_true(statement_sort(s));
}

static void fill_statement(struct statement *s, struct arena *arena)
{
    static const char *const roles[] = { "actor", "releaser", "receiver", "second", "witness" };

    *s = (struct statement){
        .origin = TEXT("customs.example/案件"),
        .act = TEXT("exhibit.receive"),
        .officer = below(0),
        .clock_ms = (int64_t)below(0),
        .monotonic_ms = (int64_t)below(1000000),
        .in_batch = below(2) == 0,
        .has_body = below(2) == 0,
        .signature_count = below(STATEMENT_SIGNATURES + 1),
    };
    random_bytes(s->session, sizeof s->session);
    random_bytes(s->request, sizeof s->request);
    random_bytes(s->boot, sizeof s->boot);
    if (s->in_batch) {
        random_bytes(s->batch, sizeof s->batch);
        s->part = below(300);
    }
    if (s->has_body)
        random_bytes(s->body.byte, sizeof s->body.byte);
    for (size_t i = 0; i < s->signature_count; i++) {
        struct officer_signature *line = &s->signatures[i];

        line->role = text_of(roles[below(5)]);
        line->officer = below(0);
        random_bytes(line->key_id, sizeof line->key_id);
        random_bytes(line->signature.byte, sizeof line->signature.byte);
    }
    fill_items(s, arena, below(6));
}

static bool same_bytes(const struct buffer *a, const struct buffer *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* What is read, written again, is the same bytes: so nothing was lost and nothing made up. */
static bool read_back(struct bytes in)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer again = { 0 };
    const struct buffer before = { (uint8_t *)in.data, in.len, in.len };
    struct statement s;

    if (statement_decode(&s, arena, in) != ERR_OK)
        return false;
    statement_encode(&again, &s);
    assert_true(same_bytes(&before, &again));
    return true;
}

static void a_statement_is_read_as_it_was_written(void **state)
{
    (void)state;
    repeat_from_now();
    for (int round = 0; round < ROUNDS; round++) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_BUFFER struct buffer written = { 0 };
        struct statement s, read;

        fill_statement(&s, arena);
        statement_encode(&written, &s);
        assert_int_equal(statement_decode(&read, arena, buffer_bytes(&written)), ERR_OK);
        assert_true(text_equal(read.origin, s.origin) && text_equal(read.act, s.act));
        assert_true(read.officer == s.officer && read.part == s.part);
        assert_true(read.clock_ms == s.clock_ms && read.monotonic_ms == s.monotonic_ms);
        assert_memory_equal(read.session, s.session, 16);
        assert_memory_equal(read.request, s.request, 16);
        assert_memory_equal(read.boot, s.boot, 16);
        assert_memory_equal(read.batch, s.batch, 16);
        assert_memory_equal(read.body.byte, s.body.byte, 32);
        assert_int_equal(read.item_count, s.item_count);
        assert_int_equal(read.signature_count, s.signature_count);
        for (size_t i = 0; i < s.item_count; i++)
            assert_true(read.items[i].revision == s.items[i].revision &&
                        read.items[i].previous == s.items[i].previous);
        assert_true(read_back(buffer_bytes(&written)));
    }
}

static void every_flipped_bit_is_refused_or_is_another_true_statement(void **state)
{
    (void)state;
    repeat_from_now();
    for (int round = 0; round < 20; round++) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_BUFFER struct buffer written = { 0 };
        struct statement s;

        fill_statement(&s, arena);
        statement_encode(&written, &s);
        for (size_t bit = 0; bit < written.len * 8; bit++) {
            written.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
            (void)read_back(buffer_bytes(&written));
            written.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
        for (size_t len = 0; len < written.len; len++)
            assert_false(read_back((struct bytes){ written.data, len }));
        buffer_byte(&written, 0);
        assert_false(read_back(buffer_bytes(&written)));
    }
}

static void random_bytes_never_harm_the_readers(void **state)
{
    (void)state;
    repeat_from_now();
    for (int round = 0; round < 20000; round++) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_BUFFER struct buffer written = { 0 };
        uint8_t noise[64], key[RECORD_KEY] = { 0 };
        struct bytes in = { noise, below(sizeof noise + 1) }, found;
        struct statement s;
        struct hash256 commitment;
        struct leaf leaf;
        struct body body;
        uint64_t sequence;
        uint16_t n;
        size_t offset = 0;

        random_bytes(noise, sizeof noise);
        if (round % 2) { /* half of them begin as maps do */
            noise[0] = (uint8_t)(0xa0 + below(12));
            noise[1] = 0;
        }
        (void)statement_decode(&s, arena, in);
        (void)leaf_decode(&leaf, in);
        (void)body_decode(&body, in);
        (void)body_commitment(&commitment, key, 1, noise, in);
        while (mirror_next_leaf(in, &offset, &found))
            ;
        offset = 0;
        while (mirror_next_body(in, &offset, &sequence, &n, &found))
            ;
        if (round % 100 == 0) { /* and some are statements with a few bytes changed */
            fill_statement(&s, arena);
            statement_encode(&written, &s);
            for (int i = 0; i < 3; i++)
                written.data[below(written.len)] = (uint8_t)below(256);
            (void)read_back(buffer_bytes(&written));
        }
    }
}

/* ---- what is refused ---- */

static void begin_statement(struct buffer *out, size_t pairs)
{
    static const uint8_t sixteen[16];

    buffer_clear(out);
    cbor_put_map(out, pairs);
    cbor_put_uint(out, 0);
    cbor_put_text(out, TEXT("o"));
    cbor_put_uint(out, 1);
    cbor_put_text(out, TEXT("a"));
    cbor_put_uint(out, 2);
    cbor_put_uint(out, 1);
    for (uint64_t key = 3; key <= 4; key++) {
        cbor_put_uint(out, key);
        cbor_put_bytes(out, (struct bytes){ sixteen, 16 });
    }
    cbor_put_uint(out, 5);
    cbor_put_array(out, 3);
    cbor_put_uint(out, 0);
    cbor_put_bytes(out, (struct bytes){ sixteen, 16 });
    cbor_put_uint(out, 0);
}

static void put_item(struct buffer *out, uint8_t first, uint64_t revision, bool has_previous)
{
    uint8_t key[RECORD_KEY] = { first }, commitment[32] = { 0 };

    cbor_put_array(out, 4);
    cbor_put_bytes(out, (struct bytes){ key, sizeof key });
    cbor_put_uint(out, revision);
    if (has_previous)
        cbor_put_uint(out, 0);
    else
        cbor_put_null(out);
    cbor_put_bytes(out, (struct bytes){ commitment, sizeof commitment });
}

static bool items_read(const uint8_t *firsts, size_t count, uint64_t revision,
                       bool has_previous)
{
    AUTO_BUFFER struct buffer out = { 0 };

    begin_statement(&out, 7);
    cbor_put_uint(&out, 7);
    cbor_put_array(&out, count);
    for (size_t i = 0; i < count; i++)
        put_item(&out, firsts[i], revision, has_previous);
    return read_back(buffer_bytes(&out));
}

static void items_out_of_order_or_without_a_proper_revision_are_refused(void **state)
{
    (void)state;
    assert_true(items_read(NULL, 0, 1, false));
    assert_true(items_read((const uint8_t[]){ 1, 2 }, 2, 1, false));
    assert_true(items_read((const uint8_t[]){ 1, 2 }, 2, UINT32_MAX, true));
    assert_false(items_read((const uint8_t[]){ 2, 1 }, 2, 1, false));
    assert_false(items_read((const uint8_t[]){ 1, 1 }, 2, 1, false));
    assert_false(items_read((const uint8_t[]){ 1 }, 1, 0, false));
    assert_false(items_read((const uint8_t[]){ 1 }, 1, 1, true));
    assert_false(items_read((const uint8_t[]){ 1 }, 1, 2, false));
    assert_false(items_read((const uint8_t[]){ 1 }, 1, (uint64_t)UINT32_MAX + 1, true));
}

static bool ends_read(size_t pairs, uint64_t key, const char *hex)
{
    AUTO_BUFFER struct buffer out = { 0 };

    begin_statement(&out, pairs);
    if (key != 7) {
        cbor_put_uint(&out, 7);
        cbor_put_array(&out, 0);
    }
    cbor_put_uint(&out, key);
    assert_true(hex_decode(&out, text_of(hex)));
    return read_back(buffer_bytes(&out));
}

static void parts_that_the_format_does_not_know_are_refused(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    begin_statement(&out, 6); /* without items */
    assert_false(read_back(buffer_bytes(&out)));
    assert_true(ends_read(7, 7, "80"));
    assert_false(ends_read(7, 7, "9800")); /* a count that is longer than it need be */
    assert_false(ends_read(7, 7,
                           "9f"
                           "ff"));       /* an indefinite array */
    assert_false(ends_read(8, 7, "80")); /* a pair too few */
    assert_false(ends_read(8, 9, "80")); /* no signatures, yet a place for them */
    assert_false(ends_read(8, 10, "80"));
    assert_false(ends_read(8, 6, "80")); /* behind its place */
    assert_false(ends_read(8, 8, "f6"));
    assert_false(ends_read(8, 8, "4100"));
    assert_false(ends_read(8, 9,
                           "81"
                           "84"
                           "656f74686572"
                           "01"
                           "4400000000"
                           "4100")); /* "other" */
}

static void an_act_touches_at_most_500_records(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer written = { 0 }, leaf = { 0 }, over = { 0 };
    struct statement s;

    (void)state;
    fill_statement(&s, arena);
    fill_items(&s, arena, STATEMENT_ITEMS);
    statement_encode(&written, &s);
    assert_true(read_back(buffer_bytes(&written)));
    assert_int_equal(leaf_encode(&leaf, 1, 1, buffer_bytes(&written)), ERR_OK);

    begin_statement(&over, 7);
    cbor_put_uint(&over, 7);
    cbor_put_array(&over, STATEMENT_ITEMS + 1);
    for (size_t i = 0; i <= STATEMENT_ITEMS; i++) {
        put_item(&over, (uint8_t)(i / 256), 1, false);
        over.data[over.len - 33 - 3 - 11] = (uint8_t)i; /* the key's second byte */
    }
    assert_false(read_back(buffer_bytes(&over)));
}

static void one_record_twice_in_an_act_is_noticed(void **state)
{
    struct statement_item items[3] = { { .key = { 9 } }, { .key = { 3 } }, { .key = { 9 } } };
    struct statement s = { .items = items, .item_count = 3 };

    (void)state;
    assert_false(statement_sort(&s));
    items[2].key[11] = 1;
    assert_true(statement_sort(&s));
    assert_int_equal(items[0].key[0], 3);
    assert_int_equal(items[2].key[11], 1);
}

/* ---- leaves, bodies, commitments, frames ---- */

static void a_leaf_holds_at_most_65535_bytes(void **state)
{
    AUTO_BUFFER struct buffer leaf = { 0 }, statement = { 0 };
    struct leaf read;

    (void)state;
    while (statement.len < LEAF_LIMIT - 20)
        buffer_byte(&statement, 0xa5);
    assert_int_equal(leaf_encode(&leaf, UINT64_MAX, 7, buffer_bytes(&statement)), ERR_OK);
    assert_int_equal(leaf.len, LEAF_LIMIT);
    assert_int_equal(leaf_decode(&read, buffer_bytes(&leaf)), ERR_OK);
    assert_true(read.sequence == UINT64_MAX && read.time_ms == 7);
    assert_int_equal(read.statement.len, statement.len);
    buffer_byte(&leaf, 0);
    assert_int_equal(leaf_decode(&read, buffer_bytes(&leaf)), ERR_DAMAGED);
    assert_int_equal(leaf_decode(&read, (struct bytes){ leaf.data, 20 }), ERR_DAMAGED);
    for (int i = 0; i < 4; i++) {
        leaf.data[i] ^= 1;
        assert_int_equal(leaf_decode(&read, (struct bytes){ leaf.data, 40 }), ERR_DAMAGED);
        leaf.data[i] ^= 1;
    }
    buffer_clear(&leaf);
    buffer_byte(&statement, 0);
    assert_int_equal(leaf_encode(&leaf, 0, 0, buffer_bytes(&statement)), ERR_INVALID);
    assert_int_equal(leaf.len, 0);
}

static void a_body_is_read_as_it_was_written(void **state)
{
    AUTO_BUFFER struct buffer written = { 0 };
    const uint8_t nonce[NONCE] = { 7 };
    struct body body;

    (void)state;
    body_encode(&written, nonce, (struct bytes){ (const uint8_t *)"\xa0", 1 });
    assert_int_equal(body_decode(&body, buffer_bytes(&written)), ERR_OK);
    assert_int_equal(body.algorithm, 0);
    assert_memory_equal(body.nonce, nonce, NONCE);
    assert_int_equal(body.payload.len, 1);
    assert_int_equal(body_decode(&body, (struct bytes){ written.data, 33 }), ERR_DAMAGED);
    assert_int_equal(body_decode(&body, (struct bytes){ written.data, 0 }), ERR_DAMAGED);
    written.data[0] = 1;
    assert_int_equal(body_decode(&body, buffer_bytes(&written)), ERR_OK);
    written.data[0] = 2;
    assert_int_equal(body_decode(&body, buffer_bytes(&written)), ERR_NEWER);
}

static struct hash256 commit(const char *hex, uint8_t first, uint32_t revision, uint8_t salt,
                             enum err *result)
{
    AUTO_BUFFER struct buffer payload = { 0 };
    const uint8_t key[RECORD_KEY] = { first }, nonce[NONCE] = { salt };
    struct hash256 commitment = { { 0 } };

    assert_true(hex_decode(&payload, text_of(hex)));
    *result = body_commitment(&commitment, key, revision, nonce, buffer_bytes(&payload));
    return commitment;
}

static void a_commitment_binds_record_revision_nonce_and_every_field(void **state)
{
    enum err result;
    struct hash256 all[7];

    (void)state;
    all[0] = commit("a20a010b02", 9, 1, 5, &result);
    all[1] = commit("a20a010b03", 9, 1, 5, &result);
    all[2] = commit("a20a010c02", 9, 1, 5, &result);
    all[3] = commit("a10a01", 9, 1, 5, &result);
    all[4] = commit("a20a010b02", 8, 1, 5, &result);
    all[5] = commit("a20a010b02", 9, 2, 5, &result);
    all[6] = commit("a20a010b02", 9, 1, 6, &result);
    for (size_t i = 0; i < 7; i++)
        for (size_t j = i + 1; j < 7; j++)
            assert_false(hash_equal(&all[i], &all[j]));
    (void)commit("a0", 9, 1, 5, &result);
    assert_int_equal(result, ERR_OK);
}

static void a_payload_that_is_no_map_of_fields_is_not_committed_to(void **state)
{
    static const char *const bad[] = {
        "",           "80",         "00",     "a1",       "a10a",           "a10a0100",
        "a20b010a01", "a20a010a01", "a12001", "a1616101", "a11a0001000001", "a10af97e00",
        "a1180a01",   "bf0a01ff"
    };
    enum err result;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        (void)commit(bad[i], 9, 1, 5, &result);
        assert_int_equal(result, ERR_DAMAGED);
    }
    (void)commit("a119ffff01", 9, 1, 5, &result);
    assert_int_equal(result, ERR_OK);
}

/* Who is shown one field and the hashes of the rest reaches the same commitment. */
static void one_field_can_be_shown_and_the_rest_withheld(void **state)
{
    enum err result;
    struct hash256 whole = commit("a20a010b02", 9, 1, 5, &result), shown, withheld, again, salt;
    const uint8_t nonce[NONCE] = { 5 }, key[RECORD_KEY] = { 9 };
    const uint8_t shown_head[] = { 2, 0, 0x0a }, withheld_head[] = { 2, 0, 0x0b };
    const struct bytes shown_parts[] = { { shown_head, 3 },
                                         { salt.byte, 16 },
                                         { (const uint8_t *)"\x01", 1 } };
    const struct bytes withheld_parts[] = { { withheld_head, 3 },
                                            { salt.byte, 16 },
                                            { (const uint8_t *)"\x02", 1 } };
    const struct bytes parts[] = {
        { (const uint8_t *)"tidewaiter/body/1\0", 18 },
        { key, RECORD_KEY },
        { (const uint8_t *)"\0\0\0\1", 4 },
        { shown.byte, 32 },
        { withheld.byte, 32 },
    };

    (void)state;
    salt = hmac_sha256((struct bytes){ nonce, NONCE }, (struct bytes){ shown_head + 1, 2 });
    shown = sha256_of(shown_parts, 3);
    salt = hmac_sha256((struct bytes){ nonce, NONCE }, (struct bytes){ withheld_head + 1, 2 });
    withheld = sha256_of(withheld_parts, 3);
    again = sha256_of(parts, 5);
    assert_true(hash_equal(&whole, &again));
}

static void a_torn_file_of_the_mirror_is_read_up_to_the_tear(void **state)
{
    AUTO_BUFFER struct buffer leaves = { 0 }, bodies = { 0 };
    const struct bytes one = { (const uint8_t *)"one", 3 }, none = { NULL, 0 };
    struct bytes found;
    uint64_t sequence;
    uint16_t n;

    (void)state;
    mirror_put_leaf(&leaves, one);
    mirror_put_leaf(&leaves, one);
    mirror_put_body(&bodies, 8, 0, one);
    mirror_put_body(&bodies, 8, 500, none);
    for (size_t len = 0; len <= leaves.len; len++) {
        size_t offset = 0, count = 0;

        for (; mirror_next_leaf((struct bytes){ leaves.data, len }, &offset, &found); count++)
            assert_memory_equal(found.data, "one", 3);
        assert_int_equal(count, len / 7);
        assert_int_equal(offset, count * 7);
    }
    for (size_t len = 0; len <= bodies.len; len++) {
        struct bytes in = { bodies.data, len };
        size_t offset = 0;

        if (mirror_next_body(in, &offset, &sequence, &n, &found)) {
            assert_true(len >= 17 && sequence == 8 && n == 0 && found.len == 3);
            if (mirror_next_body(in, &offset, &sequence, &n, &found))
                assert_true(len == 31 && sequence == 8 && n == 500 && found.len == 0);
        }
        assert_int_equal(offset, len < 17 ? 0 : len < 31 ? 17 : 31);
    }
    leaves.data[1] = 1; /* a length that no leaf may have */
    while (leaves.len < 70000)
        buffer_byte(&leaves, 0);
    assert_false(mirror_next_leaf(buffer_bytes(&leaves), &(size_t){ 0 }, &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_is_read_as_it_was_written),
        cmocka_unit_test(every_flipped_bit_is_refused_or_is_another_true_statement),
        cmocka_unit_test(random_bytes_never_harm_the_readers),
        cmocka_unit_test(items_out_of_order_or_without_a_proper_revision_are_refused),
        cmocka_unit_test(parts_that_the_format_does_not_know_are_refused),
        cmocka_unit_test(an_act_touches_at_most_500_records),
        cmocka_unit_test(one_record_twice_in_an_act_is_noticed),
        cmocka_unit_test(a_leaf_holds_at_most_65535_bytes),
        cmocka_unit_test(a_body_is_read_as_it_was_written),
        cmocka_unit_test(a_commitment_binds_record_revision_nonce_and_every_field),
        cmocka_unit_test(a_payload_that_is_no_map_of_fields_is_not_committed_to),
        cmocka_unit_test(one_field_can_be_shown_and_the_rest_withheld),
        cmocka_unit_test(a_torn_file_of_the_mirror_is_read_up_to_the_tear),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
