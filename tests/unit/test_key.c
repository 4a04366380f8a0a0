#include "tests/check.h"

#include <stdio.h>
#include <string.h>

#include "i18n/text.h"
#include "tui/screen/key.h"

static void every_key_has_a_name_that_scripts_read_back(void **state)
{
    (void)state;
    for (int code = TKEY_ENTER; code <= TKEY_CTRL_Z; code++) {
        struct key key = { .code = (enum key_code)code };
        struct key back;
        char name[16];
        char script[24];
        struct text rest;
        int count;

        if (code == TKEY_CTRL_H || code == TKEY_CTRL_I || code == TKEY_CTRL_J ||
            code == TKEY_CTRL_M)
            continue; /* aliases never come */
        key_text(name, &key);
        assert_true(strlen(name) > 0);
        snprintf(script, sizeof script, "<%s>", name);
        rest = text_of(script);
        assert_true(key_script(&back, &count, &rest));
        assert_int_equal(back.code, code);
        assert_int_equal(count, 1);
        assert_int_equal(rest.len, 0);
    }
}

static void names_are_those_on_the_keyboard(void **state)
{
    static const struct {
        struct key key;
        const char *name;
    } names[] = {
        { { .code = TKEY_F10 }, "F10" },
        { { .code = TKEY_CTRL_S }, "Ctrl+S" },
        { { .code = TKEY_CTRL('Q') }, "Ctrl+Q" },
        { { .code = TKEY_CHARACTER, .point = ' ' }, "Space" },
        { { .code = TKEY_CHARACTER, .point = 'a' }, "a" },
        { { .code = TKEY_CHARACTER, .point = 0x6D77 }, "海" },
        { { .code = TKEY_PASTE }, "Paste" },
        { { .code = TKEY_NONE }, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char name[16];

        key_text(name, &names[i].key);
        assert_string_equal(name, names[i].name);
    }
}

static void a_script_line_is_keys_one_after_the_other(void **state)
{
    static const struct {
        enum key_code code;
        uint32_t point;
        int count;
    } expected[] = {
        { TKEY_CHARACTER, 'a', 1 }, { TKEY_CHARACTER, 0x6D77, 1 }, { TKEY_DOWN, 0, 3 },
        { TKEY_CTRL_S, 0, 1 },      { TKEY_CHARACTER, ' ', 2 },    { TKEY_CHARACTER, '<', 1 },
        { TKEY_CHARACTER, '>', 1 }, { TKEY_BACKSPACE, 0, 1 },      { TKEY_ENTER, 0, 1 },
    };
    struct text rest = TEXT("a海<Down*3><ctrl+s><Space*2><lt>><Ctrl+H><ENTER>");

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct key key;
        int count;

        assert_true(key_script(&key, &count, &rest));
        assert_int_equal(key.code, expected[i].code);
        assert_int_equal(key.point, expected[i].point);
        assert_int_equal(count, expected[i].count);
    }
    assert_int_equal(rest.len, 0);
}

static void a_script_stops_before_what_is_no_key(void **state)
{
    static const char *const bad[] = { "<Nothing>",
                                       "<F13>",
                                       "<Down*0>",
                                       "<Down*x>",
                                       "<Down*>",
                                       "<Down*10000>",
                                       "<Down*99999999999>",
                                       "<Down",
                                       "<>",
                                       "<Ctrl+1>",
                                       "<Ctrl+>",
                                       "\t",
                                       "\x1b",
                                       "\xff",
                                       "<" };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct text rest = text_of(bad[i]);
        struct key key;
        int count;

        assert_false(key_script(&key, &count, &rest));
        assert_ptr_equal(rest.data, bad[i]);
    }
}

static void moving_keys_stay_within_the_rows(void **state)
{
    static const struct {
        enum key_code code;
        int from, to;
    } moves[] = {
        { TKEY_DOWN, 3, 4 },      { TKEY_DOWN, 9, 9 },    { TKEY_UP, 0, 0 },
        { TKEY_PAGE_DOWN, 3, 7 }, { TKEY_PAGE_UP, 3, 0 }, { TKEY_HOME, 5, 0 },
        { TKEY_PAGE_DOWN, 8, 9 }, { TKEY_END, 5, 9 },
    };
    int at = 0;

    (void)state;
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        at = moves[i].from;
        assert_true(key_moves(&(struct key){ .code = moves[i].code }, 10, 4, &at));
        assert_int_equal(at, moves[i].to);
    }
    assert_true(key_moves(&(struct key){ .code = TKEY_END }, 0, 4, &at));
    assert_int_equal(at, 0);
    assert_false(key_moves(&(struct key){ .code = TKEY_LEFT }, 10, 4, &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_has_a_name_that_scripts_read_back),
        cmocka_unit_test(names_are_those_on_the_keyboard),
        cmocka_unit_test(a_script_line_is_keys_one_after_the_other),
        cmocka_unit_test(a_script_stops_before_what_is_no_key),
        cmocka_unit_test(moving_keys_stay_within_the_rows),
    };

    text_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
