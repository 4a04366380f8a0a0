/* What is offered while a filter is typed: taken as it stands, it always gives a filter that can be read. */
#include "core/query/complete.h"

#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "tests/demo_lists.h"

enum { OFFERED = 60 };

static struct completions offered(const struct record_type *type, const char *typed,
                                  enum language language)
{
    AUTO_TXN struct txn *txn = NULL;
    struct complete_ask ask = { .codes = codes,
                                .type = type,
                                .typed = text_of(typed),
                                .language = language,
                                .limit = OFFERED };
    struct completions out;

    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    ask.txn = txn;
    assert_int_equal(filter_complete(&out, &ask, demo.arena), ERR_OK);
    return out;
}

/* What stands in the line once the offer is taken. */
static const char *taken(const struct completions *offers, size_t i)
{
    AUTO_BUFFER struct buffer line = { 0 };

    buffer_text(&line, offers->before);
    buffer_text(&line, offers->items[i].insert);
    return arena_string(demo.arena, buffer_as_text(&line));
}

static const char *first(const struct record_type *type, const char *typed,
                         enum language language)
{
    struct completions offers = offered(type, typed, language);

    assert_true(offers.count > 0);
    return taken(&offers, 0);
}

static void the_beginning_of_a_field_is_completed_in_the_language_of_the_screen(void **state)
{
    (void)state;
    assert_string_equal(first(&case_type, "val", LANGUAGE_EN), "value:");
    assert_string_equal(first(&case_type, "估", LANGUAGE_EN), "value:");
    assert_string_equal(first(&case_type, "val", LANGUAGE_ZH), "估值:");
    assert_string_equal(first(&case_type, "fins -OPEN", LANGUAGE_EN), "fins -opened:");
    assert_string_equal(first(&case_type, "value:>1 ", LANGUAGE_EN), "value:>1 number:");
    assert_int_equal(offered(&case_type, "nothing-such", LANGUAGE_EN).count, 0);
}

static void a_field_offers_what_it_may_hold(void **state)
{
    (void)state;
    assert_string_equal(first(&case_type, "state:c0", LANGUAGE_EN), "state:C01");
    assert_string_equal(first(&case_type, "-狀態：c0", LANGUAGE_EN), "-狀態:C01");
    assert_string_equal(first(&case_type, "state:C01,c02", LANGUAGE_EN), "state:C01,C02");
    assert_string_equal(first(&case_type, "officer:", LANGUAGE_EN), "officer:.");
    assert_string_equal(first(&case_type, "officer:D-120", LANGUAGE_EN), "officer:D-1204");
    assert_string_equal(first(&exhibit_type, "due:<", LANGUAGE_EN), "due:<today");
    assert_string_equal(first(&exhibit_type, "suspected:", LANGUAGE_EN), "suspected:yes");
}

static void a_field_of_amounts_says_how_they_are_typed(void **state)
{
    struct completions offers = offered(&case_type, "value:1", LANGUAGE_EN);

    (void)state;
    assert_int_equal(offers.count, 1);
    assert_false(text_present(offers.items[0].insert));
    assert_true(offers.items[0].words.len > 0);
}

static void who_must_not_know_is_offered_nothing(void **state)
{
    struct completions offers = offered(&case_type, "", LANGUAGE_EN);

    (void)state;
    assert_true(offers.count > 10);
    for (size_t i = 0; i < offers.count; i++)
        assert_null(strstr(taken(&offers, i), "access"));
    assert_int_equal(offered(&case_type, "access:D", LANGUAGE_EN).count, 0);
}

static void whatever_is_offered_can_be_read(void **state)
{
    static const char *const typed[] = { "",           "s",       "state:",   "ordinances:",
                                         "officer:",   "opened:", "value:",   "title:",
                                         "operation:", "place:",  "counted:", "modes:" };

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        for (enum language language = LANGUAGE_ZH; language <= LANGUAGE_BOTH; language++) {
            struct completions offers = offered(&case_type, typed[i], language);

            for (size_t k = 0; k < offers.count; k++) {
                struct filter *filter;
                struct message why;

                if (!text_present(offers.items[k].insert))
                    continue;
                if (filter_parse(&filter, demo.arena, &case_type, text_of(taken(&offers, k)),
                                 codes_lookup(codes), &why) != ERR_OK)
                    fail_here(taken(&offers, k));
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_beginning_of_a_field_is_completed_in_the_language_of_the_screen),
        cmocka_unit_test(a_field_offers_what_it_may_hold),
        cmocka_unit_test(a_field_of_amounts_says_how_they_are_typed),
        cmocka_unit_test(who_must_not_know_is_offered_nothing),
        cmocka_unit_test(whatever_is_offered_can_be_read),
    };

    return cmocka_run_group_tests(tests, make, unmake);
}
