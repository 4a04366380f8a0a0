#include <stdio.h>
#include <string.h>

#include "core/base/date.h"
#include "tests/check.h"

enum { TODAY = 20230621 }; /* a Wednesday */
/* 2023-06-21 08:40:59.999 in Hong Kong */
static const int64_t NOW = INT64_C(1687308059999);

struct way {
    const char *typed;
    date date;
};

static void assert_ways(const struct way *ways, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct typed_parts parts;
        date got = 0;
        enum typed_result result = date_read(&got, text_of(ways[i].typed), TODAY, &parts);

        if (result != TYPED_GOOD || got != ways[i].date)
            print_error("typed \"%s\": %u, wanted %u\n", ways[i].typed, got, ways[i].date);
        assert_int_equal(result, TYPED_GOOD);
        assert_int_equal(got, ways[i].date);
    }
}
#define COUNT(ways) (sizeof(ways) / sizeof *(ways))

static void a_date_is_typed_as_papers_write_it(void **state)
{
    static const struct way ways[] = {
        { "21/6/23", 20230621 },
        { "21.6.23", 20230621 },
        { "21-06-23", 20230621 },
        { "1/1/58", 19580101 },
        { "31/12/33", 20331231 },
        { "31/12/34", 19341231 },
        { "1.2.00", 20000201 },
        { "21062023", 20230621 },
        { "01121998", 19981201 },
        { "2023-06", 20230600 },
        { "6/2023", 20230600 },
        { "06.2023", 20230600 },
        { "21 June 2023", 20230621 },
        { "21 Jun 2023", 20230621 },
        { "21-Jun-23", 20230621 },
        { "21JUN2023", 20230621 },
        { "June 21, 2023", 20230621 },
        { "Jun 21st 2023", 20230621 },
        { "2nd Sept. 2023", 20230902 },
        { "June 2023", 20230600 },
        { "jun 2023", 20230600 },
        { "2023 June", 20230600 },
        { "2023 Jun 21", 20230621 },
        { "DEC/2022", 20221200 },
        { "２１／６／２０２３", 20230621 },
        { "２１　Ｊｕｎｅ　２０２３", 20230621 },
    };

    (void)state;
    assert_ways(ways, COUNT(ways));
}

static void a_date_is_typed_in_chinese(void **state)
{
    static const struct way ways[] = {
        { "二零二三年六月廿一日", 20230621 },
        { "二〇二三年六月二十一日", 20230621 },
        { "二零二三年十二月三十一號", 20231231 },
        { "二零二三年十月十日", 20231010 },
        { "一九九七年七月一日", 19970701 },
        { "二零二三年五月卅一日", 20230531 },
        { "二零二三年六月", 20230600 },
        { "二零二三年", 20230000 },
        { "2023年6月", 20230600 },
        { "2023年 6月 21日", 20230621 },
        { "２０２３年６月２１号", 20230621 },
        { "23年6月21日", 20230621 },
        { "2023年六月份", 20230600 },
    };

    (void)state;
    assert_ways(ways, COUNT(ways));
}

static void a_day_is_named_by_its_distance_from_today(void **state)
{
    static const struct way ways[] = {
        { "t", 20230621 },         { "n", 20230621 },        { "t-1", 20230620 },
        { "+7", 20230628 },        { "+7日", 20230628 },     { "-3d", 20230618 },
        { "+2w", 20230705 },       { "+1星期", 20230628 },   { "+1m", 20230721 },
        { "-4個月", 20230221 },    { "t+1y", 20240621 },     { "today", 20230621 },
        { "Yesterday", 20230620 }, { "tomorrow", 20230622 }, { "昨日", 20230620 },
        { "昨天", 20230620 },      { "前日", 20230619 },     { "今日", 20230621 },
        { "聽日", 20230622 },      { "明天+1", 20230623 },   { "tomorrow+1", 20230623 },
    };
    date got = 0;

    (void)state;
    assert_ways(ways, COUNT(ways));
    assert_true(date_parse(&got, TEXT("+1m"), 20230131));
    assert_int_equal(got, 20230228); /* the last day there is */
    assert_true(date_parse(&got, TEXT("-1y"), 20240229));
    assert_int_equal(got, 20230228);
}

static enum typed_result refused(const char *typed, struct typed_parts *parts)
{
    date got = 19970701;
    enum typed_result result = date_read(&got, text_of(typed), TODAY, parts);

    assert_int_equal(got, 19970701);
    return result;
}

static void what_cannot_be_is_told_with_what_is_wrong(void **state)
{
    struct typed_parts parts;

    (void)state;
    assert_int_equal(refused("2023-02-30", &parts), TYPED_NO_DAY);
    assert_int_equal(parts.month, 2);
    assert_int_equal(parts.day, 30);
    assert_int_equal(refused("31 June 2023", &parts), TYPED_NO_DAY);
    assert_int_equal(refused("二零二三年六月卅一日", &parts), TYPED_NO_DAY);
    assert_int_equal(refused("29/2/23", &parts), TYPED_NO_DAY);
    assert_int_equal(refused("6/21/2023", &parts), TYPED_NO_MONTH);
    assert_int_equal(parts.month, 21);
    assert_int_equal(refused("2023-13", &parts), TYPED_NO_MONTH);
    assert_int_equal(refused("20231301", &parts), TYPED_NO_MONTH);
    assert_int_equal(refused("21/6", &parts), TYPED_NO_YEAR);
    assert_int_equal(parts.year, 2023);
    assert_int_equal(refused("25 Dec", &parts), TYPED_NO_YEAR);
    assert_int_equal(parts.year, 2022);
    assert_int_equal(refused("一月一日", &parts), TYPED_NO_YEAR);
    assert_int_equal(refused("海關", &parts), TYPED_UNREADABLE);
    assert_int_equal(refused("21 Juno 2023", &parts), TYPED_UNREADABLE);
    assert_int_equal(refused("June June 2023", &parts), TYPED_UNREADABLE);
    assert_int_equal(refused("21/6/023", &parts), TYPED_UNREADABLE);
    assert_int_equal(refused("210623", &parts), TYPED_UNREADABLE); /* or is it 2106-23? */
    assert_int_equal(refused("昨日日", &parts), TYPED_UNREADABLE);
}

struct moment_way {
    const char *typed;
    date date;
    int minute;
};

static void a_time_is_typed_in_every_usual_way(void **state)
{
    static const struct moment_way ways[] = {
        { "21/6/23 2130", 20230621, 1290 },
        { "21.6.23 21.30", 20230621, 1290 },
        { "21 June 2023 9:30pm", 20230621, 1290 },
        { "21 June 2023, 9.30 p.m.", 20230621, 1290 },
        { "2130 21/6/2023", 20230621, 1290 },
        { "9:30pm 21 Jun 2023", 20230621, 1290 },
        { "二零二三年六月廿一日晚上九時半", 20230621, 1290 },
        { "2023年6月21日晚上9時30分", 20230621, 1290 },
        { "2023年6月21日 21:30", 20230621, 1290 },
        { "昨日下午三點", 20230620, 900 },
        { "昨日 3pm", 20230620, 900 },
        { "t 2130hrs", 20230621, 1290 },
        { "t 0900h", 20230621, 540 },
        { "today 12pm", 20230621, 720 },
        { "today 12am", 20230621, 0 },
        { "今日凌晨十二時", 20230621, 0 },
        { "今日中午十二時", 20230621, 720 },
        { "今日正午", 20230621, 720 },
        { "今日上午十一時正", 20230621, 660 },
        { "9:30pm", 20230621, 1290 },
        { "晚上九時半", 20230621, 1290 },
        { "0840", 20230621, 520 },
        { "8:40", 20230621, 520 },
        { "noon", 20230621, 720 },
        { "n 9:00", 20230621, 540 },
        { "n", 20230621, 520 },
        { "now", 20230621, 520 },
        { "現在", 20230621, 520 },
        { "２１：３０", 20230621, 1290 },
        { "t-1", 20230620, MINUTE_UNKNOWN },
        { "昨日", 20230620, MINUTE_UNKNOWN },
        { "June 2023", 20230600, MINUTE_UNKNOWN },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct moment got = { 0 };
        bool good = moment_parse(&got, text_of(ways[i].typed), NOW);

        if (!good || got.date != ways[i].date || got.minute != ways[i].minute)
            print_error("typed \"%s\": %u %d\n", ways[i].typed, got.date, got.minute);
        assert_true(good);
        assert_int_equal(got.date, ways[i].date);
        assert_int_equal(got.minute, ways[i].minute);
        assert_int_equal(got.offset, OFFSET_HONG_KONG);
    }
}

static void a_time_that_cannot_be_is_told(void **state)
{
    static const struct {
        const char *typed;
        enum typed_result result;
    } wrong[] = {
        { "21/6/2023 2460", TYPED_NO_TIME },
        { "21/6/2023 24:00", TYPED_NO_TIME },
        { "21/6/2023 13:30am", TYPED_NO_TIME },
        { "今日晚上十二時", TYPED_NO_TIME },
        { "25:10", TYPED_NO_TIME },
        { "31/6/2023 2130", TYPED_NO_DAY },
        { "21/6 2130", TYPED_NO_YEAR },
        { "June 2023 9pm", TYPED_UNREADABLE },
        { "9pm 9pm", TYPED_UNREADABLE },
        { "2023-06-21 08:40:15", TYPED_UNREADABLE },
        { "海關", TYPED_UNREADABLE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct typed_parts parts;
        struct moment got = { 0 };
        enum typed_result result = moment_read(&got, text_of(wrong[i].typed), NOW, &parts);

        if (result != wrong[i].result)
            print_error("typed \"%s\": %d\n", wrong[i].typed, (int)result);
        assert_int_equal(result, wrong[i].result);
        assert_int_equal(got.date, 0);
    }
}

/* Pieces of dates in any order: never a day that is none, and never a byte read behind the end. */
static void random_words_never_make_a_wrong_moment(void **state)
{
    static const char *const parts[] = { "二",  "十",   "廿",   "卅", "〇",   "年",   "月",
                                         "日",  "時",   "半",   "分", "晚上", "下午", "pm",
                                         "jun", "sept", "t",    "n",  "+",    "-",    "/",
                                         ".",   " ",    "1",    "21", "2023", "99",   "昨日",
                                         "z",   "st",   "noon", ":",  "30" };

    (void)state;
    check_seed();
    for (int i = 0; i < 200000; i++) {
        char typed[128];
        size_t len = 0;
        struct moment m;
        date d;

        for (int n = rand() % 7; n >= 0; n--) {
            const char *part = parts[(size_t)rand() % COUNT(parts)];

            memcpy(typed + len, part, strlen(part));
            len += strlen(part);
        }
        if (date_parse(&d, (struct text){ typed, len }, TODAY))
            assert_true(date_valid(d));
        if (moment_parse(&m, (struct text){ typed, len }, NOW))
            assert_true(moment_valid(m));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_typed_as_papers_write_it),
        cmocka_unit_test(a_date_is_typed_in_chinese),
        cmocka_unit_test(a_day_is_named_by_its_distance_from_today),
        cmocka_unit_test(what_cannot_be_is_told_with_what_is_wrong),
        cmocka_unit_test(a_time_is_typed_in_every_usual_way),
        cmocka_unit_test(a_time_that_cannot_be_is_told),
        cmocka_unit_test(random_words_never_make_a_wrong_moment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
