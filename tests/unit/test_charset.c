#include "tests/check.h"

#include <string.h>

#include "i18n/charset.h"
#include "i18n/sentence.h"
#include "i18n/text.h"

static void assert_bytes(const struct buffer *got, const char *want)
{
    assert_int_equal(got->len, strlen(want));
    assert_memory_equal(got->data ? (const char *)got->data : "", want, got->len);
}

static struct charset_report assert_read(const char *in, const char *charset, const char *want)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct charset_report report;

    assert_int_equal(charset_read(&out, (struct bytes){ (const uint8_t *)in, strlen(in) },
                                  charset, &report),
                     ERR_OK);
    assert_bytes(&out, want);
    return report;
}

static struct charset_report assert_written(const char *in, const char *charset,
                                            const char *want)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct charset_report report;

    assert_int_equal(charset_write(&out, text_of(in), charset, &report), ERR_OK);
    assert_bytes(&out, want);
    return report;
}

static size_t count_points(struct text t, bool *beyond_bmp)
{
    size_t count = 0;

    for (size_t at = 0; at < t.len; count++) {
        uint32_t point;
        bool valid;

        at += text_decode(t.data + at, t.len - at, &point, &valid);
        *beyond_bmp |= point > 0xFFFF;
    }
    return count;
}

struct table {
    size_t pairs;
    size_t doubles; /* pairs that give two code points */
    size_t private_use;
    size_t beyond_bmp;
};

static struct table read_table(const char *charset)
{
    struct table table = { 0 };

    for (unsigned first = 0x81; first <= 0xFE; first++) {
        for (unsigned second = 0x40; second <= 0xFE; second++) {
            AUTO_BUFFER struct buffer out = { 0 };
            uint8_t pair[] = { (uint8_t)first, (uint8_t)second };
            struct charset_report report;
            bool beyond_bmp = false;

            assert_int_equal(charset_read(&out, (struct bytes){ pair, 2 }, charset, &report),
                             ERR_OK);
            if (report.losses > 0 || second == 0x7F)
                continue;
            size_t points = count_points(buffer_as_text(&out), &beyond_bmp);

            /* A pair whose first byte is a character by itself is no pair. */
            if (points == 2 && out.data[out.len - 1] < 0x80)
                continue;
            table.pairs++;
            table.doubles += points == 2;
            table.private_use += report.private_use > 0;
            table.beyond_bmp += beyond_bmp;
        }
    }
    return table;
}

/* Which table iconv brings depends on the system; these are those that the program was made for. */
static void the_tables_of_big5_are_the_ones_we_know(void **unused)
{
    (void)unused;
    struct table big5 = read_table("BIG5");

    assert_int_equal(big5.pairs, 13911);
    assert_int_equal(big5.doubles, 0);
    assert_int_equal(big5.private_use, 408);
    assert_int_equal(big5.beyond_bmp, 0);
}

static void the_table_of_hong_kong_is_the_one_we_know(void **unused)
{
    (void)unused;
    struct table hkscs = read_table("BIG5-HKSCS");

    assert_int_equal(hkscs.pairs, 18463);
    assert_int_equal(hkscs.doubles, 4);
    assert_int_equal(hkscs.private_use, 0);
    assert_int_equal(hkscs.beyond_bmp, 1713);
}

static void hong_kong_characters_survive_the_way_there_and_back(void **unused)
{
    (void)unused;
    AUTO_BUFFER struct buffer out = { 0 };
    struct charset_report report;
    struct text t = TEXT("旺角㗎嘅𨋢堃，功許蓋");

    assert_int_equal(charset_write(&out, t, "BIG5-HKSCS", &report), ERR_OK);
    assert_int_equal(report.losses, 0);
    assert_int_equal(report.characters, 10);
    buffer_byte(&out, 0);
    report = assert_read((const char *)out.data, "BIG5-HKSCS", "旺角㗎嘅𨋢堃，功許蓋");
    assert_int_equal(report.losses, 0);
    assert_int_equal(report.characters, 10);
}

static void a_character_that_is_held_back_is_not_lost_at_the_end(void **unused)
{
    (void)unused;
    /* 8866 is Ê, which waits whether a mark follows; 8862 is Ê with a macron. */
    assert_read("\x88\x66", "BIG5-HKSCS", "Ê");
    assert_read("\x88\x62", "BIG5-HKSCS", "Ê\xCC\x84");
    assert_written("Ê", "BIG5-HKSCS", "\x88\x66");
    assert_written("Ê😀", "BIG5-HKSCS", "\x88\x66?");
}

static void what_the_target_lacks_is_counted_and_named(void **unused)
{
    (void)unused;
    struct charset_report report =
        assert_written("證物😀乙㗎", "BIG5", "\xC3\xD2\xAA\xAB?\xA4\x41?");

    assert_int_equal(report.losses, 2);
    assert_int_equal(report.first[0].offset, 6);
    assert_int_equal(report.first[0].point, 0x1F600);
    assert_int_equal(report.first[1].offset, 13);
    assert_int_equal(report.first[1].point, 0x35CE);
    /* Tags are dropped in silence by the C library; not by us. */
    report = assert_written("a\xF3\xA0\x81\x81"
                            "b",
                            "BIG5", "a?b");
    assert_int_equal(report.losses, 1);
    assert_int_equal(report.first[0].offset, 1);
    assert_int_equal(report.first[0].point, 0xE0041);
    report = assert_written("a\xF3\xA0\x81\x81"
                            "b",
                            "UTF-8",
                            "a\xF3\xA0\x81\x81"
                            "b");
    assert_int_equal(report.losses, 0);
    report = assert_written("a\xFF"
                            "b",
                            "BIG5", "a?b");
    assert_int_equal(report.losses, 1);
}

static void what_cannot_be_read_is_marked_and_the_line_goes_on(void **unused)
{
    (void)unused;
    struct charset_report report =
        assert_read("\xAA\xAB\xA3\xE1\xAA\xAB,\xFF,\xAA", "BIG5-HKSCS",
                    "物\xEF\xBF\xBD物,\xEF\xBF\xBD,\xEF\xBF\xBD");

    assert_int_equal(report.losses, 3);
    assert_int_equal(report.first[0].offset, 2);
    assert_int_equal(report.first[0].point, 0);
    assert_int_equal(report.first[1].offset, 7);
    assert_int_equal(report.first[2].offset, 9);
}

static void points_beyond_unicode_are_no_characters(void **unused)
{
    (void)unused;
    /* The C library's iconv reads and writes them. */
    struct charset_report report =
        assert_read("a\xF4\x90\x80\x80", "UTF-8",
                    "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");

    assert_int_equal(report.losses, 4);
    assert_int_equal(report.first[0].offset, 1);
    report = assert_written("a\xF4\x90\x80\x80", "UTF-8", "a????");
    assert_int_equal(report.losses, 4);
}

static void a_wrong_table_shows_in_the_count_of_private_use(void **unused)
{
    (void)unused;
    struct charset_report report = assert_read("\xC6\xE8", "BIG5", "\xEF\x9B\xB8");

    assert_int_equal(report.private_use, 1);
}

static void many_losses_are_counted_and_the_first_are_kept(void **unused)
{
    (void)unused;
    AUTO_BUFFER struct buffer in = { 0 }, out = { 0 };
    struct charset_report report;

    for (int i = 0; i < 5000; i++)
        buffer_string(&in, "😀");
    assert_int_equal(charset_write(&out, buffer_as_text(&in), "BIG5", &report), ERR_OK);
    assert_int_equal(report.losses, 5000);
    assert_int_equal(report.first[15].offset, 60);
    assert_int_equal(out.len, 5000);
}

static void mainland_files_are_read_and_written(void **unused)
{
    (void)unused;
    assert_read("", "GB18030", "");
    assert_read("\xBA\xA3\xB9\xD8", "GB18030", "海关");
    assert_written("海关𠮷", "GB18030", "\xBA\xA3\xB9\xD8\x95\x34\xB2\x35");
}

static void an_unknown_character_set_is_refused_and_no_suffix_hides_losses(void **unused)
{
    (void)unused;
    static const char *const names[] = { "BIG5//TRANSLIT", "BIG5//IGNORE", "no-such-set", "",
                                         "a b" };
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };
    struct charset_report report;

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        assert_int_equal(charset_read(&out, (struct bytes){ 0 }, names[i], &report),
                         ERR_INVALID);
        assert_int_equal(charset_write(&out, TEXT("a"), names[i], &report), ERR_INVALID);
    }
    charset_write(&out, TEXT("a"), "EBCDIC-海", &report);
    assert_non_null(strstr(failure_sentence(arena, LANGUAGE_ZH).data, "「EBCDIC-海」"));
    assert_int_equal(out.len, 0);
}

static void any_bytes_are_read_as_text_and_every_loss_has_its_place(void **unused)
{
    (void)unused;
    static const char *const charsets[] = { "BIG5", "BIG5-HKSCS", "GB18030", "UTF-8",
                                            "UTF-16" };
    uint64_t state = 0xB165;

    print_message("seed %llx\n", (unsigned long long)state);
    for (int i = 0; i < 5000; i++) {
        AUTO_BUFFER struct buffer out = { 0 }, back = { 0 };
        const char *charset = charsets[i % 5];
        uint8_t bytes[40];
        struct charset_report report;

        for (size_t k = 0; k < sizeof(bytes); k++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            bytes[k] = (uint8_t)(state >> 24);
        }
        charset_read(&out, (struct bytes){ bytes, sizeof(bytes) }, charset, &report);
        assert_true(text_is_utf8(buffer_as_text(&out)));
        for (size_t k = 0; k < report.losses && k < 16; k++)
            assert_true(report.first[k].offset < sizeof(bytes) &&
                        (k == 0 || report.first[k - 1].offset < report.first[k].offset));
        charset_write(&back, (struct text){ (char *)bytes, sizeof(bytes) }, charset, &report);
        assert_true(report.losses <= sizeof(bytes));
    }
}

static int prepare(void **unused)
{
    (void)unused;
    return text_locale() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_of_big5_are_the_ones_we_know),
        cmocka_unit_test(the_table_of_hong_kong_is_the_one_we_know),
        cmocka_unit_test(hong_kong_characters_survive_the_way_there_and_back),
        cmocka_unit_test(a_character_that_is_held_back_is_not_lost_at_the_end),
        cmocka_unit_test(what_the_target_lacks_is_counted_and_named),
        cmocka_unit_test(what_cannot_be_read_is_marked_and_the_line_goes_on),
        cmocka_unit_test(points_beyond_unicode_are_no_characters),
        cmocka_unit_test(a_wrong_table_shows_in_the_count_of_private_use),
        cmocka_unit_test(many_losses_are_counted_and_the_first_are_kept),
        cmocka_unit_test(mainland_files_are_read_and_written),
        cmocka_unit_test(any_bytes_are_read_as_text_and_every_loss_has_its_place),
        cmocka_unit_test(an_unknown_character_set_is_refused_and_no_suffix_hides_losses),
    };

    return cmocka_run_group_tests(tests, prepare, NULL);
}
