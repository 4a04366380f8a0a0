#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "i18n/catalog.h"

static uint64_t state = 0xCA7A106;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void put_number(struct buffer *image, uint32_t number, bool big_endian)
{
    for (int i = 0; i < 4; i++)
        buffer_byte(image, (uint8_t)(number >> 8 * (big_endian ? 3 - i : i)));
}

/* A catalogue as msgfmt lays it out: head, rows of ids, rows of texts, the strings. */
static void make_image(struct buffer *image, bool big_endian)
{
    static const char *const strings[] = {
        "", "No", "Untranslated", "Yes", "Language: zh_HK\n", "否", "", "是"
    };
    enum { COUNT = 4 };
    uint32_t offset = 28 + 2 * COUNT * 8;

    put_number(image, 0x950412DE, big_endian);
    put_number(image, 0, big_endian);
    put_number(image, COUNT, big_endian);
    put_number(image, 28, big_endian);
    put_number(image, 28 + COUNT * 8, big_endian);
    put_number(image, 0, big_endian);
    put_number(image, 0, big_endian);
    for (size_t i = 0; i < 2 * COUNT; i++) {
        put_number(image, (uint32_t)strlen(strings[i]), big_endian);
        put_number(image, offset, big_endian);
        offset += (uint32_t)strlen(strings[i]) + 1;
    }
    for (size_t i = 0; i < 2 * COUNT; i++)
        buffer_put(image, strings[i], strlen(strings[i]) + 1);
}

static void the_program_holds_its_chinese_sentences(void **unused)
{
    (void)unused;
    const char *chinese =
        catalog_find("This computer knows no character set called \"%s\". Try "
                     "BIG5-HKSCS, BIG5, GB18030 or UTF-8.");

    assert_non_null(chinese);
    assert_string_equal(
        chinese, "本電腦沒有名為「%s」的字元集。請改用BIG5-HKSCS、BIG5、GB18030或UTF-8。");
    assert_null(catalog_find("No one ever wrote this sentence."));
    assert_null(catalog_find(""));
}

static void both_byte_orders_are_read(void **unused)
{
    (void)unused;
    for (int big_endian = 0; big_endian < 2; big_endian++) {
        AUTO_BUFFER struct buffer image = { 0 };

        make_image(&image, big_endian);
        assert_string_equal(catalog_find_in(buffer_bytes(&image), "Yes"), "是");
        assert_string_equal(catalog_find_in(buffer_bytes(&image), "No"), "否");
        assert_null(catalog_find_in(buffer_bytes(&image), "Maybe"));
        assert_null(catalog_find_in(buffer_bytes(&image), "Untranslated"));
        assert_null(catalog_find_in(buffer_bytes(&image), ""));
    }
}

static void look_up(struct bytes image)
{
    static const char *const ids[] = { "Yes", "No", "Untranslated", "Maybe", "A" };

    /* An exact copy, so that a byte read beyond it is seen by the sanitizer. */
    uint8_t *exact = memory_new(image.len > 0 ? image.len : 1);

    memcpy(exact, image.data, image.len);
    for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
        const char *found = catalog_find_in((struct bytes){ exact, image.len }, ids[i]);

        if (found) {
            const uint8_t *at = (const uint8_t *)found;

            assert_true(at >= exact && at < exact + image.len);
            assert_non_null(memchr(at, 0, (size_t)(exact + image.len - at)));
        }
    }
    free(exact);
}

static void a_damaged_catalogue_finds_nothing_and_harms_nothing(void **unused)
{
    (void)unused;
    AUTO_BUFFER struct buffer image = { 0 };

    print_message("seed %llx\n", (unsigned long long)state);
    make_image(&image, false);
    for (size_t len = 0; len <= image.len; len++)
        look_up((struct bytes){ image.data, len });
    for (int i = 0; i < 20000; i++) {
        AUTO_BUFFER struct buffer damaged = { 0 };

        buffer_put(&damaged, image.data, image.len);
        for (int k = (int)(next_random() % 4); k >= 0; k--)
            damaged.data[next_random() % damaged.len] = (uint8_t)(next_random() >> 16);
        look_up(buffer_bytes(&damaged));
    }
    image.data[0] = 0;
    assert_null(catalog_find_in(buffer_bytes(&image), "Yes"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_holds_its_chinese_sentences),
        cmocka_unit_test(both_byte_orders_are_read),
        cmocka_unit_test(a_damaged_catalogue_finds_nothing_and_harms_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
