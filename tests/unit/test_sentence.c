#include "tests/check.h"

#include <string.h>

#include "i18n/sentence.h"
#include "i18n/text.h"

static const struct label state = L("State", "狀態");
static const struct label gps = L("GPS", "GPS");

/* One that the catalogue has. */
#define NO_SUCH_SET                                                                            \
    "This computer knows no character set called \"%s\". Try BIG5-HKSCS, BIG5, GB18030 or "    \
    "UTF-8."
#define NO_SUCH_SET_ZH "本電腦沒有名為「%s」的字元集。請改用BIG5-HKSCS、BIG5、GB18030或UTF-8。"

static void assert_text(struct text got, const char *want)
{
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.data, want, got.len);
}

static void languages_are_named_for_commands_and_settings(void **unused)
{
    (void)unused;
    enum language language = LANGUAGE_ZH;

    assert_true(language_parse(&language, TEXT("both")));
    assert_int_equal(language, LANGUAGE_BOTH);
    assert_false(language_parse(&language, TEXT("fr")));
    assert_int_equal(language, LANGUAGE_BOTH);
}

static void a_label_is_shown_in_the_language_of_the_reader(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();

    assert_text(label_text(arena, &state, LANGUAGE_ZH), "狀態");
    assert_text(label_text(arena, &state, LANGUAGE_EN), "State");
    assert_text(label_text(arena, &state, LANGUAGE_BOTH), "狀態 State");
    assert_text(label_text(arena, &gps, LANGUAGE_BOTH), "GPS");
}

static void a_failure_speaks_the_language_of_the_reader(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();

    assert_text(failure_sentence(arena, LANGUAGE_EN), "");
    assert_int_equal(fail(ERR_INVALID, NO_SUCH_SET, "BIG6"), ERR_INVALID);
    assert_text(failure_sentence(arena, LANGUAGE_EN),
                "This computer knows no character set called \"BIG6\". "
                "Try BIG5-HKSCS, BIG5, GB18030 or UTF-8.");
    assert_text(failure_sentence(arena, LANGUAGE_ZH),
                "本電腦沒有名為「BIG6」的字元集。請改用BIG5-HKSCS、BIG5、GB18030或UTF-8。");
    assert_text(failure_sentence(arena, LANGUAGE_BOTH),
                "本電腦沒有名為「BIG6」的字元集。請改用BIG5-HKSCS、BIG5、GB18030或UTF-8。 "
                "This computer knows no character set called \"BIG6\". "
                "Try BIG5-HKSCS, BIG5, GB18030 or UTF-8.");
}

static void a_sentence_without_chinese_is_shown_in_english_once(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();
    struct message message;

    message_set(&message, "%d of %zu at 100%%: %s", -3, (size_t)9, "x");
    assert_text(sentence(arena, &message, LANGUAGE_ZH), "-3 of 9 at 100%: x");
    assert_text(sentence(arena, &message, LANGUAGE_BOTH), "-3 of 9 at 100%: x");
    assert_text(words(arena, "100% of it", LANGUAGE_BOTH), "100% of it");
}

static void words_without_arguments_are_translated(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();

    /* Without arguments a percent sign is nothing but that. */
    assert_text(words(arena, NO_SUCH_SET, LANGUAGE_EN), NO_SUCH_SET);
    assert_text(words(arena, NO_SUCH_SET, LANGUAGE_ZH), NO_SUCH_SET_ZH);
    assert_text(words(arena, NO_SUCH_SET, LANGUAGE_BOTH), NO_SUCH_SET_ZH " " NO_SUCH_SET);
}

static void hostile_names_in_a_message_do_not_reach_the_screen(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();
    struct message message;

    message_set(&message, NO_SUCH_SET, "\x1b]0;x\x07\xE2\x80\xAE%n%s\xFF");
    assert_text(sentence(arena, &message, LANGUAGE_ZH),
                "本電腦沒有名為「\xEF\xBF\xBD]0;x\xEF\xBF\xBD%n%s\xEF\xBF\xBD」的字元集。"
                "請改用BIG5-HKSCS、BIG5、GB18030或UTF-8。");
}

static void a_label_in_a_message_follows_the_language(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();
    struct message message;

    message_set(&message, "%p: %s", label_argument(&state), "y");
    assert_text(sentence(arena, &message, LANGUAGE_EN), "State: y");
}

static void a_translation_may_turn_the_arguments_round(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();
    /* The pattern of a translator, with the arguments that its English id took. */
    struct message message = { .id = "%2$s before %1$d", .count = 2 };

    message.arguments[0] = (struct argument){ .kind = ARGUMENT_INT, .number = 7 };
    message.arguments[1] = (struct argument){ .kind = ARGUMENT_TEXT, .text = "seal" };
    assert_text(sentence(arena, &message, LANGUAGE_EN), "seal before 7");
}

static int prepare(void **unused)
{
    (void)unused;
    return text_locale() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_are_named_for_commands_and_settings),
        cmocka_unit_test(a_label_is_shown_in_the_language_of_the_reader),
        cmocka_unit_test(a_failure_speaks_the_language_of_the_reader),
        cmocka_unit_test(a_sentence_without_chinese_is_shown_in_english_once),
        cmocka_unit_test(words_without_arguments_are_translated),
        cmocka_unit_test(hostile_names_in_a_message_do_not_reach_the_screen),
        cmocka_unit_test(a_label_in_a_message_follows_the_language),
        cmocka_unit_test(a_translation_may_turn_the_arguments_round),
    };

    return cmocka_run_group_tests(tests, prepare, NULL);
}
