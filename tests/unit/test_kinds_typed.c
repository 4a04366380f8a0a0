#include "core/schema/kind.h"

#include "tests/check.h"

#include <stdio.h>

#include "tests/unit/sample.h"

/* Typed with an input method on, pasted from papers, said as people say it: what it becomes, or what is said of it. */

static int start(void **state)
{
    *state = arena_new();
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

static void assert_becomes(struct arena *arena, uint16_t tag, const char *typed,
                           const char *printed)
{
    struct record *record = record_new(arena, &sample_type);
    const struct field *field = sample_field(tag);
    struct message why = { 0 };

    if (!value_parse(record, field, text_of(typed), &sample_lookup, arena, &why))
        print_error("typed \"%s\": %s\n", typed, why.id);
    assert_string_equal(value_print(arena, field, field_value(field, record)).data, printed);
}

static void assert_said(struct arena *arena, uint16_t tag, const char *typed, const char *said)
{
    struct record *record = record_new(arena, &sample_type);
    const struct field *field = sample_field(tag);
    struct message why = { 0 };
    const char *sentence_;

    assert_false(value_parse(record, field, text_of(typed), &sample_lookup, arena, &why));
    assert_false(field_present(field, record));
    sentence_ = arena_string(arena, sentence(arena, &why, LANGUAGE_EN));
    if (!strstr(sentence_, said))
        print_error("typed \"%s\": %s\n", typed, sentence_);
    assert_non_null(strstr(sentence_, said));
}

static void quantities_are_said_as_people_say_them(void **state)
{
    static const struct {
        uint16_t tag;
        const char *typed, *printed;
    } ways[] = {
        { tag_sample_gross, "1,270公斤", "1270 kg" },
        { tag_sample_gross, "1,270.00 公斤", "1270.00 kg" },
        { tag_sample_gross, "１，２７０", "1270 kg" },
        { tag_sample_gross, "1270kgs", "1270 kg" },
        { tag_sample_gross, "1.27 kilos", "1.27 kg" },
        { tag_sample_gross, "3 千克", "3 kg" },
        { tag_sample_gross, "十五公斤", "15 kg" },
        { tag_sample_gross, "一千二百七十公斤", "1270 kg" },
        { tag_sample_gross, "1.2萬公斤", "12000 kg" },
        { tag_sample_amount, "15 櫃", "15 container" },
        { tag_sample_amount, "15個櫃", "15 container" },
        { tag_sample_amount, "十五個貨櫃", "15 container" },
        { tag_sample_amount, "15containers", "15 container" },
        { tag_sample_amount, "兩櫃", "2 container" },
    };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        assert_becomes(*state, ways[i].tag, ways[i].typed, ways[i].printed);
    assert_said(*state, tag_sample_amount, "十五", "The unit is missing");
    assert_said(*state, tag_sample_amount, "15 兩", "not a known unit"); /* not in this table */
    assert_said(*state, tag_sample_gross, "kg", "is not a quantity");
}

static void dates_and_money_come_back_in_their_normal_form(void **state)
{
    assert_becomes(*state, tag_sample_opened, "二零二三年六月廿一日", "2023-06-21");
    assert_becomes(*state, tag_sample_opened, "June 2023", "2023-06");
    assert_becomes(*state, tag_sample_occurred, "21.6.23 晚上九時半", "2023-06-21 21:30");
    assert_becomes(*state, tag_sample_value, "3.98億", "398000000");
    assert_becomes(*state, tag_sample_value, "US$1.5m", "USD 1500000.00");
    assert_becomes(*state, tag_sample_arrests, "十五", "15");
}

static void an_input_method_that_was_left_on_is_told(void **state)
{
    assert_said(*state, tag_sample_opened, "海關", "input method is still on");
    assert_said(*state, tag_sample_occurred, "ㄅㄆㄇ", "input method is still on");
    assert_said(*state, tag_sample_value, "竹田", "input method is still on");
    assert_said(*state, tag_sample_arrests, "手", "input method is still on");
    assert_said(*state, tag_sample_container, "心水口", "input method is still on");
    assert_said(*state, tag_sample_gross, "日月", "input method is still on");
    /* Where Chinese names can be meant, the list is what helps. */
    assert_said(*state, tag_sample_commodity, "海關", "no code or name");
    assert_becomes(*state, tag_sample_commodity, "魚翅", "END.SHF");
}

static void what_cannot_be_says_what_would_be_right(void **state)
{
    assert_said(*state, tag_sample_opened, "30/2/2023", "month 2 of 2023 has 28 days");
    assert_said(*state, tag_sample_opened, "6/21/2023", "there is no month 21");
    assert_said(*state, tag_sample_opened, "soon", "is not a date");
    assert_said(*state, tag_sample_opened, "21/6", "the year is missing");
    assert_said(*state, tag_sample_occurred, "21/6/2023 2575", "there is no time 25:75");
    assert_said(*state, tag_sample_occurred, "soon", "is not a date and time");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(quantities_are_said_as_people_say_them, start, end),
        cmocka_unit_test_setup_teardown(dates_and_money_come_back_in_their_normal_form, start,
                                        end),
        cmocka_unit_test_setup_teardown(an_input_method_that_was_left_on_is_told, start, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_says_what_would_be_right, start, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
