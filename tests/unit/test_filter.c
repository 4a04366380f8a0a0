/* What an officer types above a list. */
#include "core/query/filter.h"

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "tests/demo_lists.h"

static size_t rows_of(const struct record_type *type, const char *typed)
{
    static struct rows rows;

    return found(type, typed, &rows);
}

/* Both find the same rows, some but not all. */
static void alike(const struct record_type *type, const char *a, const char *b)
{
    static struct rows x, y;

    found(type, a, &x);
    found(type, b, &y);
    same_rows(&x, &y);
    if (x.count == 0 || x.count == rows_of(type, ""))
        print_message("\"%s\" tells nothing apart\n", a);
    assert_true(x.count > 0 && x.count < rows_of(type, ""));
}

static void a_whole_code_is_that_code_and_those_below_it(void **state)
{
    static struct record *records[ROOM];
    size_t count = all_records(&exhibit_type, records), below = 0, itself = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct text code = ((struct exhibit_record *)records[i])->commodity;

        below += text_starts(code, TEXT("DRG."));
        itself += text_is(code, "DRG.MET");
    }
    assert_true(itself > 0 && below > itself);
    assert_int_equal(rows_of(&exhibit_type, "commodity:drg"), below);
    assert_int_equal(rows_of(&exhibit_type, "commodity:DRG.MET"), itself);
    assert_int_equal(rows_of(&case_type, "ordinance:6"),
                     rows_of(&case_type, "ordinance:\"6\""));
}

static void what_is_not_is_the_rest(void **state)
{
    static const char *const parts[] = { "state:C02",  "魚翅",           "ordinance:586",
                                         "bring_up:*", "value:>1000000", "opened:2023-05.." };
    size_t all = rows_of(&case_type, "");

    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char negated[64];

        snprintf(negated, sizeof negated, "-%s", parts[i]);
        assert_int_equal(rows_of(&case_type, parts[i]) + rows_of(&case_type, negated), all);
    }
}

static void quotation_marks_keep_words_together(void **state)
{
    static struct record *records[ROOM];
    struct case_record *file;

    (void)state;
    assert_true(all_records(&case_type, records) > 0);
    file = (struct case_record *)records[0];
    file->title = (struct bitext){ TEXT("魚翅"), TEXT("Dried fins: 38 bags") };
    static const struct {
        const char *typed;
        bool fits;
    } cases[] = {
        { "title:\"dried fins\"", true },  { "\"dried fins\"", true },
        { "title:\"fins dried\"", false }, { "title:dried title:fins", true },
        { "\"fins: 38\"", true },          { "“dried fins”", true },
        { "title:「dried fins」", true },  { "-\"dried fins\"", false },
        { "title:\"dried", true },         { "fins:38", false },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct filter *filter;
        struct message why;
        bool fits = filter_parse(&filter, demo.arena, &case_type, text_of(cases[i].typed),
                                 codes_lookup(codes), &why) == ERR_OK &&
                    filter_match(filter, &file->head, codes_lookup(codes));

        if (fits != cases[i].fits)
            print_message("%s\n", cases[i].typed);
        assert_true(fits == cases[i].fits);
    }
}

static void an_unknown_field_is_said_and_never_a_word(void **state)
{
    static const char *const unknown[] = { "colour:red", "檔案號:1", "http://x", "access:D" };
    struct filter *filter;
    struct message why;

    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(filter_parse(&filter, demo.arena, &case_type, text_of(unknown[i]),
                                      codes_lookup(codes), &why),
                         ERR_INVALID);
        assert_non_null(strstr(last_failure()->id, "no field"));
    }
    assert_int_equal(rows_of(&case_type, "\"http://x\""), 0);
    assert_int_equal(rows_of(&case_type, "08:40"), 0); /* a time is a word */
}

static void a_field_is_filled_or_empty(void **state)
{
    static struct record *records[ROOM];
    size_t count = all_records(&case_type, records), filled = 0;

    (void)state;
    for (size_t i = 0; i < count; i++)
        filled += ((struct case_record *)records[i])->value.currency[0] != 0;
    assert_true(filled > 0 && filled < count);
    assert_int_equal(rows_of(&case_type, "value:*"), filled);
    assert_int_equal(rows_of(&case_type, "value:"), count - filled);
    assert_int_equal(rows_of(&case_type, "value:\"\""), count - filled);
    assert_int_equal(rows_of(&case_type, "-value:"), filled);
}

static void several_codes_are_any_of_them(void **state)
{
    (void)state;
    assert_int_equal(rows_of(&case_type, "ordinance:134,362"),
                     rows_of(&case_type, "ordinance:134") +
                         rows_of(&case_type, "ordinance:362"));
    alike(&case_type, "ordinance:134,", "ordinance:134");
    assert_int_equal(rows_of(&case_type, "-ordinance:134,362"),
                     rows_of(&case_type, "-ordinance:134 -ordinance:362"));
}

static void a_day_month_or_year_by_itself_covers_what_lies_in_it(void **state)
{
    (void)state;
    alike(&case_type, "opened:2023-10", "opened:2023-10..2023-10");
    alike(&case_type, "opened:2023-04", "opened:>=2023-04 opened:<2023-05");
}

/* 20 November 2026, 09:00 in Hong Kong. */
static int64_t fixed_now(void)
{
    return INT64_C(1795136400000);
}

static void days_are_said_as_people_say_them(void **state)
{
    static struct record *records[ROOM];
    struct seams fixed = *seams();
    struct exhibit_record *exhibit;
    static const struct {
        const char *typed;
        bool fits;
    } cases[] = {
        { "due:today", true },      { "due:今天", true },    { "due:t", true },
        { "due:<today", false },    { "due:<=today", true }, { "due:<tomorrow", true },
        { "due:t..+7", true },      { "due:+1..+7", false }, { "due:>yesterday", true },
        { "due:yesterday", false }, { "due:2026-11", true }, { "應歸還日期:<明天", true },
    };

    (void)state;
    assert_true(all_records(&exhibit_type, records) > 0);
    exhibit = (struct exhibit_record *)records[0];
    exhibit->due = date_make(2026, 11, 20);
    fixed.now_ms = fixed_now;
    seams_set(&fixed);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool fits = filter_match(typed_filter(&exhibit_type, cases[i].typed), &exhibit->head,
                                 codes_lookup(codes));

        if (fits != cases[i].fits)
            print_message("%s\n", cases[i].typed);
        assert_true(fits == cases[i].fits);
    }
    seams_set(NULL);
}

static void a_full_stop_is_the_officer_who_types(void **state)
{
    static struct record *records[ROOM];
    size_t count = all_records(&case_type, records), mine = 0;
    uint64_t me = ((struct case_record *)records[0])->officer.id;

    (void)state;
    for (size_t i = 0; i < count; i++)
        mine += ((struct case_record *)records[i])->officer.id == me;
    codes_officer(codes, me);
    assert_int_equal(rows_of(&case_type, "officer:."), mine);
    assert_int_equal(rows_of(&case_type, "-officer:."), count - mine);
    codes_officer(codes, 0);
}

static void a_field_whose_value_has_not_begun_waits(void **state)
{
    static const struct {
        const char *typed, *begun;
    } cases[] = {
        { "state:", "" },
        { "魚翅 state:", "魚翅 " },
        { "state:C02", "state:C02" },
        { "魚翅　狀態：", "魚翅　" },
        { "state: ", "state: " },
        { "", "" },
        { "state: fins", "state: fins" },
        { "-state:", "" },
        { "fins", "fins" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(arena_string(demo.arena, filter_begun(text_of(cases[i].typed))),
                            cases[i].begun);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_code_is_that_code_and_those_below_it),
        cmocka_unit_test(what_is_not_is_the_rest),
        cmocka_unit_test(quotation_marks_keep_words_together),
        cmocka_unit_test(an_unknown_field_is_said_and_never_a_word),
        cmocka_unit_test(a_field_is_filled_or_empty),
        cmocka_unit_test(several_codes_are_any_of_them),
        cmocka_unit_test(a_day_month_or_year_by_itself_covers_what_lies_in_it),
        cmocka_unit_test(days_are_said_as_people_say_them),
        cmocka_unit_test(a_full_stop_is_the_officer_who_types),
        cmocka_unit_test(a_field_whose_value_has_not_begun_waits),
    };

    return cmocka_run_group_tests(tests, make, unmake);
}
