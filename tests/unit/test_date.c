#include "core/base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/check.h"

enum { TODAY = 20230621 };
/* 2023-06-21 08:40:59.999 in Hong Kong */
static const int64_t NOW = INT64_C(1687308059999);

static void assert_date(const char *typed, date expected)
{
    date got = 0;
    bool good = date_parse(&got, text_of(typed), TODAY);

    if (good != (expected != 0) || got != expected)
        print_error("typed: \"%s\", got %u\n", typed, got);
    assert_int_equal(good, expected != 0);
    assert_int_equal(got, expected);
}

static void a_date_is_understood_in_every_usual_way_of_typing(void **state)
{
    (void)state;
    assert_date("2023-06-21", 20230621);
    assert_date("2023/6/21", 20230621);
    assert_date("21.6.2023", 20230621);
    assert_date("21/6/2023", 20230621);
    assert_date("1-6-2023", 20230601);
    assert_date("20230621", 20230621);
    assert_date(" 2023.06.21 ", 20230621);
    assert_date("2023年6月21日", 20230621);
    assert_date("2023年06月1號", 20230601);
    assert_date("２０２３年６月２１日", 20230621);
    assert_date("２０２３／６／２１", 20230621);
    assert_date("2024-02-29", 20240229);
}

static void a_partial_date_keeps_what_is_not_known(void **state)
{
    (void)state;
    assert_date("2023-06", 20230600);
    assert_date("6/2023", 20230600);
    assert_date("2023", 20230000);
    assert_date("2023年6月", 20230600);
    assert_date("2023年", 20230000);
    assert_date("20230600", 20230600);
    assert_true(date_is_partial(20230600));
    assert_true(date_is_partial(20230000));
    assert_false(date_is_partial(20230621));
    assert_false(date_is_partial(0));
}

static void a_date_may_be_counted_from_today(void **state)
{
    date got;

    (void)state;
    assert_date("t", 20230621);
    assert_date("T", 20230621);
    assert_date("+0", 20230621);
    assert_date("+10", 20230701);
    assert_date("-21", 20230531);
    assert_date("t+1", 20230622);
    assert_date("t-365", 20220621);
    assert_date("+999999999", 0);
    assert_date("-999999999", 0);
    assert_date("+", 0);
    assert_date("t+", 0);
    assert_date("tt", 0);
    assert_false(date_parse(&got, TEXT("t"), 0));
    assert_false(date_parse(&got, TEXT("+1"), 20230600));
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",           "2023-13-01", "2023-02-29", "29/2/2023",  "31/4/2023",   "2023-6-0",
        "2023-00-10", "0999-01-01", "999",        "2023-06/21", "2023-6-21x",  "202306",
        "2023061",    "20231301",   "2023年13月", "2023年6",    "2023年6月21", "6-21-2023",
        "2023-",      "-",          "2023-06-",   "12",         "２",          "2023 06 21",
        "20230021",   "99999-1-1",  "1.2.3.2023", "0/2023",     "2023-06-211",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_date(wrong[i], 0);
}

static void a_date_that_is_refused_changes_nothing(void **state)
{
    date got = 19970701;

    (void)state;
    assert_false(date_parse(&got, TEXT("soon"), TODAY));
    assert_int_equal(got, 19970701);
}

static void only_real_days_are_valid(void **state)
{
    (void)state;
    assert_true(date_valid(20000229));
    assert_false(date_valid(19000229));
    assert_false(date_valid(0));
    assert_false(date_valid(20230032));
    assert_false(date_valid(20230010));
    assert_false(date_valid(4294967295U));
    assert_int_equal(date_make(2023, 2, 30), 0);
    assert_int_equal(date_make(2023, -1, 3), 0);
    assert_int_equal(date_make(2023, 6, 0), 20230600);
}

static void a_date_prints_in_the_neutral_form(void **state)
{
    char out[16];

    (void)state;
    date_print(out, 20230621);
    assert_string_equal(out, "2023-06-21");
    date_print(out, 20230600);
    assert_string_equal(out, "2023-06");
    date_print(out, 20230000);
    assert_string_equal(out, "2023");
    date_print(out, 0);
    assert_string_equal(out, "");
}

static void days_follow_each_other_through_all_years(void **state)
{
    int64_t day = date_days(10000101);
    int checked = 0;

    (void)state;
    assert_true(date_days(19700101) == 0);
    assert_true(date_days(20000301) == 11017);
    assert_true(date_days(20230600) == date_days(20230601));
    assert_true(date_days(20230000) == date_days(20230101));
    for (int year = 1000; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int number = 1; number <= 31; number++) {
                date d = date_make(year, month, number);

                if (d == 0)
                    continue;
                if (date_days(d) != day || date_add_days(19700101, (int)day) != d)
                    fail_here("a day is out of its order");
                day++;
                checked++;
            }
    assert_int_equal(checked, 3287182);
    assert_int_equal(date_add_days(99991231, 1), 0);
    assert_int_equal(date_add_days(10000101, -1), 0);
}

static void assert_moment(const char *typed, date d, int minute, int offset)
{
    struct moment m = { 0 };
    bool good = moment_parse(&m, text_of(typed), NOW);

    if (good != (d != 0) || (good && (m.date != d || m.minute != minute || m.offset != offset)))
        print_error("typed: \"%s\", got %u %d %d\n", typed, m.date, m.minute, m.offset);
    assert_int_equal(good, d != 0);
    assert_int_equal(m.date, d);
    if (!good)
        return;
    assert_int_equal(m.minute, minute);
    assert_int_equal(m.offset, offset);
}

static void a_moment_is_understood_with_and_without_its_time(void **state)
{
    (void)state;
    assert_moment("2023-06-21 08:40", 20230621, 520, 480);
    assert_moment("21/6/2023 0840", 20230621, 520, 480);
    assert_moment("t 9:05", 20230621, 545, 480);
    assert_moment("+1 23:59", 20230622, 1439, 480);
    assert_moment("n", 20230621, 520, 480);
    assert_moment("2023-06-21", 20230621, MINUTE_UNKNOWN, 480);
    assert_moment("2023-06", 20230600, MINUTE_UNKNOWN, 480);
    assert_moment("2023年6月21日　０８：４０", 20230621, 520, 480);
    assert_moment("2023-06-21  00:00  Z", 20230621, 0, 0);
    assert_moment("2023-06-21T08:40Z", 20230621, 520, 0);
    assert_moment("2023-06-21 08:40+09:00", 20230621, 520, 540);
    assert_moment("2023-06-21 08:40 -05:30", 20230621, 520, -330);
    assert_moment("2023-06-21 +09:00", 20230621, MINUTE_UNKNOWN, 540);
}

static void what_is_no_moment_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "2023-06-21 24:00",
        "2023-06-21 08:60",
        "2023-06-21 840",
        "2023-06-21 8",
        "2023-06-21 08:40:15",
        "2023-06 08:40",
        "2023-06-21 08:40 +24:00",
        "2023-06-21 08:40 HKT",
        "2023-06-21 08:40 Z Z",
        "2023-06-21T",
        "2023-06-21 08:4",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_moment(wrong[i], 0, 0, 0);
}

static void moments_are_ordered_by_instant_and_unknown_parts_come_first(void **state)
{
    struct moment absent = { 0 };
    struct moment month = { 20230600, MINUTE_UNKNOWN, 480 };
    struct moment day = { 20230601, MINUTE_UNKNOWN, 480 };
    struct moment midnight = { 20230601, 0, 480 };
    struct moment utc = { 20230531, 960, 0 };
    struct moment later = { 20230601, 1, 480 };

    (void)state;
    assert_true(moment_compare(absent, month) < 0);
    assert_int_equal(moment_compare(absent, absent), 0);
    assert_true(moment_compare(month, day) < 0);
    assert_true(moment_compare(day, midnight) < 0);
    assert_int_equal(moment_compare(midnight, utc), 0);
    assert_true(moment_compare(later, utc) > 0);
}

static void machine_time_becomes_a_moment_and_back(void **state)
{
    struct moment m = moment_of_ms(NOW, OFFSET_HONG_KONG);

    (void)state;
    assert_int_equal(m.date, 20230621);
    assert_int_equal(m.minute, 520);
    assert_true(moment_ms(m) == NOW - 59999);
    m = moment_of_ms(-1, 0);
    assert_int_equal(m.date, 19691231);
    assert_int_equal(m.minute, 1439);
    assert_int_equal(date_of_ms(NOW, -600), 20230620);
    assert_int_equal(moment_of_ms(INT64_MAX, 480).date, 0);
    assert_int_equal(moment_of_ms(INT64_MIN, -1439).date, 0);
}

/* Random letters of the alphabet of dates, or random bytes. */
static struct text random_typing(char typed[24])
{
    static const char *const parts[] = { "0", "1", "2", "3",  "6",  "9",  "20", "2023",
                                         "-", "/", ".", "年", "月", "日", " ",  ":",
                                         "+", "Z", "t", "T",  "n",  "０", "：", "　" };
    size_t len = 0;

    if (rand() % 4 == 0) {
        for (size_t count = (size_t)rand() % 20; len < count; len++)
            typed[len] = (char)rand();
        return (struct text){ typed, len };
    }
    for (int count = rand() % 12; count > 0; count--) {
        const char *part = parts[(size_t)rand() % (sizeof(parts) / sizeof(parts[0]))];

        if (len + strlen(part) > 24)
            break;
        memcpy(typed + len, part, strlen(part));
        len += strlen(part);
    }
    return (struct text){ typed, len };
}

static void random_typing_never_makes_a_wrong_date(void **state)
{

    (void)state;
    check_seed();
    for (int i = 0; i < 300000; i++) {
        char typed[24], printed[40];
        struct text t = random_typing(typed);
        struct moment m, again;
        date d, same;

        if (date_parse(&d, t, TODAY)) {
            assert_true(date_valid(d));
            date_print(printed, d);
            assert_true(date_parse(&same, text_of(printed), TODAY));
            assert_int_equal(same, d);
        }
        if (moment_parse(&m, t, NOW)) {
            assert_true(moment_valid(m));
            moment_print(printed, m);
            assert_true(moment_parse(&again, text_of(printed), NOW));
            assert_int_equal(moment_compare(m, again), 0);
            assert_int_equal(m.offset, again.offset);
        }
    }
}

static void every_moment_prints_so_that_it_can_be_typed(void **state)
{

    (void)state;
    check_seed();
    for (int i = 0; i < 100000; i++) {
        struct moment m = { .date = date_add_days(20000101, rand() % 20000 - 10000),
                            .minute = (int16_t)(rand() % 1441 - 1),
                            .offset = (int16_t)(rand() % 2879 - 1439) };
        struct moment again;
        char printed[40];

        if (rand() % 4 == 0)
            m = (struct moment){ m.date / 100 * 100, MINUTE_UNKNOWN, m.offset };
        moment_print(printed, m);
        assert_true(moment_parse(&again, text_of(printed), NOW));
        assert_int_equal(again.date, m.date);
        assert_int_equal(again.minute, m.minute);
        assert_int_equal(again.offset, m.offset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_understood_in_every_usual_way_of_typing),
        cmocka_unit_test(a_partial_date_keeps_what_is_not_known),
        cmocka_unit_test(a_date_may_be_counted_from_today),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_date_that_is_refused_changes_nothing),
        cmocka_unit_test(only_real_days_are_valid),
        cmocka_unit_test(a_date_prints_in_the_neutral_form),
        cmocka_unit_test(days_follow_each_other_through_all_years),
        cmocka_unit_test(a_moment_is_understood_with_and_without_its_time),
        cmocka_unit_test(what_is_no_moment_is_refused),
        cmocka_unit_test(moments_are_ordered_by_instant_and_unknown_parts_come_first),
        cmocka_unit_test(machine_time_becomes_a_moment_and_back),
        cmocka_unit_test(random_typing_never_makes_a_wrong_date),
        cmocka_unit_test(every_moment_prints_so_that_it_can_be_typed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
