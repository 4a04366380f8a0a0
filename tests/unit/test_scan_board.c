/* The board that a scanner writes on: what was scanned, how it is heard and counted, and what is left when one is undone. */
#include "tests/check.h"

#include <stdio.h>
#include <string.h>

#include "i18n/text.h"
#include "tui/widget/scan_board.h"

enum { GOOD, AGAIN, SAID, TONES };
static const struct scan_tone tones[TONES] = {
    [GOOD] = { L("OK", "完成"), ROLE_GOOD, true, 0 },
    [AGAIN] = { L("Twice", "重複"), ROLE_WARNING, true, 2 },
    [SAID] = { L("Ready", "就緒"), ROLE_NORMAL, false, 0 },
};

static struct scan_board board;
static int bells;

static int begin(void **state)
{
    (void)state;
    bells = 0;
    scan_board_init(&board, tones, TONES, &bells);
    return 0;
}

static int end(void **state)
{
    (void)state;
    scan_board_free(&board);
    return 0;
}

static enum scan_board_key type(const char *string)
{
    enum scan_board_key last = SCAN_KEY_OTHER;
    struct text t = text_of(string);

    while (t.len > 0) {
        struct key key = { .code = TKEY_CHARACTER };
        bool valid;
        size_t len = text_decode(t.data, t.len, &key.point, &valid);

        last = scan_board_key(&board, &key);
        t.data += len;
        t.len -= len;
    }
    return last;
}

static void scanned_as(const char *typed, const char *code)
{
    AUTO_ARENA struct arena *arena = arena_new();

    type(typed);
    assert_int_equal(scan_board_key(&board, &(struct key){ .code = TKEY_ENTER }),
                     SCAN_KEY_CODE);
    assert_string_equal(arena_string(arena, scan_board_code(&board, arena)), code);
    assert_int_equal(editor_text(&board.field).len, 0);
}

static void a_code_comes_without_what_the_scanner_adds(void **state)
{
    (void)state;
    scanned_as("E-12", "E-12");
    scanned_as("]C1E-12", "E-12");
    scanned_as("Ｅ－１２", "E-12"); /* the input method stands on full width */
    scanned_as("", "");
}

static void an_input_method_is_heard_and_its_letter_not_taken(void **state)
{
    (void)state;
    assert_int_equal(type("魚"), SCAN_KEY_FOREIGN);
    assert_int_equal(bells, 1);
    scanned_as("E-1", "E-1");
}

static void backspace_undoes_only_where_nothing_is_typed(void **state)
{
    struct key key = { .code = TKEY_BACKSPACE };

    (void)state;
    assert_int_equal(scan_board_key(&board, &key), SCAN_KEY_UNDO);
    type("E");
    assert_int_equal(scan_board_key(&board, &key), SCAN_KEY_TYPED);
    assert_int_equal(scan_board_key(&board, &key), SCAN_KEY_UNDO);
}

static void each_tone_is_counted_and_heard_by_itself(void **state)
{
    (void)state;
    assert_int_equal(scan_board_add(&board, GOOD, TEXT("E-1"))->number, 1);
    assert_int_equal(bells, 0);
    assert_int_equal(scan_board_add(&board, GOOD, TEXT("E-2"))->number, 2);
    assert_int_equal(scan_board_add(&board, AGAIN, TEXT("E-2"))->number, 1);
    assert_int_equal(bells, 2);
    assert_int_equal(board.counts[GOOD], 2);
}

/* The rows of a drawn board in which a code stands. */
static int rows_with(const char *code)
{
    static const struct label name = L("Scan", "掃描");
    AUTO_BUFFER struct buffer text = { 0 };
    struct canvas *canvas = canvas_new(24, 80);
    int rows = 0;

    scan_board_draw(&board, canvas, (struct rect){ 0, 0, 24, 80 }, TEXT("Shelve"), &name,
                    LANGUAGE_EN);
    canvas_text(&text, canvas);
    buffer_byte(&text, 0);
    for (const char *at = (const char *)text.data; (at = strstr(at, code)); at++)
        rows++;
    canvas_free(canvas);
    return rows;
}

static void the_last_twelve_are_seen_and_an_undone_one_is_gone(void **state)
{
    char code[16];

    (void)state;
    for (int i = 0; i < 20; i++) {
        snprintf(code, sizeof code, "E-%02d.", i);
        scan_board_add(&board, GOOD, text_of(code));
    }
    assert_int_equal(rows_with("E-19."), 2); /* above and in the list */
    assert_int_equal(rows_with("E-08."), 1);
    assert_int_equal(rows_with("E-07."), 0);
    scan_board_take_off(&board);
    assert_int_equal(rows_with("E-19."), 0);
    assert_int_equal(rows_with("E-18."), 2);
    assert_int_equal(board.counts[GOOD], 19);
    for (int i = 0; i < 20; i++)
        scan_board_take_off(&board);
    assert_null(scan_board_newest(&board));
    assert_int_equal(rows_with("E-"), 0);
}

static void a_code_too_long_to_show_is_cut_between_characters(void **state)
{
    AUTO_BUFFER struct buffer code = { 0 };

    (void)state;
    while (code.len < 2 * SCAN_CODE)
        buffer_string(&code, "魚");
    scan_board_add(&board, SAID, buffer_as_text(&code));
    assert_int_equal(strlen(scan_board_newest(&board)->code), SCAN_CODE - 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_code_comes_without_what_the_scanner_adds, begin, end),
        cmocka_unit_test_setup_teardown(an_input_method_is_heard_and_its_letter_not_taken,
                                        begin, end),
        cmocka_unit_test_setup_teardown(backspace_undoes_only_where_nothing_is_typed, begin,
                                        end),
        cmocka_unit_test_setup_teardown(each_tone_is_counted_and_heard_by_itself, begin, end),
        cmocka_unit_test_setup_teardown(the_last_twelve_are_seen_and_an_undone_one_is_gone,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_code_too_long_to_show_is_cut_between_characters,
                                        begin, end),
    };

    if (!text_locale())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
