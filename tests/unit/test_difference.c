/* The difference of two texts by words. */
#include "i18n/difference.h"

#include <stdlib.h>

#include "i18n/text.h"
#include "tests/check.h"

static int locale(void **state)
{
    (void)state;
    return text_locale() ? 0 : -1;
}

static void assert_shown(const char *old, const char *new, const char *shown)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct difference *parts;
    size_t count;

    text_difference(text_of(old), text_of(new), arena, &parts, &count);
    assert_string_equal(arena_string(arena, difference_shown(parts, count, 12, arena)), shown);
}

static void only_the_changed_words_are_marked(void **state)
{
    (void)state;
    assert_shown("three men fled", "four men fled", "[-three-]{+four+} men fled");
    assert_shown("三人逃去", "四人逃去", "[-三-]{+四+}人逃去");
    assert_shown("red coral", "red coral and fins", "red coral{+ and fins+}");
    assert_shown("", "new", "{+new+}");
    assert_shown("old", "", "[-old-]");
}

static void what_is_far_from_a_change_is_left_out(void **state)
{
    (void)state;
    assert_shown("the officers searched the whole of the vessel and found nothing at all here",
                 "the officers searched the whole of the vessel and found fins at all here",
                 ".. l and found [-nothing-]{+fins+} at all here");
    assert_shown("a b c d e f g h i j k l m n o p q r s t u v w x y z",
                 "A b c d e f g h i j k l m n o p q r s t u v w x y Z",
                 "[-a-]{+A+} b c d e f g .. t u v w x y [-z-]{+Z+}");
}

/* What is the same and gone is the old text, what is the same and new the new one, whatever they are. */
static void both_texts_can_be_put_together_again(void **state)
{
    static const char *const bits[] = { "fins",  " ",  "魚", "翅", "\n",
                                        "1,270", "𨋢", "é",  ", ", "a" };

    (void)state;
    check_seed();
    for (int round = 0; round < 300; round++) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_BUFFER struct buffer a = { 0 }, b = { 0 }, old = { 0 }, new = { 0 };
        struct difference *parts;
        size_t count;

        for (int i = rand() % 40; i > 0; i--) {
            const char *bit = bits[(size_t)rand() % (sizeof bits / sizeof *bits)];

            if (rand() % 5)
                buffer_string(&a, bit);
            if (rand() % 5)
                buffer_string(&b, bit);
        }
        text_difference(buffer_as_text(&a), buffer_as_text(&b), arena, &parts, &count);
        for (size_t i = 0; i < count; i++) {
            if (parts[i].kind != DIFFERENCE_NEW)
                buffer_text(&old, parts[i].text);
            if (parts[i].kind != DIFFERENCE_GONE)
                buffer_text(&new, parts[i].text);
        }
        assert_true(text_equal(buffer_as_text(&old), buffer_as_text(&a)));
        assert_true(text_equal(buffer_as_text(&new), buffer_as_text(&b)));
    }
}

static void texts_of_many_words_differ_as_a_whole_where_they_differ(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer a = { 0 }, b = { 0 };
    struct difference *parts;
    size_t count;

    (void)state;
    buffer_string(&a, "start ");
    buffer_string(&b, "start ");
    for (int i = 0; i < 3 * DIFFERENCE_WORDS; i++) {
        buffer_printf(&a, "x%d ", i);
        buffer_printf(&b, "y%d ", i);
    }
    text_difference(buffer_as_text(&a), buffer_as_text(&b), arena, &parts, &count);
    assert_int_equal(parts[0].kind, DIFFERENCE_SAME);
    assert_int_equal(parts[1].kind, DIFFERENCE_GONE);
    assert_int_equal(parts[2].kind, DIFFERENCE_NEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_changed_words_are_marked),
        cmocka_unit_test(what_is_far_from_a_change_is_left_out),
        cmocka_unit_test(both_texts_can_be_put_together_again),
        cmocka_unit_test(texts_of_many_words_differ_as_a_whole_where_they_differ),
    };

    return cmocka_run_group_tests(tests, locale, NULL);
}
