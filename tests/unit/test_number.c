#include "tests/check.h"

#include <string.h>

#include "i18n/number.h"

static void assert_text(struct text got, const char *want)
{
    if (got.len != strlen(want) || memcmp(got.data, want, got.len) != 0)
        print_error("%.*s is not %s\n", (int)got.len, got.data, want);
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.data, want, got.len);
}

static void a_date_is_written_as_each_language_writes_it(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();

    assert_text(number_date(arena, 20230621, LANGUAGE_ZH), "2023年6月21日");
    assert_text(number_date(arena, 20230621, LANGUAGE_EN), "21 June 2023");
    assert_text(number_date(arena, 20230621, LANGUAGE_BOTH), "2023-06-21");
    assert_text(number_date(arena, 20231201, LANGUAGE_EN), "1 December 2023");
}

static void a_partial_date_shows_no_day_that_is_not_known(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();

    assert_text(number_date(arena, 20230600, LANGUAGE_ZH), "2023年6月");
    assert_text(number_date(arena, 20230600, LANGUAGE_EN), "June 2023");
    assert_text(number_date(arena, 20230600, LANGUAGE_BOTH), "2023-06");
    assert_text(number_date(arena, 20230000, LANGUAGE_ZH), "2023年");
    assert_text(number_date(arena, 20230000, LANGUAGE_EN), "2023");
    assert_text(number_date(arena, 0, LANGUAGE_ZH), "");
}

static void a_moment_shows_its_time_and_a_foreign_offset(void **unused)
{
    (void)unused;
    AUTO_ARENA struct arena *arena = arena_new();
    struct moment m = { .date = 20230621, .minute = 520, .offset = OFFSET_HONG_KONG };

    assert_text(number_moment(arena, m, LANGUAGE_ZH), "2023年6月21日 08:40");
    assert_text(number_moment(arena, m, LANGUAGE_EN), "21 June 2023 08:40");
    assert_text(number_moment(arena, m, LANGUAGE_BOTH), "2023-06-21 08:40");
    m.offset = -300;
    assert_text(number_moment(arena, m, LANGUAGE_EN), "21 June 2023 08:40 -05:00");
    m = (struct moment){ .date = 20230600,
                         .minute = MINUTE_UNKNOWN,
                         .offset = OFFSET_HONG_KONG };
    assert_text(number_moment(arena, m, LANGUAGE_ZH), "2023年6月");
    assert_text(number_moment(arena, (struct moment){ 0 }, LANGUAGE_EN), "");
}

static void assert_money(int64_t minor, const char *currency, const char *english,
                         const char *chinese)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct money m = { .minor = minor };

    memcpy(m.currency, currency, strlen(currency));
    assert_text(number_money(arena, m, LANGUAGE_EN), english);
    assert_text(number_money(arena, m, LANGUAGE_BOTH), english);
    assert_text(number_money(arena, m, LANGUAGE_ZH), chinese);
}

static void money_is_written_as_in_a_press_release(void **unused)
{
    (void)unused;
    assert_money(3980000000, "HKD", "HK$39,800,000", "港幣39,800,000元");
    assert_money(150, "HKD", "HK$1.50", "港幣1.50元");
    assert_money(-150, "HKD", "-HK$1.50", "-港幣1.50元");
    assert_money(2000, "USD", "US$20.00", "20.00美元");
    assert_money(500000, "CNY", "RMB5,000.00", "人民幣5,000.00元");
    assert_money(5000, "JPY", "JPY 5,000", "5,000日圓");
    assert_money(2000, "CHF", "CHF 20.00", "CHF 20.00");
    assert_money(0, "HKD", "HK$0", "港幣0元");
    assert_money(INT64_MIN, "HKD", "-HK$92,233,720,368,547,758.08",
                 "-港幣92,233,720,368,547,758.08元");
    assert_money(0, "", "", "");
}

static void assert_short(int64_t minor, const char *currency, const char *english,
                         const char *chinese)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct money m = { .minor = minor };

    memcpy(m.currency, currency, strlen(currency));
    assert_text(number_money_short(arena, m, LANGUAGE_EN), english);
    assert_text(number_money_short(arena, m, LANGUAGE_BOTH), english);
    assert_text(number_money_short(arena, m, LANGUAGE_ZH), chinese);
}

static void a_narrow_column_shows_money_short(void **unused)
{
    (void)unused;
    assert_short(3980000000, "HKD", "39.8M", "3,980萬");
    assert_short(999900, "HKD", "9,999", "9,999");
    assert_short(999950, "HKD", "10,000", "1萬"); /* rounded up into the next unit */
    assert_short(1250000, "HKD", "12,500", "1.3萬");
    assert_short(99999999, "HKD", "1M", "100萬");
    assert_short(12345678900, "HKD", "123M", "1.2億");
    assert_short(99999999999, "HKD", "1B", "10億");
    assert_short(1052231400000, "HKD", "10.5B", "105億");
    assert_short(-3980000000, "HKD", "-39.8M", "-3,980萬");
    assert_short(200000000, "USD", "US$2M", "US$200萬");
    assert_short(2000000, "JPY", "JPY 2M", "JPY 200萬");
    assert_short(0, "HKD", "0", "0");
    assert_short(49, "HKD", "0", "0");
    assert_short(INT64_MIN, "HKD", "-92,233,720B", "-922,337,204億");
    assert_short(5, "", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_written_as_each_language_writes_it),
        cmocka_unit_test(a_partial_date_shows_no_day_that_is_not_known),
        cmocka_unit_test(a_moment_shows_its_time_and_a_foreign_offset),
        cmocka_unit_test(money_is_written_as_in_a_press_release),
        cmocka_unit_test(a_narrow_column_shows_money_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
