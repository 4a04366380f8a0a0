/* What is found in the palette by a few letters, and what comes first. */
#include "i18n/fold.h"
#include "tests/check.h"
#include "tui/view/name_match.h"

static int match(const char *name, const char *typed)
{
    AUTO_BUFFER struct buffer a = { 0 }, b = { 0 };

    fold(&a, text_of(name));
    fold(&b, text_of(typed));
    return name_match(buffer_as_text(&a), buffer_as_text(&b));
}

static void a_name_is_found_by_any_of_its_ways(void **state)
{
    static const struct {
        const char *name, *typed;
    } found[] = {
        { "Hand over exhibits", "hand over exhibits" },
        { "Hand over exhibits", "HAND" },
        { "Hand over exhibits", "ha ex" },
        { "Hand over exhibits", "over" },
        { "Hand over exhibits", "ex ha" },
        { "Hand over exhibits", "hoe" },
        { "exhibit-hand-over", "hand-over" },
        { "移交證物", "移交" },
        { "移交證物", "證物" },
        { "移交證物", "移證" },
        { "移交證物", "交物" },
        { "Amend case", "acase" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        if (match(found[i].name, found[i].typed) == 0)
            fail_here(found[i].typed);
}

static void what_is_not_in_a_name_does_not_find_it(void **state)
{
    (void)state;
    assert_int_equal(match("Hand over exhibits", "seizure"), 0);
    assert_int_equal(match("Hand over exhibits", "z"), 0);
    assert_int_equal(match("Hand over exhibits", "sh"), 0);
    assert_int_equal(match("移交證物", "物證"), 0);
    assert_int_equal(match("移交證物", "案"), 0);
    assert_int_equal(match("", "a"), 0);
}

/* Each way is better than those after it. */
static void the_best_way_comes_first(void **state)
{
    static const char *const names[] = { "Seal", "Seals", "Break seal", "Resealed goods",
                                         "Send early all" };

    (void)state;
    assert_int_equal(match(names[0], "seal"), NAME_EXACT);
    for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
        assert_in_range(match(names[i], "seal"), 1, NAME_EXACT - 1);
        assert_true(match(names[i - 1], "seal") > match(names[i], "seal"));
    }
    assert_true(match("Case", "cas") > match("Cases of others", "cas"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_found_by_any_of_its_ways),
        cmocka_unit_test(what_is_not_in_a_name_does_not_find_it),
        cmocka_unit_test(the_best_way_comes_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
