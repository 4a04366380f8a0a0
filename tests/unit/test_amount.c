#include "core/base/amount.h"

#include <stdlib.h>
#include <string.h>

#include "tests/check.h"

static void assert_decimal(const char *typed, int64_t mantissa, int exponent)
{
    struct decimal d = { 0 };
    bool good = decimal_parse(&d, text_of(typed));

    if (!good || d.mantissa != mantissa || d.exponent != exponent)
        print_error("typed: \"%s\", got %lld x 10^%d\n", typed, (long long)d.mantissa,
                    d.exponent);
    assert_true(good);
    assert_true(d.mantissa == mantissa);
    assert_int_equal(d.exponent, exponent);
}

static void a_number_keeps_the_places_it_was_typed_with(void **state)
{
    (void)state;
    assert_decimal("1,270.00", 127000, -2);
    assert_decimal("1270", 1270, 0);
    assert_decimal("0.500", 500, -3);
    assert_decimal(".5", 5, -1);
    assert_decimal("-3.25", -325, -2);
    assert_decimal("+7", 7, 0);
    assert_decimal("39 800 000", 39800000, 0);
    assert_decimal("１，２７０．００", 127000, -2);
    assert_decimal("－１２", -12, 0);
    assert_decimal("007", 7, 0);
    assert_decimal("0.123456789", 123456789, -9);
    assert_decimal("9223372036854775807", INT64_MAX, 0);
}

static void ten_thousands_and_hundred_millions_multiply(void **state)
{
    (void)state;
    assert_decimal("1.2億", 12, 7);
    assert_decimal("3,980萬", 3980, 4);
    assert_decimal("3980 万", 3980, 4);
    assert_decimal("２亿", 2, 8);
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",           "-",
        ".",          "5.",
        "1,5",        "1,27,000",
        "1234,567",   "1,234 567",
        ",123",       "1,",
        "1.2.3",      "1.0000000000",
        "1e5",        "0x10",
        "--1",        "1 ,000",
        "萬",         "3萬5",
        "三百五",     "億萬",
        "三億九千億", "十萬百萬億億",
        "二兩",       "二百五百",
        "五 六",      "9223372036854775808",
        "12kg",       "1.234,5",
        "+ 1",        "1,2345",
        "٣",          "1.5萬5",
    };
    struct decimal d = { 42, 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (decimal_parse(&d, text_of(wrong[i])))
            print_error("typed: \"%s\"\n", wrong[i]);
        assert_false(decimal_parse(&d, text_of(wrong[i])));
        assert_true(d.mantissa == 42);
    }
}

static void assert_printed(struct decimal d, bool group, const char *expected)
{
    AUTO_BUFFER struct buffer out = { 0 };

    decimal_print(&out, d, group);
    buffer_byte(&out, '\0');
    assert_string_equal((char *)out.data, expected);
}

static void a_number_prints_with_its_places_and_groups(void **state)
{
    (void)state;
    assert_printed((struct decimal){ 127000, -2 }, true, "1,270.00");
    assert_printed((struct decimal){ 127000, -2 }, false, "1270.00");
    assert_printed((struct decimal){ 12, 7 }, true, "120,000,000");
    assert_printed((struct decimal){ -5, -3 }, true, "-0.005");
    assert_printed((struct decimal){ 0, -2 }, true, "0.00");
    assert_printed((struct decimal){ 0, 5 }, true, "0");
    assert_printed((struct decimal){ 999, 0 }, true, "999");
    assert_printed((struct decimal){ -1000, 0 }, true, "-1,000");
    assert_printed((struct decimal){ INT64_MIN, 0 }, true, "-9,223,372,036,854,775,808");
    assert_printed((struct decimal){ INT64_MIN, 9 }, false, "-9223372036854775808000000000");
}

static void numbers_are_compared_by_value(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare((struct decimal){ 150, -2 }, (struct decimal){ 15, -1 }),
                     0);
    assert_true(decimal_compare((struct decimal){ 1, 9 }, (struct decimal){ 1, -9 }) > 0);
    assert_true(decimal_compare((struct decimal){ INT64_MIN, 9 },
                                (struct decimal){ INT64_MAX, -9 }) < 0);
}

static void sums_and_products_are_exact_or_say_that_they_are_not(void **state)
{
    struct decimal d;

    (void)state;
    assert_true(decimal_add(&d, (struct decimal){ 15, -1 }, (struct decimal){ 25, -2 }));
    assert_true(d.mantissa == 175 && d.exponent == -2);
    assert_true(decimal_add(&d, (struct decimal){ INT64_MAX, 0 }, (struct decimal){ 3, 0 }));
    assert_true(d.mantissa == 922337203685477581 && d.exponent == 1);
    assert_false(decimal_add(&d, (struct decimal){ INT64_MAX, 0 }, (struct decimal){ 1, -1 }));
    assert_false(decimal_add(&d, (struct decimal){ INT64_MAX, 0 }, (struct decimal){ 2, 0 }));
    assert_true(decimal_multiply(&d, (struct decimal){ 1270, -2 }, (struct decimal){ 3, 0 }));
    assert_true(d.mantissa == 3810 && d.exponent == -2);
    assert_true(decimal_multiply(&d, (struct decimal){ 5, -9 }, (struct decimal){ 20, -1 }));
    assert_true(d.mantissa == 10 && d.exponent == -9);
    assert_false(decimal_multiply(&d, (struct decimal){ 1, -9 }, (struct decimal){ 1, -1 }));
    assert_true(decimal_multiply(&d, (struct decimal){ 1, 9 }, (struct decimal){ 1, 9 }));
    assert_true(d.mantissa == 1000000000 && d.exponent == 9);
    assert_false(
        decimal_multiply(&d, (struct decimal){ 11, 9 }, (struct decimal){ INT64_MAX, 9 }));
    assert_true(decimal_multiply(&d, (struct decimal){ 0, -9 }, (struct decimal){ 7, -9 }));
    assert_true(d.mantissa == 0);
}

static void scaling_rounds_half_away_from_zero(void **state)
{
    int64_t n;

    (void)state;
    assert_true(decimal_scale(&n, (struct decimal){ 15, -1 }, 2) && n == 150);
    assert_true(decimal_scale(&n, (struct decimal){ 1005, -3 }, 2) && n == 101);
    assert_true(decimal_scale(&n, (struct decimal){ 1004, -3 }, 2) && n == 100);
    assert_true(decimal_scale(&n, (struct decimal){ -1005, -3 }, 2) && n == -101);
    assert_true(decimal_scale(&n, (struct decimal){ -25, -1 }, 0) && n == -3);
    assert_true(decimal_scale(&n, (struct decimal){ 5, -9 }, -9) && n == 0);
    assert_false(decimal_scale(&n, (struct decimal){ INT64_MAX, 0 }, 1));
    assert_true(decimal_scale(&n, (struct decimal){ INT64_MAX, 0 }, 0) && n == INT64_MAX);
}

static void assert_money(const char *typed, int64_t minor, const char *currency)
{
    struct money m = { 0 };
    bool good = money_parse(&m, text_of(typed));

    if (!good || m.minor != minor || strcmp(m.currency, currency) != 0)
        print_error("typed: \"%s\", got %s %lld\n", typed, m.currency, (long long)m.minor);
    assert_true(good);
    assert_true(m.minor == minor);
    assert_string_equal(m.currency, currency);
}

static void money_is_hong_kong_dollars_unless_it_says_otherwise(void **state)
{
    (void)state;
    assert_money("39,800,000", 3980000000, "HKD");
    assert_money("HKD 1.50", 150, "HKD");
    assert_money("USD 20", 2000, "USD");
    assert_money("usd20.05", 2005, "USD");
    assert_money("$20", 2000, "HKD");
    assert_money("HK$ 20.5", 2050, "HKD");
    assert_money("US$20", 2000, "USD");
    assert_money("＄２０", 2000, "HKD");
    assert_money("1.2億", 12000000000, "HKD");
    assert_money("JPY 5,000", 5000, "JPY");
    assert_money("KWD 1.234", 1234, "KWD");
    assert_money("1.500", 150, "HKD");
    assert_money("-20", -2000, "HKD");
}

static void money_is_typed_in_every_usual_way(void **state)
{
    static const struct {
        const char *typed;
        int64_t minor;
        const char *currency;
    } ways[] = {
        { "3.98億", 39800000000, "HKD" },
        { "3億9,800萬元", 39800000000, "HKD" },
        { "三億九千八百萬", 39800000000, "HKD" },
        { "兩百萬", 200000000, "HKD" },
        { "1.5m", 150000000, "HKD" },
        { "HK$1.5M", 150000000, "HKD" },
        { "1.5 million", 150000000, "HKD" },
        { "20k", 2000000, "HKD" },
        { "2bn", 200000000000, "HKD" },
        { "HK$1,000", 100000, "HKD" },
        { "港幣5萬", 5000000, "HKD" },
        { "港幣五萬元正", 5000000, "HKD" },
        { "1,000元", 100000, "HKD" },
        { "1000港元", 100000, "HKD" },
        { "500 USD", 50000, "USD" },
        { "US$500", 50000, "USD" },
        { "500美元", 50000, "USD" },
        { "1.2m USD", 120000000, "USD" },
        { "RMB 5000", 500000, "CNY" },
        { "人民幣5000", 500000, "CNY" },
        { "5000人民幣", 500000, "CNY" },
        { "€20.5", 2050, "EUR" },
        { "MOP$30", 3000, "MOP" },
        { "日圓3000", 3000, "JPY" },
        { "ＨＫ＄１，０００", 100000, "HKD" },
        { "1萬億", 100000000000000, "HKD" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        assert_money(ways[i].typed, ways[i].minor, ways[i].currency);
}

static void numbers_are_read_in_chinese(void **state)
{
    static const struct {
        const char *typed;
        int64_t number;
    } ways[] = {
        { "十", 10 },
        { "十五", 15 },
        { "二十", 20 },
        { "三十八", 38 },
        { "一百零五", 105 },
        { "二百三十", 230 },
        { "一千二百七十", 1270 },
        { "一萬零五百", 10500 },
        { "兩萬三千", 23000 },
        { "十二萬", 120000 },
        { "1萬2345", 12345 },
        { "3百", 300 },
        { "一二七〇", 1270 },
        { "二零二三", 2023 },
        { "百萬", 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct decimal d = { 0, 0 };
        int64_t whole = 0;

        if (decimal_parse(&d, text_of(ways[i].typed)))
            assert_true(decimal_scale(&whole, d, 0));
        if (whole != ways[i].number)
            print_error("typed: \"%s\": %lld\n", ways[i].typed, (long long)whole);
        assert_true(whole == ways[i].number);
    }
}

static void parts_of_a_cent_and_other_words_are_no_money(void **state)
{
    static const char *const wrong[] = { "",
                                         "HKD",
                                         "1.505",
                                         "JPY 1.5",
                                         "USD 20 USD",
                                         "20 USDX",
                                         "m",
                                         "1.5x",
                                         "元",
                                         "2k元k",
                                         "USDX 20",
                                         "US 20",
                                         "92233720368547758.08",
                                         "9999999999億",
                                         "$$2",
                                         "HK20" };
    struct money m;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(money_parse(&m, text_of(wrong[i])));
}

static void assert_money_printed(struct money m, bool group, const char *expected)
{
    AUTO_BUFFER struct buffer out = { 0 };

    money_print(&out, m, group);
    buffer_byte(&out, '\0');
    assert_string_equal((char *)out.data, expected);
}

static void money_prints_its_currency_unless_it_is_at_home(void **state)
{
    (void)state;
    assert_money_printed((struct money){ 3980000000, "HKD" }, true, "39,800,000");
    assert_money_printed((struct money){ 150, "HKD" }, true, "1.50");
    assert_money_printed((struct money){ -5, "HKD" }, true, "-0.05");
    assert_money_printed((struct money){ 2000, "USD" }, true, "USD 20.00");
    assert_money_printed((struct money){ 500000, "JPY" }, true, "JPY 500,000");
    assert_money_printed((struct money){ 500000, "JPY" }, false, "JPY 500000");
    assert_money_printed((struct money){ 0, "" }, true, "");
}

static void money_is_ordered_by_currency_and_amount(void **state)
{
    struct money sum = { 400, "HKD" };

    (void)state;
    assert_true(money_compare(sum, (struct money){ 1, "USD" }) < 0);
    assert_true(money_compare(sum, (struct money){ 1, "HKD" }) > 0);
    assert_int_equal(money_compare(sum, sum), 0);
}

static struct text random_typing(char typed[32])
{
    static const char *const parts[] = { "0", "1",  "9",  "000", "123", ",",   " ",
                                         ".", "-",  "+",  "萬",  "億",  "HKD", "JPY",
                                         "$", "５", "，", "．",  "KWD" };
    size_t len = 0;

    if (rand() % 4 == 0) {
        for (size_t count = (size_t)rand() % 30; len < count; len++)
            typed[len] = (char)rand();
        return (struct text){ typed, len };
    }
    for (int count = rand() % 12; count > 0; count--) {
        const char *part = parts[(size_t)rand() % (sizeof(parts) / sizeof(parts[0]))];

        if (len + strlen(part) > 32)
            break;
        memcpy(typed + len, part, strlen(part));
        len += strlen(part);
    }
    return (struct text){ typed, len };
}

static void random_typing_never_makes_a_wrong_amount(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    check_seed();
    for (int i = 0; i < 300000; i++) {
        char typed[32];
        struct text t = random_typing(typed);
        struct decimal d, same;
        struct money m, again;

        buffer_clear(&out);
        if (decimal_parse(&d, t)) {
            assert_in_range(d.exponent + 9, 0, 18);
            decimal_print(&out, d, rand() % 2);
            if (decimal_parse(&same, buffer_as_text(&out)))
                assert_int_equal(decimal_compare(d, same), 0);
            else
                assert_true(d.exponent > 0); /* too long without its multiplier */
        }
        buffer_clear(&out);
        if (money_parse(&m, t)) {
            money_print(&out, m, rand() % 2);
            assert_true(money_parse(&again, buffer_as_text(&out)));
            assert_int_equal(money_compare(m, again), 0);
        }
    }
}

static struct decimal random_decimal(void)
{
    uint64_t bits = (uint64_t)rand() << 33 ^ (uint64_t)rand() << 16 ^ (uint64_t)rand();

    return (struct decimal){ (int64_t)(bits >> (rand() % 60)) * (rand() % 2 ? 1 : -1),
                             (int8_t)(rand() % 19 - 9) };
}

static void arithmetic_agrees_with_itself(void **state)
{

    (void)state;
    check_seed();
    for (int i = 0; i < 100000; i++) {
        struct decimal a = random_decimal(), b = random_decimal(), sum, back, product, other;

        assert_int_equal(decimal_compare(a, b), -decimal_compare(b, a));
        if (decimal_add(&sum, a, b) && b.mantissa != INT64_MIN) {
            struct decimal minus = { -b.mantissa, b.exponent };

            if (decimal_add(&back, sum, minus))
                assert_int_equal(decimal_compare(back, a), 0);
        }
        if (decimal_multiply(&product, a, b)) {
            assert_true(decimal_multiply(&other, b, a));
            assert_int_equal(decimal_compare(product, other), 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_keeps_the_places_it_was_typed_with),
        cmocka_unit_test(ten_thousands_and_hundred_millions_multiply),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(a_number_prints_with_its_places_and_groups),
        cmocka_unit_test(numbers_are_compared_by_value),
        cmocka_unit_test(sums_and_products_are_exact_or_say_that_they_are_not),
        cmocka_unit_test(scaling_rounds_half_away_from_zero),
        cmocka_unit_test(money_is_hong_kong_dollars_unless_it_says_otherwise),
        cmocka_unit_test(money_is_typed_in_every_usual_way),
        cmocka_unit_test(numbers_are_read_in_chinese),
        cmocka_unit_test(parts_of_a_cent_and_other_words_are_no_money),
        cmocka_unit_test(money_prints_its_currency_unless_it_is_at_home),
        cmocka_unit_test(money_is_ordered_by_currency_and_amount),
        cmocka_unit_test(random_typing_never_makes_a_wrong_amount),
        cmocka_unit_test(arithmetic_agrees_with_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
