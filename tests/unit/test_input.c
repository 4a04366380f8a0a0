#include "tests/check.h"

#include <string.h>
#include <time.h>

#include "i18n/text.h"
#include "tui/screen/input.h"

/* All keys of the bytes by name, each in brackets. */
static void name_keys(struct buffer *out, struct input *input, bool over)
{
    struct key key;

    while (input_next(input, &key, over)) {
        char name[16];

        key_text(name, &key);
        buffer_printf(out, "[%s", name);
        if (key.code == TKEY_PASTE)
            buffer_printf(out, ":%.*s", (int)key.paste.len, key.paste.data);
        if (key.code == TKEY_MOUSE)
            buffer_printf(out, ":%d:%d:%d", key.button, key.row, key.column);
        buffer_byte(out, ']');
    }
}

/* The same at once, byte by byte, and cut in two at every place. */
static void assert_keys(const char *bytes, size_t size, const char *expected)
{
    for (size_t cut = 0; cut <= size; cut++) {
        AUTO_BUFFER struct buffer names = { 0 };
        struct input *input = input_new();

        if (cut == 0) {
            for (size_t i = 0; i < size; i++) {
                input_feed(input, bytes + i, 1);
                name_keys(&names, input, false);
            }
        } else {
            input_feed(input, bytes, cut);
            name_keys(&names, input, false);
            input_feed(input, bytes + cut, size - cut);
        }
        name_keys(&names, input, false);
        name_keys(&names, input, true);
        assert_int_equal(input_open(input), INPUT_COMPLETE);
        buffer_byte(&names, 0);
        assert_string_equal((const char *)names.data, expected);
        input_free(input);
    }
}

static void every_terminal_s_way_of_sending_a_key_is_known(void **state)
{
    static const struct {
        const char *bytes;
        const char *keys;
    } ways[] = {
        { "\x1bOP\x1b[11~\x1b[[A\x1b[P", "[F1][F1][F1][F1]" },
        { "\x1bOQ\x1b[12~\x1b[[B", "[F2][F2][F2]" },
        { "\x1bOS\x1b[14~\x1b[[D", "[F4][F4][F4]" },
        { "\x1b[15~\x1b[[E\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~",
          "[F5][F5][F6][F7][F8][F9][F10][F11][F12]" },
        { "\x1b\x31\x1b\x39\x1b\x30", "[F1][F9][F10]" },
        { "\x1b[A\x1bOB\x1b[C\x1bOD\x1b[a\x1bOb", "[Up][Down][Right][Left][Up][Down]" },
        { "\x1b[1;5C\x1b[1;2A", "[Right][Up]" },
        { "\x1b[H\x1b[1~\x1b[7~\x1bOH", "[Home][Home][Home][Home]" },
        { "\x1b[F\x1b[4~\x1b[8~\x1bOF", "[End][End][End][End]" },
        { "\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1b[Z", "[Insert][Delete][PgUp][PgDn][Shift+Tab]" },
        { "\n\r\t\b\x7f\x13\x11\x1a",
          "[Enter][Enter][Tab][Backspace][Backspace][Ctrl+S][Ctrl+Q][Ctrl+Z]" },
        { "\x1bOM\x1bOp\x1bOy\x1bOn\x1bOk\x1bOX",
          "[Enter][0][9][.][+][F9]" }, /* PuTTY's number pad */
        { "\x1d]C1", "[Scan][]][C][1]" },
        { "海𠮷a", "[海][𠮷][a]" },
        { "\x1b[<0;11;5M\x1b[<0;11;5m\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<2;1;1M\x1b[<32;1;1M",
          "[Mouse:1:4:10][Mouse:4:0:0][Mouse:5:0:0]" },
        { "\x1b[M !!\x1b[M#!!\x1b[M`!\"", "[Mouse:1:0:0][Mouse:4:1:0]" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        assert_keys(ways[i].bytes, strlen(ways[i].bytes), ways[i].keys);
}

static void keys_that_mean_nothing_here_do_nothing(void **state)
{
    static const char *const bytes[] = {
        "\x1b[1;2P",  /* Shift+F1 */
        "\x1b[19;2~", /* Shift+F8 must not be F8 */
        "\x1b[19^",   /* the same on rxvt */
        "\x1bO2S",
        "\x1b[34~",
        "\x1b[I",
        "\x1b[O",
        "\x1b[?62;22c",
        "\x1b[>0;276c",
        "\x1b[1;1R",
        "\x1b[27;5;9~",
        "\x1b[201~",
        "\x1b[99999999999999999999~",
        "\x1b[1;2;3;4;5;6;7;8;9u",
        "\xC2\x80\xC2\x9B", /* C1 controls */
    };

    (void)state;
    for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++)
        assert_keys(bytes[i], strlen(bytes[i]), "");
}

static void escape_alone_comes_when_its_time_is_over(void **state)
{
    struct input *input = input_new();
    struct key key;

    (void)state;
    input_feed(input, "\x1b", 1);
    assert_false(input_next(input, &key, false));
    assert_int_equal(input_open(input), INPUT_ESCAPE);
    assert_true(input_next(input, &key, true));
    assert_int_equal(key.code, TKEY_ESCAPE);
    assert_int_equal(input_open(input), INPUT_COMPLETE);
    input_feed(input, "\x1b[", 2);
    assert_false(input_next(input, &key, false));
    assert_int_equal(input_open(input), INPUT_SEQUENCE);
    assert_true(input_next(input, &key, true));
    assert_int_equal(key.code, TKEY_ESCAPE);
    assert_true(input_next(input, &key, true));
    assert_int_equal(key.point, '[');
    input_free(input);
}

static void escape_and_a_key_typed_ahead_are_two_keys(void **state)
{
    (void)state;
    assert_keys("\x1bj", 2, "[Esc][j]");
    assert_keys("\x1b\x1b[A", 4, "[Esc][Up]");
    assert_keys("\x1b\r", 2, "[Esc][Enter]");
    assert_keys("\x1b海", 4, "[Esc][海]");
}

static void bytes_that_are_no_text_are_shown_as_such(void **state)
{
    (void)state;
    assert_keys("a\xE6z", 3, "[a][\xEF\xBF\xBD][z]");
    assert_keys("\xFF\x80", 2, "[\xEF\xBF\xBD][\xEF\xBF\xBD]");
    assert_keys("\xED\xA0\x80x", 4, "[\xEF\xBF\xBD][\xEF\xBF\xBD][\xEF\xBF\xBD][x]");
}

static void a_paste_is_one_key_without_controls(void **state)
{
    static const char paste[] =
        "x\x1b[200~one\r\ntwo\rthree\nt\tab\x1b[31m\x07\xC2\x9B海\x1b[201~y";

    (void)state;
    assert_keys(paste, sizeof paste - 1, "[x][Paste:one\ntwo\nthree\nt\tab[31m海][y]");
    assert_keys("\x1b[200~\x1b[201~", 12, "[Paste:]");
    assert_keys("\x1b[200~\x1b[201\x1b[201~", 17, "[Paste:[201]");
}

static void a_paste_is_cut_at_its_limit(void **state)
{
    struct input *input = input_new();
    struct key key;
    char piece[4096];

    (void)state;
    memset(piece, 'p', sizeof piece);
    input_feed(input, "\x1b[200~", 6);
    for (int i = 0; i < 300; i++) {
        input_feed(input, piece, sizeof piece);
        assert_false(input_next(input, &key, true));
        assert_int_equal(input_open(input), INPUT_UNENDED);
    }
    input_feed(input, "\x1b[201~", 6);
    assert_true(input_next(input, &key, false));
    assert_int_equal(key.code, TKEY_PASTE);
    assert_int_equal(key.paste.len, PASTE_LIMIT);
    input_free(input);
}

static void the_answer_of_the_terminal_is_no_key(void **state)
{
    struct input *input = input_new();
    struct key key;

    (void)state;
    input_feed(input, "a\x1b[1;3R", 7);
    assert_true(input_next(input, &key, false));
    assert_int_equal(input_reported_column(input), 0);
    assert_false(input_next(input, &key, false));
    assert_int_equal(input_reported_column(input), 3);
    assert_int_equal(input_reported_column(input), 0);
    input_free(input);
}

/* Whatever a line sends, reading goes on and ends. */
static void all_keys(const char *bytes, const char *expected)
{
    AUTO_BUFFER struct buffer names = { 0 };
    struct input *input = input_new();

    input_feed(input, bytes, strlen(bytes));
    name_keys(&names, input, true);
    buffer_byte(&names, 0);
    assert_string_equal((const char *)names.data, expected);
    input_free(input);
}

static void a_scanner_s_prefix_is_a_key_and_its_end_one_enter(void **state)
{
    (void)state;
    assert_keys("\x1d"
                "E1\r\n",
                6, "[Scan][E][1][Enter]");
    all_keys("]C1E-2\r", "[Scan][E][-][2][Enter]");
    all_keys("]Q3E\r\nx\n", "[Scan][E][Enter][x][Enter]");
    all_keys("]C1", "[]][C][1]"); /* typed, or broken off */
    all_keys("a[1]C1 x", "[a][[][1][]][C][1][Space][x]");
}

static void noise_on_the_line_does_no_harm(void **state)
{
    unsigned seed = (unsigned)time(NULL);
    struct input *input = input_new();
    static const char likely[] = "\x1b\x1b[[O;<M~$0129aAR\xE6\xB5";

    (void)state;
    print_message("# seed %u\n", seed);
    for (int round = 0; round < 20000; round++) {
        struct key key;
        uint8_t bytes[8];

        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = seed >> 31 ? (uint8_t)likely[(seed >> 8) % (sizeof likely - 1)]
                                  : (uint8_t)(seed >> 16);
        }
        input_feed(input, bytes, sizeof bytes);
        while (input_next(input, &key, false)) {
            assert_true(key.code > TKEY_NONE && key.code <= TKEY_CTRL_Z);
            assert_true(key.code != TKEY_CHARACTER || key.point >= 0x20);
        }
    }
    input_free(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_terminal_s_way_of_sending_a_key_is_known),
        cmocka_unit_test(keys_that_mean_nothing_here_do_nothing),
        cmocka_unit_test(escape_alone_comes_when_its_time_is_over),
        cmocka_unit_test(escape_and_a_key_typed_ahead_are_two_keys),
        cmocka_unit_test(bytes_that_are_no_text_are_shown_as_such),
        cmocka_unit_test(a_paste_is_one_key_without_controls),
        cmocka_unit_test(a_paste_is_cut_at_its_limit),
        cmocka_unit_test(the_answer_of_the_terminal_is_no_key),
        cmocka_unit_test(a_scanner_s_prefix_is_a_key_and_its_end_one_enter),
        cmocka_unit_test(noise_on_the_line_does_no_harm),
    };

    text_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
