#include "core/base/cbor.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/crypto.h"
#include "tests/check.h"

static struct bytes from_hex(struct buffer *out, const char *hex)
{
    buffer_clear(out);
    assert_true(hex_decode(out, text_of(hex)));
    return buffer_bytes(out);
}

static void assert_written(struct buffer *written, const char *hex)
{
    AUTO_BUFFER struct buffer got = { 0 };

    hex_encode(&got, buffer_bytes(written));
    buffer_byte(&got, '\0');
    assert_string_equal((char *)got.data, hex);
    buffer_clear(written);
}

/* RFC 8949, appendix A */
static void values_are_written_in_their_shortest_form(void **state)
{
    static const struct {
        int64_t number;
        const char *hex;
    } numbers[] = {
        { 0, "00" },
        { 1, "01" },
        { 10, "0a" },
        { 23, "17" },
        { 24, "1818" },
        { 25, "1819" },
        { 100, "1864" },
        { 255, "18ff" },
        { 256, "190100" },
        { 1000, "1903e8" },
        { 65535, "19ffff" },
        { 65536, "1a00010000" },
        { 1000000, "1a000f4240" },
        { 4294967296, "1b0000000100000000" },
        { 1000000000000, "1b000000e8d4a51000" },
        { INT64_MAX, "1b7fffffffffffffff" },
        { -1, "20" },
        { -10, "29" },
        { -24, "37" },
        { -25, "3818" },
        { -100, "3863" },
        { -1000, "3903e7" },
        { INT64_MIN, "3b7fffffffffffffff" },
    };
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        cbor_put_int(&out, numbers[i].number);
        assert_written(&out, numbers[i].hex);
    }
    cbor_put_uint(&out, UINT64_MAX);
    assert_written(&out, "1bffffffffffffffff");
    cbor_put_bool(&out, false);
    cbor_put_bool(&out, true);
    cbor_put_null(&out);
    assert_written(&out, "f4f5f6");
    cbor_put_bytes(&out, (struct bytes){ 0 });
    cbor_put_bytes(&out, (struct bytes){ (const uint8_t *)"\x01\x02\x03\x04", 4 });
    assert_written(&out, "404401020304");
    cbor_put_text(&out, TEXT(""));
    cbor_put_text(&out, TEXT("IETF"));
    cbor_put_text(&out, TEXT("水"));
    assert_written(&out, "606449455446"
                         "63e6b0b4");
    cbor_put_array(&out, 0);
    cbor_put_array(&out, 25);
    cbor_put_map(&out, 2);
    assert_written(&out, "809819a2");
}

static void what_was_written_is_read_again(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct bytes bytes, item;
    struct text text;
    uint64_t number;
    int64_t whole;
    size_t count;

    (void)state;
    cbor_put_map(&out, 2);
    cbor_put_uint(&out, 1);
    cbor_put_text(&out, TEXT("象牙"));
    cbor_put_uint(&out, 10);
    cbor_put_array(&out, 4);
    cbor_put_int(&out, -5);
    cbor_put_bytes(&out, (struct bytes){ (const uint8_t *)"ab", 2 });
    cbor_put_null(&out);
    cbor_put_bool(&out, true);
    struct cbor_reader r = cbor_reader(buffer_bytes(&out));
    struct cbor_reader whole_item = r;

    assert_int_equal(cbor_peek(&r), CBOR_MAP);
    assert_true(cbor_map(&r, &count) && count == 2);
    assert_true(cbor_uint(&r, &number) && number == 1);
    assert_int_equal(cbor_peek(&r), CBOR_TEXT);
    assert_true(cbor_text(&r, &text) && text_is(text, "象牙"));
    assert_true(cbor_int(&r, &whole) && whole == 10);
    assert_false(cbor_done(&r));
    assert_true(cbor_array(&r, &count) && count == 4);
    assert_true(cbor_int(&r, &whole) && whole == -5);
    assert_false(cbor_null(&r));
    assert_true(cbor_bytes(&r, &bytes) && bytes.len == 2 && memcmp(bytes.data, "ab", 2) == 0);
    assert_true(cbor_null(&r));
    assert_int_equal(cbor_peek(&r), CBOR_TRUE);
    assert_int_equal(cbor_next(&r).type, CBOR_TRUE);
    assert_true(cbor_done(&r));
    assert_true(cbor_skip(&whole_item, &item));
    assert_ptr_equal(item.data, out.data);
    assert_int_equal(item.len, out.len);
    assert_true(cbor_done(&whole_item));
}

static void empty_text_is_a_value_and_not_absent(void **state)
{
    AUTO_BUFFER struct buffer in = { 0 };
    struct cbor_reader r = cbor_reader(from_hex(&in, "6040"));
    struct bytes bytes;
    struct text text;

    (void)state;
    assert_true(cbor_text(&r, &text));
    assert_true(text_present(text) && text_empty(text));
    assert_true(cbor_bytes(&r, &bytes));
    assert_non_null(bytes.data);
    assert_true(cbor_done(&r));
}

static void every_other_form_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",     /* nothing */
        "1817", /* longer than needed */
        "1900ff",
        "1a0000ffff",
        "1b00000000ffffffff",
        "3817",
        "580161",
        "780161",
        "9801f6",
        "b80101f6",
        "18", /* cut short */
        "1901",
        "4401",
        "6361",
        "81",
        "a1",
        "a101",
        "5bffffffffffffffff", /* longer than memory */
        "9bffffffffffffffff",
        "bb7fffffffffffffff",
        "9a7fffffff00",
        "61ff", /* no UTF-8 */
        "63eda080",
        "62c080",
        "5f4101ff", /* lengths not stated */
        "7f6161ff",
        "9f01ff",
        "bf0101ff",
        "ff",
        "f93c00", /* floats */
        "fa3f800000",
        "fb3ff0000000000000",
        "c000", /* tags */
        "d81c00",
        "f7", /* undefined and simple values */
        "e0",
        "f814",
        "f8ff",
        "f0",
        "1c", /* reserved */
        "5d",
        "fc",
        "a201010101", /* keys twice, descending, not integers */
        "a202010101",
        "a118ff",
        "a1616101",
        "a1f601",
        "a18001",
        "a220010101",
        "a21800011801",
        "818181818181818181818181818181818180", /* 18 levels */
        "8181818181818181818181818181818180",   /* 17 levels */
    };
    AUTO_BUFFER struct buffer in = { 0 };
    struct bytes item;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct cbor_reader r = cbor_reader(from_hex(&in, wrong[i]));

        if (cbor_skip(&r, &item))
            print_error("read as good: %s\n", wrong[i]);
        assert_false(cbor_skip(&r, &item));
        assert_null(item.data);
        assert_true(r.bad);
        assert_false(cbor_done(&r));
    }
}

static void sixteen_levels_and_ascending_keys_are_good(void **state)
{
    static const char *const good[] = {
        "81818181818181818181818181818180",
        "8181818181818181818181818181818100",
        "a20101181801",
        "a3000120012101",
        "a21701181801",
        "a0",
        "80",
    };
    AUTO_BUFFER struct buffer in = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct cbor_reader r = cbor_reader(from_hex(&in, good[i]));

        if (!cbor_skip(&r, NULL) || !cbor_done(&r))
            print_error("refused: %s\n", good[i]);
        assert_true(cbor_done(&r));
    }
}

static void a_reader_is_bad_for_good_after_the_first_wrong_byte(void **state)
{
    AUTO_BUFFER struct buffer in = { 0 };
    struct cbor_reader r = cbor_reader(from_hex(&in, "01"
                                                     "6161"
                                                     "02"));
    struct bytes bytes = { (const uint8_t *)"x", 1 };
    struct text text = TEXT("x");
    uint64_t number = 7;
    int64_t whole = 7;
    size_t count = 7;

    (void)state;
    assert_true(cbor_uint(&r, &number));
    assert_false(cbor_uint(&r, &number));
    assert_true(number == 0);
    assert_int_equal(cbor_peek(&r), CBOR_BAD);
    assert_int_equal(cbor_next(&r).type, CBOR_BAD);
    assert_false(cbor_int(&r, &whole));
    assert_false(cbor_bytes(&r, &bytes));
    assert_false(cbor_text(&r, &text));
    assert_false(cbor_array(&r, &count));
    assert_true(whole == 0 && bytes.data == NULL && text.data == NULL && count == 0);
    assert_false(cbor_null(&r));
    assert_false(cbor_done(&r));
}

static void a_number_outside_its_type_is_refused(void **state)
{
    AUTO_BUFFER struct buffer in = { 0 };
    struct cbor_reader r = cbor_reader(from_hex(&in, "1b8000000000000000"));
    int64_t whole;
    uint64_t number;

    (void)state;
    assert_false(cbor_int(&r, &whole));
    r = cbor_reader(from_hex(&in, "3b8000000000000000"));
    assert_false(cbor_int(&r, &whole));
    r = cbor_reader(from_hex(&in, "3b7fffffffffffffff"));
    assert_true(cbor_int(&r, &whole) && whole == INT64_MIN);
    r = cbor_reader(from_hex(&in, "20"));
    assert_false(cbor_uint(&r, &number));
}

/* Writes again what is read: equal values have equal bytes. */
static void write_again(struct cbor_reader *r, struct buffer *out)
{
    struct cbor_item item = cbor_next(r);

    switch (item.type) {
    case CBOR_UINT:
        cbor_put_uint(out, item.number);
        break;
    case CBOR_NEGATIVE:
        /* Numbers below INT64_MIN cannot be written by us and are not made below. */
        cbor_put_int(out, -1 - (int64_t)item.number);
        break;
    case CBOR_BYTES:
        cbor_put_bytes(out, item.bytes);
        break;
    case CBOR_TEXT:
        cbor_put_text(out, (struct text){ (const char *)item.bytes.data, item.bytes.len });
        break;
    case CBOR_ARRAY:
        cbor_put_array(out, (size_t)item.number);
        break;
    case CBOR_MAP:
        cbor_put_map(out, (size_t)item.number);
        break;
    case CBOR_NULL:
        cbor_put_null(out);
        break;
    case CBOR_FALSE:
    case CBOR_TRUE:
        cbor_put_bool(out, item.type == CBOR_TRUE);
        break;
    case CBOR_BAD:
        break;
    }
}

/* The number of a negative item that only CBOR can hold. */
static bool beyond_int64(struct cbor_reader r)
{
    struct cbor_item item = cbor_next(&r);

    return item.type == CBOR_NEGATIVE && item.number > INT64_MAX;
}

static void random_bytes_are_refused_or_written_again_as_they_were(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };
    size_t read = 0;

    (void)state;
    check_seed();
    for (int i = 0; i < 400000; i++) {
        size_t len = 1 + (size_t)rand() % 24;
        /* On the heap at its exact size, so that a sanitizer sees a read past the end. */
        uint8_t *input = malloc(len);

        assert_non_null(input);
        for (size_t k = 0; k < len; k++)
            input[k] = (uint8_t)(rand() % 3 ? (rand() % 8 << 5 | rand() % 4) : rand());
        struct cbor_reader r = cbor_reader((struct bytes){ input, len });
        struct bytes item;

        if (cbor_skip(&r, &item)) {
            struct cbor_reader again = cbor_reader(item);
            bool beyond = false;

            buffer_clear(&out);
            while (!cbor_done(&again) && !beyond) {
                assert_false(again.bad);
                beyond = beyond_int64(again);
                if (!beyond)
                    write_again(&again, &out);
            }
            if (!beyond) {
                assert_int_equal(out.len, item.len);
                assert_memory_equal(out.data, item.data, item.len);
                read++;
            }
        }
        assert_true(r.at <= r.end);
        free(input);
    }
    assert_true(read > 1000);
}

static void put_random(struct buffer *out, int levels)
{
    static const char *const words[] = { "", "E-123", "證物",
                                         "a longer text of thirty-three bytes" };
    uint64_t bits = ((uint64_t)rand() << 32 | (uint64_t)rand()) >> (rand() % 63 + 1);
    size_t count = (size_t)rand() % 4;

    switch (rand() % (levels > 0 ? 7 : 5)) {
    case 0:
        cbor_put_int(out, rand() % 2 ? (int64_t)bits : -1 - (int64_t)bits);
        break;
    case 1:
        cbor_put_text(out, text_of(words[rand() % 4]));
        break;
    case 2:
        cbor_put_bytes(out, (struct bytes){ (const uint8_t *)words[3], (size_t)rand() % 30 });
        break;
    case 3:
        cbor_put_bool(out, rand() % 2);
        break;
    case 4:
        cbor_put_null(out);
        break;
    case 5:
        cbor_put_array(out, count);
        for (size_t i = 0; i < count; i++)
            put_random(out, levels - 1);
        break;
    default:
        cbor_put_map(out, count);
        for (size_t i = 0; i < count; i++) {
            cbor_put_uint(out, i * 20 + (size_t)rand() % 20);
            put_random(out, levels - 1);
        }
    }
}

static void every_value_that_is_written_is_read_and_no_part_of_it_is(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 }, again = { 0 };

    (void)state;
    check_seed();
    for (int i = 0; i < 20000; i++) {
        buffer_clear(&out);
        buffer_clear(&again);
        put_random(&out, 5);
        struct cbor_reader r = cbor_reader(buffer_bytes(&out));

        assert_true(cbor_skip(&r, NULL) && cbor_done(&r));
        r = cbor_reader(buffer_bytes(&out));
        while (!cbor_done(&r))
            write_again(&r, &again);
        assert_int_equal(again.len, out.len);
        assert_memory_equal(again.data, out.data, out.len);
        r = cbor_reader((struct bytes){ out.data, (size_t)rand() % out.len });
        assert_false(cbor_skip(&r, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_in_their_shortest_form),
        cmocka_unit_test(what_was_written_is_read_again),
        cmocka_unit_test(empty_text_is_a_value_and_not_absent),
        cmocka_unit_test(every_other_form_is_refused),
        cmocka_unit_test(sixteen_levels_and_ascending_keys_are_good),
        cmocka_unit_test(a_reader_is_bad_for_good_after_the_first_wrong_byte),
        cmocka_unit_test(a_number_outside_its_type_is_refused),
        cmocka_unit_test(random_bytes_are_refused_or_written_again_as_they_were),
        cmocka_unit_test(every_value_that_is_written_is_read_and_no_part_of_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
