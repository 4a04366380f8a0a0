#include "tests/check.h"

#include <string.h>

#include "i18n/text.h"
#include "i18n/unicode.h"

/* xorshift: the same bytes for the same seed on every machine. */
static uint64_t state = 0x5EED5EED0001;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int prepare(void **unused)
{
    (void)unused;
    print_message("seed %llx\n", (unsigned long long)state);
    return text_locale() ? 0 : -1;
}

static void assert_text(struct text got, const char *want)
{
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.data, want, got.len);
}

static void assert_safe(const char *bytes, size_t len, enum text_lines lines, const char *want)
{
    AUTO_BUFFER struct buffer out = { 0 };
    bool changed = text_safe(&out, (struct text){ bytes, len }, lines);

    assert_text(buffer_as_text(&out), want);
    assert_int_equal(changed, len != strlen(want) || memcmp(bytes, want, len) != 0);
}
#define SAFE(literal, want) assert_safe(literal, sizeof(literal) - 1, TEXT_ONE_LINE, want)
#define SAFE_LINES(literal, want)                                                              \
    assert_safe(literal, sizeof(literal) - 1, TEXT_KEEP_LINES, want)

/* UTF-8 */

/* Table 3-7 of the Unicode standard, row by row. */
static bool is_well_formed(const unsigned char *p, size_t len)
{
    static const unsigned char rows[][8] = {
        { 0xC2, 0xDF, 0x80, 0xBF, 0, 0, 0, 0 }, { 0xE0, 0xE0, 0xA0, 0xBF, 1, 0, 0, 0 },
        { 0xE1, 0xEC, 0x80, 0xBF, 1, 0, 0, 0 }, { 0xED, 0xED, 0x80, 0x9F, 1, 0, 0, 0 },
        { 0xEE, 0xEF, 0x80, 0xBF, 1, 0, 0, 0 }, { 0xF0, 0xF0, 0x90, 0xBF, 2, 0, 0, 0 },
        { 0xF1, 0xF3, 0x80, 0xBF, 2, 0, 0, 0 }, { 0xF4, 0xF4, 0x80, 0x8F, 2, 0, 0, 0 },
    };

    if (p[0] < 0x80)
        return len == 1;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (p[0] < rows[i][0] || p[0] > rows[i][1])
            continue;
        if (len != 2U + rows[i][4] || p[1] < rows[i][2] || p[1] > rows[i][3])
            return false;
        for (size_t k = 2; k < len; k++)
            if ((p[k] & 0xC0) != 0x80)
                return false;
        return true;
    }
    return false;
}

static size_t well_formed_start(const unsigned char *p, size_t len)
{
    for (size_t size = 1; size <= 4 && size <= len; size++)
        if (is_well_formed(p, size))
            return size;
    return 0;
}

static void check_decoding(const unsigned char *p, size_t len)
{
    uint32_t point;
    bool valid;
    size_t used = text_decode((const char *)p, len, &point, &valid);
    size_t want = well_formed_start(p, len);
    char again[4];

    if (valid != (want > 0) || used != (want > 0 ? want : 1) || (!valid && point != 0xFFFD))
        fail_here("the decoder and table 3-7 differ");
    if (valid && (text_encode(point, again) != used || memcmp(again, p, used) != 0))
        fail_here("what was decoded does not encode to the same bytes");
}

static void three_bytes_are_read_as_the_standard_says(void **unused)
{
    (void)unused;
    /* Every lead byte with every second byte, and each third and fourth from its borders. */
    static const unsigned char borders[] = { 0x00, 0x7F, 0x80, 0x8F, 0x90,
                                             0x9F, 0xA0, 0xBF, 0xC0, 0xFF };

    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second++)
            for (size_t k = 0; k < sizeof(borders) * sizeof(borders); k++) {
                unsigned char p[] = { (unsigned char)first, (unsigned char)second,
                                      borders[k / sizeof(borders)],
                                      borders[k % sizeof(borders)] };

                check_decoding(p, 4);
                if (k % sizeof(borders) == 0)
                    check_decoding(p, 3);
            }
    for (int i = 0; i < 300000; i++) {
        uint64_t random = next_random();
        unsigned char p[] = { (unsigned char)(random | 0x80), (unsigned char)(random >> 8),
                              (unsigned char)(random >> 16) };

        check_decoding(p, 3);
    }
}

static void bad_bytes_are_never_a_character(void **unused)
{
    (void)unused;
    char out[4];

    assert_int_equal(text_encode(0xD800, out), 0);
    assert_int_equal(text_encode(0x110000, out), 0);
    SAFE("\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD");                 /* overlong */
    SAFE("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* a surrogate */
    SAFE("a\xE6\xB5", "a\xEF\xBF\xBD\xEF\xBF\xBD");               /* cut short */
    SAFE("\xEF\xBF\xBF", "\xEF\xBF\xBD");                         /* a noncharacter */
}

/* Columns */

static void columns_are_those_of_the_c_library(void **unused)
{
    (void)unused;
    assert_int_equal(text_width(TEXT("C-123")), 5);
    assert_int_equal(text_width(TEXT("海關")), 4);
    assert_int_equal(text_width(TEXT("𠮷𨋢㗎")), 6); /* plane 2, as HKSCS has it */
    assert_int_equal(text_width(TEXT("e\xCC\x81")), 1);
    assert_int_equal(text_width(TEXT("葛\xF3\xA0\x84\x80")), 2); /* an ideographic variation */
    assert_int_equal(text_width(TEXT("，。")), 4);
    assert_int_equal(text_width(TEXT("─…")), 2);
    assert_int_equal(text_point_width(0x10FFFF), 1); /* shown as U+FFFD */
    assert_int_equal(text_point_width(0x202E), 0);
}

static void a_character_newer_than_the_c_library_takes_two_columns(void **unused)
{
    (void)unused;
    /* Unassigned in every version yet. */
    assert_int_equal(text_point_width(0x3FFF0), 2);
    SAFE("\xF0\xBF\xBF\xB0", "〓");
}

/* Clusters */

static void an_editor_moves_by_what_the_reader_sees(void **unused)
{
    (void)unused;
    struct text t = TEXT("e\xCC\x81\xCC\xA3葛\xF3\xA0\x84\x80x");

    assert_int_equal(text_cluster(t, 0), 5);
    assert_int_equal(text_cluster(t, 5), 7);
    assert_int_equal(text_cluster(t, 12), 1);
    assert_int_equal(text_cluster(t, 13), 0);
    assert_int_equal(text_cluster_before(t, 13), 1);
    assert_int_equal(text_cluster_before(t, 12), 7);
    assert_int_equal(text_cluster_before(t, 5), 5);
    assert_int_equal(text_cluster_before(t, 0), 0);
    assert_int_equal(text_cluster(TEXT("\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8"), 0),
                     9); /* Korean in its parts */
}

static void a_cell_holds_one_character_that_takes_columns(void **unused)
{
    (void)unused;
    assert_int_equal(text_cluster(TEXT("🇭🇰"), 0), 4);
    assert_int_equal(text_cluster(TEXT("👍🏽"), 0), 4);
    assert_int_equal(text_cluster(TEXT("👨\xE2\x80\x8D👩"), 0), 7); /* with its joiner */
}

static struct text random_text(char *room, size_t size)
{
    static const char *const pieces[] = {
        "a",
        " ",
        "海",
        "關",
        "，",
        "「",
        "𠮷",
        "\xCC\x81",
        "\xE2\x80\x8D",
        "\xE2\x80\xAE",
        "\n",
        "\t",
        "\x1b[31m",
        "\xC2\x9B",
        "\xF3\xA0\x81\x81",
        "🇭🇰",
        "👍🏽",
        "ᄀ",
        "ᅡ",
        "ᆨ",
        "\xFF",
        "\xE6\xB5",
        "का",
        "\xE3\x85\xA4",
        "\xF3\xA0\x84\x80",
        "\xEF\xBF\xBE",
        "",
        "\xCD\x8F",
        "ﷺ",
        "．",
        "7",
    };
    size_t len = 0;

    for (int left = (int)(next_random() % 24); left > 0; left--) {
        uint64_t random = next_random();

        if (random % 5 == 0) {
            if (len + 1 < size)
                room[len++] = (char)(random >> 32);
            continue;
        }
        const char *piece = pieces[(random >> 8) % (sizeof(pieces) / sizeof(*pieces))];

        if (len + strlen(piece) < size) {
            memcpy(room + len, piece, strlen(piece));
            len += strlen(piece);
        }
    }
    return (struct text){ room, len };
}

static void clusters_are_the_same_from_both_ends(void **unused)
{
    (void)unused;
    for (int i = 0; i < 20000; i++) {
        char room[256];
        struct text t = random_text(room, sizeof(room));
        size_t starts[256], count = 0;
        int width = 0;

        for (size_t at = 0; at < t.len;) {
            size_t bytes = text_cluster(t, at);

            assert_true(bytes > 0 && bytes <= t.len - at);
            width += text_cluster_width((struct text){ t.data + at, bytes });
            starts[count++] = at;
            at += bytes;
        }
        assert_int_equal(width, text_width(t));
        for (size_t end = t.len; end > 0;) {
            end -= text_cluster_before(t, end);
            assert_int_equal(end, starts[--count]);
        }
    }
}

/* Clipping, padding */

static void assert_padded(const char *text, int columns, const char *want,
                          const char *want_left)
{
    AUTO_BUFFER struct buffer out = { 0 }, left = { 0 };

    text_pad(&out, text_of(text), columns);
    assert_text(buffer_as_text(&out), want);
    text_pad_left(&left, text_of(text), columns);
    assert_text(buffer_as_text(&left), want_left);
}

static void a_column_is_filled_exactly(void **unused)
{
    (void)unused;
    int used;

    assert_padded("毛重", 6, "毛重  ", "  毛重");
    assert_padded("毛重", 4, "毛重", "毛重");
    assert_padded("證物編號", 7, "證物.. ", " 證物.."); /* never half a character */
    assert_padded("證物編號", 6, "證物..", "證物..");
    assert_padded("Exhibit", 5, "Exh..", "Exh..");
    assert_padded("Exhibit", 2, "..", "..");
    assert_padded("Exhibit", 1, ".", ".");
    assert_padded("Exhibit", 0, "", "");
    assert_padded("", 3, "   ", "   ");
    assert_text(text_clip(TEXT("證物編號"), 5, &used), "證物");
    assert_int_equal(used, 4);
    assert_text(text_clip(TEXT("ae\xCC\x81z"), 2, NULL), "ae\xCC\x81");
    assert_text(text_clip(TEXT("abc"), -1, &used), "");
    assert_int_equal(used, 0);
}

static void no_text_leaves_its_column(void **unused)
{
    (void)unused;
    for (int i = 0; i < 20000; i++) {
        char room[256];
        AUTO_BUFFER struct buffer safe = { 0 }, out = { 0 }, left = { 0 };
        int columns = (int)(next_random() % 30), used;

        text_safe(&safe, random_text(room, sizeof(room)), TEXT_ONE_LINE);
        struct text t = buffer_as_text(&safe);
        struct text start = text_clip(t, columns, &used);

        assert_true(used <= columns);
        assert_int_equal(used, text_width(start));
        assert_true(text_is_utf8(start));
        text_pad(&out, t, columns);
        assert_int_equal(text_width(buffer_as_text(&out)), columns);
        text_pad_left(&left, t, columns);
        assert_int_equal(text_width(buffer_as_text(&left)), columns);
    }
}

/* Wrapping */

static void assert_lines(const char *text, int columns, const char *want)
{
    AUTO_BUFFER struct buffer got = { 0 };
    struct text rest = text_of(text), line;

    while (text_wrap(&rest, columns, &line)) {
        buffer_text(&got, line);
        buffer_byte(&got, '|');
    }
    assert_text(buffer_as_text(&got), want);
}

static void lines_break_where_readers_expect_it(void **unused)
{
    (void)unused;
    assert_lines("The store refused it", 10, "The store|refused it|");
    assert_lines("海關人員檢取證物", 10, "海關人員檢|取證物|");
    assert_lines("海關人員檢，取證物", 10,
                 "海關人員|檢，取證物|"); /* no comma at the start of a line */
    assert_lines("海關人員「檢取」", 10, "海關人員|「檢取」|"); /* no open bracket at the end */
    assert_lines("abcdefghijkl", 5, "abcde|fghij|kl|");
    assert_lines("one\n\ntwo\n", 10, "one||two|");
    assert_lines("one     two", 4, "one|two|");
    assert_lines("檢獲Cannabis花", 6, "檢獲|Cannab|is花|");
    assert_lines("」」」」", 4, "」」|」」|");
    assert_lines("海關", 1, "海|關|"); /* too narrow for any, and it still ends */
    assert_lines("", 10, "");
}

static void wrapping_loses_nothing_but_spaces(void **unused)
{
    (void)unused;
    for (int i = 0; i < 20000; i++) {
        char room[256];
        AUTO_BUFFER struct buffer safe = { 0 };
        int columns = 2 + (int)(next_random() % 20);

        text_safe(&safe, random_text(room, sizeof(room)), TEXT_KEEP_LINES);
        struct text whole = buffer_as_text(&safe), rest = whole, line;
        const char *at = rest.data;

        while (text_wrap(&rest, columns, &line)) {
            assert_true(text_width(line) <= columns);
            for (; at < line.data; at++)
                assert_true(*at == ' ' || *at == '\n');
            at = line.data + line.len;
        }
        for (; at < whole.data + whole.len; at++)
            assert_true(*at == ' ' || *at == '\n');
    }
}

/* The gate */

static void hostile_text_is_shown_harmless(void **unused)
{
    (void)unused;
    SAFE("plain 海關", "plain 海關");
    SAFE("\x1b[2J", "\xEF\xBF\xBD[2J");
    SAFE("\x1b]52;c;eA==\x07", "\xEF\xBF\xBD]52;c;eA==\xEF\xBF\xBD");
    SAFE("\xC2\x9B"
         "31m",
         "\xEF\xBF\xBD"
         "31m"); /* the eight-bit CSI */
    SAFE("a\x7F", "a\xEF\xBF\xBD");
    SAFE("user\xE2\x80\xAEgpj.exe", "usergpj.exe"); /* right-to-left override */
    SAFE("a\xE2\x81\xA6"
         "b\xE2\x81\xA9",
         "ab");                                       /* isolates */
    SAFE("pay\xE2\x80\x8Bpal\xEF\xBB\xBF", "paypal"); /* zero width */
    SAFE("x\xF3\xA0\x80\x81\xF3\xA0\x81\x81", "x");   /* tags */
    SAFE("a\xE3\x85\xA4", "a"); /* Hangul filler: a blank that is a letter */
    SAFE("葛\xF3\xA0\x84\x80", "葛");
    SAFE("a\0b", "a\xEF\xBF\xBD"
                 "b");
}

static void lines_are_kept_only_where_they_are_wanted(void **unused)
{
    (void)unused;
    SAFE("a\nb\tc", "a b c");
    SAFE("a\r\nb", "a b");
    SAFE("a\rb", "a b");
    SAFE("a\xE2\x80\xA8"
         "b",
         "a b");
    SAFE_LINES("a\nb\tc", "a\nb c");
    SAFE_LINES("a\r\nb", "a\nb");
    SAFE_LINES("a\xE2\x80\xA8"
               "b",
               "a\nb");
}

static void a_storm_of_marks_stays_in_its_place(void **unused)
{
    (void)unused;
    AUTO_BUFFER struct buffer storm = { 0 }, out = { 0 };

    buffer_byte(&storm, 'a');
    for (int i = 0; i < 10000; i++)
        buffer_string(&storm, "\xCC\x81");
    assert_true(text_safe(&out, buffer_as_text(&storm), TEXT_ONE_LINE));
    assert_int_equal(out.len, 1 + 8 * 2);
    assert_int_equal(text_width(buffer_as_text(&out)), 1);
    /* A mark without a base would settle on the frame to the left of it. */
    SAFE("\xCC\x81"
         "a",
         "\xEF\xBF\xBD"
         "a");
    SAFE_LINES("a\n\xCC\x81", "a\n\xEF\xBF\xBD");
}

static void check_gate(struct text t, enum text_lines lines)
{
    AUTO_BUFFER struct buffer out = { 0 }, again = { 0 };

    text_safe(&out, t, lines);
    struct text safe = buffer_as_text(&out);

    assert_true(text_is_utf8(safe));
    for (size_t at = 0; at < safe.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(safe.data + at, safe.len - at, &point, &valid);
        enum unicode_class class = unicode_class(point);

        if (point == '\n' && lines == TEXT_KEEP_LINES)
            continue;
        if (class == UNICODE_CONTROL || class == UNICODE_FORMAT || class == UNICODE_LINE ||
            class == UNICODE_UNASSIGNED || class == UNICODE_NO_CHARACTER ||
            unicode_ignorable(point)) {
            print_error("U+%04X passed the gate\n", point);
            fail_here("the gate let something pass");
        }
    }
    for (size_t at = 0; at < safe.len; at += text_cluster(safe, at))
        assert_true(text_cluster(safe, at) <= 4 + 8 * 4);
    assert_false(text_safe(&again, safe, lines));
    assert_int_equal(again.len, out.len);
}

static void whatever_comes_in_nothing_hidden_goes_out(void **unused)
{
    (void)unused;
    for (int i = 0; i < 20000; i++) {
        char room[256];

        check_gate(random_text(room, sizeof(room)), i % 2 ? TEXT_ONE_LINE : TEXT_KEEP_LINES);
        for (size_t k = 0; k < 64; k++)
            room[k] = (char)next_random();
        check_gate((struct text){ room, 64 }, i % 2 ? TEXT_ONE_LINE : TEXT_KEEP_LINES);
    }
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        char bytes[5] = { 'a' };
        size_t len = 1 + text_encode(point, bytes + 1);

        check_gate((struct text){ bytes, len }, TEXT_ONE_LINE);
    }
}

/* Fields */

static void a_field_keeps_honest_text_and_refuses_hidden_characters(void **unused)
{
    (void)unused;
    assert_true(
        text_acceptable(TEXT("葛\xF3\xA0\x84\x80 𠮷 e\xCC\x81 👨\xE2\x80\x8D👩"), TEXT_ONE_LINE));
    assert_true(text_acceptable(TEXT(""), TEXT_ONE_LINE));
    assert_true(text_acceptable(TEXT("a\nb"), TEXT_KEEP_LINES));
    assert_false(text_acceptable(TEXT("a\nb"), TEXT_ONE_LINE));
    assert_false(text_acceptable(TEXT("a\tb"), TEXT_KEEP_LINES));
    assert_false(text_acceptable(TEXT("a\x1b[m"), TEXT_ONE_LINE));
    assert_false(text_acceptable(TEXT("a\xE2\x80\xAE"), TEXT_ONE_LINE));
    assert_false(text_acceptable(TEXT("a\xE2\x80\x8B"), TEXT_ONE_LINE));
    assert_false(text_acceptable(TEXT("a\xF3\xA0\x81\x81"), TEXT_ONE_LINE));
    assert_false(text_acceptable(TEXT("a\xFF"), TEXT_ONE_LINE));
    assert_false(text_acceptable(TEXT("a\xE3\x85\xA4"), TEXT_ONE_LINE));
}

static void full_width_typing_works_in_code_fields(void **unused)
{
    (void)unused;
    AUTO_BUFFER struct buffer out = { 0 };

    text_to_halfwidth(&out, TEXT("Ｃ－１２３　／ｑ 海～"));
    assert_text(buffer_as_text(&out), "C-123 /q 海~");
}

static void text_from_an_arena_is_safe_and_absent_stays_absent(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();

    assert_text(text_safe_in(arena,
                             TEXT("a\x1b"
                                  "b"),
                             TEXT_ONE_LINE),
                "a\xEF\xBF\xBD"
                "b");
    assert_true(text_present(text_safe_in(arena, TEXT(""), TEXT_ONE_LINE)));
    assert_false(text_present(text_safe_in(arena, (struct text){ 0 }, TEXT_ONE_LINE)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_bytes_are_read_as_the_standard_says),
        cmocka_unit_test(bad_bytes_are_never_a_character),
        cmocka_unit_test(columns_are_those_of_the_c_library),
        cmocka_unit_test(a_character_newer_than_the_c_library_takes_two_columns),
        cmocka_unit_test(an_editor_moves_by_what_the_reader_sees),
        cmocka_unit_test(a_cell_holds_one_character_that_takes_columns),
        cmocka_unit_test(clusters_are_the_same_from_both_ends),
        cmocka_unit_test(a_column_is_filled_exactly),
        cmocka_unit_test(no_text_leaves_its_column),
        cmocka_unit_test(lines_break_where_readers_expect_it),
        cmocka_unit_test(wrapping_loses_nothing_but_spaces),
        cmocka_unit_test(hostile_text_is_shown_harmless),
        cmocka_unit_test(lines_are_kept_only_where_they_are_wanted),
        cmocka_unit_test(a_storm_of_marks_stays_in_its_place),
        cmocka_unit_test(whatever_comes_in_nothing_hidden_goes_out),
        cmocka_unit_test(a_field_keeps_honest_text_and_refuses_hidden_characters),
        cmocka_unit_test(full_width_typing_works_in_code_fields),
        cmocka_unit_test(text_from_an_arena_is_safe_and_absent_stays_absent),
    };

    return cmocka_run_group_tests(tests, prepare, NULL);
}
