#include "core/base/checksum.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/crypto.h"
#include "tests/check.h"

/* The hash of no bytes, seed 0, as xxHash publishes it. */
static void the_checksum_has_the_published_byte_order(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct checksum sum = checksum((struct bytes){ 0 });

    (void)state;
    hex_encode(&out, (struct bytes){ sum.byte, sizeof(sum.byte) });
    assert_true(text_is(buffer_as_text(&out), "99aa06d3014798d86001c324468d497f"));
}

static void a_stored_value_is_summed_with_its_tree_and_key(void **state)
{
    AUTO_BUFFER struct buffer all = { 0 };
    uint8_t key[255], rest[5000];

    (void)state;
    check_seed();
    for (size_t i = 0; i < sizeof(key); i++)
        key[i] = (uint8_t)rand();
    for (size_t i = 0; i < sizeof(rest); i++)
        rest[i] = (uint8_t)rand();
    for (int i = 0; i < 2000; i++) {
        struct bytes k = { key, (size_t)rand() % 256 }, r = { rest, (size_t)rand() % 5000 };

        buffer_clear(&all);
        buffer_byte(&all, 'r');
        buffer_byte(&all, (uint8_t)k.len);
        buffer_put(&all, k.data, k.len);
        buffer_put(&all, r.data, r.len);
        struct checksum whole = checksum(buffer_bytes(&all));
        struct checksum parts = checksum_of_value('r', k, r);
        struct checksum elsewhere = checksum_of_value('i', k, r);

        assert_true(checksum_equal(&whole, &parts));
        assert_false(checksum_equal(&whole, &elsewhere));
    }
}

static void one_changed_bit_is_seen(void **state)
{
    uint8_t data[300] = { 1, 2, 3 };
    struct checksum before = checksum((struct bytes){ data, sizeof(data) });

    (void)state;
    for (size_t bit = 0; bit < sizeof(data) * 8; bit++) {
        data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        struct checksum after = checksum((struct bytes){ data, sizeof(data) });

        assert_false(checksum_equal(&before, &after));
        data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checksum_has_the_published_byte_order),
        cmocka_unit_test(a_stored_value_is_summed_with_its_tree_and_key),
        cmocka_unit_test(one_changed_bit_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
