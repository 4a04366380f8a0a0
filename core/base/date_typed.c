/* Dates as people type them. The text is narrowed, put in small letters, and Chinese numerals become digits;
 * what is left is read by one form after the other. */
#include "core/base/date_parts.h"

#include <string.h>

enum { YEARS_AHEAD = 10 };

/* ---- Chinese numerals ---- */

/* A digit 0..9, 10 for 十, 20 for 廿, 30 for 卅; -1: no numeral. Each takes three bytes. */
static int numeral(const char *at, const char *end)
{
    static const struct {
        char mark[4];
        int8_t value;
    } numerals[] = {
        { "〇", 0 }, { "零", 0 }, { "○", 0 },   { "一", 1 },  { "二", 2 },  { "三", 3 },
        { "四", 4 }, { "五", 5 }, { "六", 6 },  { "七", 7 },  { "八", 8 },  { "九", 9 },
        { "兩", 2 }, { "两", 2 }, { "十", 10 }, { "廿", 20 }, { "卅", 30 },
    };

    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
        if (end - at >= 3 && memcmp(at, numerals[i].mark, 3) == 0)
            return numerals[i].value;
    return -1;
}

/* 廿一, 三十, 十二 as a number; 二零二三 as its digits. */
static void put_numerals(char *out, size_t *len, struct reading *r)
{
    int units = 0, tens = 0, value;
    bool counted = false;
    const char *start = r->at;

    for (const char *p = r->at; (value = numeral(p, r->end)) >= 0; p += 3)
        counted |= value >= 10;
    for (; (value = numeral(r->at, r->end)) >= 0; r->at += 3) {
        if (!counted)
            out[(*len)++] = (char)('0' + value);
        else if (value >= 10)
            tens = value > 10 ? value / 10 : r->at == start ? 1 : units;
        units = value < 10 ? value : 0;
    }
    if (!counted)
        return;
    if (tens > 0)
        out[(*len)++] = (char)('0' + tens % 10);
    out[(*len)++] = (char)('0' + units);
}

/* Digits never take more bytes than the numerals they stand for. */
bool date_plain(char out[DATE_TYPED], struct text t, struct reading *r)
{
    char narrow[DATE_TYPED];
    size_t len, used = 0;

    if (!text_narrow(narrow, sizeof narrow, t, &len))
        return false;
    struct reading in = { narrow, narrow + len };

    while (!reading_ended(&in)) {
        char c = *in.at;

        if (numeral(in.at, in.end) >= 0) {
            put_numerals(out, &used, &in);
            continue;
        }
        out[used++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        in.at++;
    }
    *r = (struct reading){ out, out + used };
    return true;
}

/* ---- what a date is made of ---- */

/* 23 is 2023, 58 is 1958: at most ten years ahead. */
static int whole_year(const struct dating *d, int year, int digits)
{
    int last = (d->today != 0 ? date_year(d->today) : 2030) + YEARS_AHEAD;

    if (digits > 2)
        return year;
    return year + (last / 100 * 100 + year > last ? last / 100 - 1 : last / 100) * 100;
}

static enum typed_result finish(struct dating *d, const struct reading *r, int year, int month,
                                int day)
{
    if (!reading_ended(r))
        return TYPED_UNREADABLE;
    *d->parts = (struct typed_parts){ .year = year, .month = month, .day = day };
    d->made = date_make(year, month, day);
    if (d->made != 0)
        return TYPED_GOOD;
    if (year < 1000 || year > 9999)
        return TYPED_UNREADABLE;
    if (month < 1 || month > 12)
        return month == 0 && day == 0 ? TYPED_UNREADABLE : TYPED_NO_MONTH;
    return TYPED_NO_DAY;
}

static int64_t distance(date a, date b)
{
    int64_t days = date_days(a) - date_days(b);

    return days < 0 ? -days : days;
}

/* A day and a month alone are told with the year that is nearest to today. */
static enum typed_result no_year(struct dating *d, int month, int day)
{
    date nearest = 0;

    for (int step = -1; d->today != 0 && step <= 1; step++) {
        date made = date_make(date_year(d->today) + step, month, day);

        if (made != 0 && day > 0 &&
            (nearest == 0 || distance(made, d->today) < distance(nearest, d->today)))
            nearest = made;
    }
    if (nearest == 0)
        return TYPED_UNREADABLE;
    *d->parts = (struct typed_parts){ .year = date_year(nearest), .month = month, .day = day };
    return TYPED_NO_YEAR;
}

/* ---- digits with one and the same mark between them ---- */

static enum typed_result read_marked(struct dating *d, struct reading r, char mark)
{
    const char separator[] = { mark, '\0' };
    int numbers[3], digits[3], count = 0;

    do {
        if (count == 3 || (digits[count] = reading_digits(&r, &numbers[count])) == 0)
            return TYPED_UNREADABLE;
        count++;
    } while (reading_mark(&r, separator));
    if (!reading_ended(&r) || count < 2)
        return TYPED_UNREADABLE;
    for (int i = 0; i < count; i++)
        if (digits[i] > 4 || digits[i] == 3 || (digits[i] == 4 && i != 0 && i != count - 1) ||
            (digits[i] < 3 && numbers[i] == 0 && i != count - 1))
            return TYPED_UNREADABLE;
    if (digits[0] == 4)
        return digits[count - 1] == 4 || (count > 1 && numbers[1] == 0) ||
                       (count == 3 && numbers[2] == 0)
                   ? TYPED_UNREADABLE
                   : finish(d, &r, numbers[0], numbers[1], count == 3 ? numbers[2] : 0);
    if (count == 3)
        return finish(d, &r, whole_year(d, numbers[2], digits[2]), numbers[1], numbers[0]);
    return digits[1] == 4 ? finish(d, &r, numbers[1], numbers[0], 0)
                          : no_year(d, numbers[1], numbers[0]);
}

/* 20230621, 21062023, 2023 */
static enum typed_result read_solid(struct dating *d, struct reading r)
{
    int number, count = reading_digits(&r, &number);

    if (!reading_ended(&r))
        return TYPED_UNREADABLE;
    if (count == 4)
        return finish(d, &r, number, 0, 0);
    if (count != 8)
        return TYPED_UNREADABLE;
    enum typed_result result = finish(d, &r, number / 10000, number / 100 % 100, number % 100);
    struct typed_parts first = *d->parts;

    if (result == TYPED_GOOD || number / 1000000 == 0 || number / 10000 % 100 == 0)
        return result;
    if (finish(d, &r, number % 10000, number / 10000 % 100, number / 1000000) == TYPED_GOOD)
        return TYPED_GOOD;
    *d->parts = first;
    return result;
}

/* ---- 2023年6月21日 ---- */

static bool read_numbered(struct reading *r, int *number, int *digits, const char *const *marks)
{
    struct reading before = *r;

    *digits = reading_digits(r, number);
    reading_blanks(r);
    if (*digits > 0 && *digits < 5 && reading_any(r, marks)) {
        reading_blanks(r);
        return true;
    }
    *r = before;
    return false;
}

static enum typed_result read_chinese(struct dating *d, struct reading r)
{
    static const char *const years[] = { "年", NULL };
    static const char *const months[] = { "月份", "月", NULL };
    static const char *const days[] = { "日", "號", "号", NULL };
    int year = 0, month = 0, day = 0, digits, other;
    bool with_year = read_numbered(&r, &year, &digits, years);
    bool with_month = read_numbered(&r, &month, &other, months);
    bool with_day = with_month && read_numbered(&r, &day, &other, days);

    if (!reading_ended(&r) || (!with_year && !with_month) || (with_month && month == 0) ||
        (with_day && day == 0))
        return TYPED_UNREADABLE;
    if (!with_year)
        return with_day ? no_year(d, month, day) : TYPED_UNREADABLE;
    return digits == 3 ? TYPED_UNREADABLE
                       : finish(d, &r, whole_year(d, year, digits), month, day);
}

/* ---- 21 June 2023, Jun 2023, June 21, 2023 ---- */

static int read_month_name(struct reading *r)
{
    static const char *const names[] = { "january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december" };

    for (int i = 0; i < 12; i++) {
        struct reading word = *r;

        if (reading_mark(&word, names[i])) {
            *r = word;
            return i + 1;
        }
        if (r->end - r->at >= 3 && memcmp(r->at, names[i], 3) == 0) {
            r->at += r->end - r->at >= 4 && memcmp(r->at, "sept", 4) == 0 ? 4 : 3;
            reading_mark(r, ".");
            return i + 1;
        }
    }
    return 0;
}

static void read_between(struct reading *r)
{
    while (!reading_ended(r) && strchr(" \t,-/.", *r->at))
        r->at++;
}

static enum typed_result read_named(struct dating *d, struct reading r)
{
    static const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
    int numbers[2] = { 0 }, digits[2] = { 0 }, count = 0, month = 0;

    while (!reading_ended(&r)) {
        int found = month == 0 ? read_month_name(&r) : 0;

        if (found > 0) {
            month = found;
        } else {
            if (count == 2 || (digits[count] = reading_digits(&r, &numbers[count])) == 0)
                return TYPED_UNREADABLE;
            if (digits[count++] < 3)
                reading_any(&r, ordinals);
        }
        read_between(&r);
    }
    if (month == 0 || count == 0 || digits[0] == 3 || digits[1] == 3)
        return TYPED_UNREADABLE;
    if (count == 1 && digits[0] == 4)
        return finish(d, &r, numbers[0], month, 0);
    if (count == 1)
        return no_year(d, month, numbers[0]);
    if (digits[0] == 4)
        return finish(d, &r, numbers[0], month, numbers[1] > 0 ? numbers[1] : 99);
    return finish(d, &r, whole_year(d, numbers[1], digits[1]), month,
                  numbers[0] > 0 ? numbers[0] : 99);
}

/* ---- counted from today ---- */

static date add_months(date day, int months)
{
    int all = date_year(day) * 12 + date_month(day) - 1 + months;
    int last;

    if (all < 12000 || all >= 120000)
        return 0;
    last = date_days_of_month(all / 12, all % 12 + 1);
    return date_make(all / 12, all % 12 + 1, date_day(day) < last ? date_day(day) : last);
}

static bool read_named_day(struct reading *r, int *days)
{
    static const struct {
        const char *word;
        int days;
    } named[] = {
        { "today", 0 }, { "now", 0 },        { "今日", 0 },  { "今天", 0 },     { "本日", 0 },
        { "即日", 0 },  { "yesterday", -1 }, { "昨日", -1 }, { "昨天", -1 },    { "尋日", -1 },
        { "琴日", -1 }, { "前日", -2 },      { "前天", -2 }, { "tomorrow", 1 }, { "明日", 1 },
        { "明天", 1 },  { "聽日", 1 },       { "翌日", 1 },  { "後日", 2 },     { "後天", 2 },
        { "t", 0 },     { "n", 0 },
    };

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (reading_mark(r, named[i].word)) {
            *days = named[i].days;
            return true;
        }
    return false;
}

/* Of the unit that stands here; days where there is none. */
static int days_of(struct reading *r)
{
    static const char *const weeks[] = { "w", "週", "星期", NULL };
    static const char *const days[] = { "d", "日", "天", NULL };

    if (reading_any(r, weeks))
        return 7;
    reading_any(r, days);
    return 1;
}

/* t, +N, -N, t+N, t-N, +2w, -3m, +1y, yesterday, 昨日 */
static enum typed_result read_relative(struct dating *d, struct reading r)
{
    static const char *const months[] = { "m", "個月", NULL };
    static const char *const years[] = { "y", "年", NULL };
    int count = 0, named = 0, sign = 0;
    bool found = read_named_day(&r, &named);

    if (reading_mark(&r, "+"))
        sign = 1;
    else if (reading_mark(&r, "-"))
        sign = -1;
    if ((sign == 0 && !found) || (sign != 0 && reading_digits(&r, &count) == 0) ||
        d->today == 0 || date_is_partial(d->today) || count > 9999999)
        return TYPED_UNREADABLE;
    d->made = date_add_days(d->today, named);
    if (d->made != 0 && sign != 0 && count < 120000 && reading_any(&r, months))
        d->made = add_months(d->made, sign * count);
    else if (d->made != 0 && sign != 0 && count < 9000 && reading_any(&r, years))
        d->made = add_months(d->made, sign * count * 12);
    else if (d->made != 0 && sign != 0)
        d->made = date_add_days(d->made, sign * count * days_of(&r));
    return reading_ended(&r) && d->made != 0 ? TYPED_GOOD : TYPED_UNREADABLE;
}

/* ---- any of them ---- */

enum typed_result date_read_any(struct dating *d, struct reading r)
{
    static const char marks[] = "-/.";
    enum typed_result result = read_solid(d, r), other;

    for (const char *mark = marks; *mark && result == TYPED_UNREADABLE; mark++)
        result = read_marked(d, r, *mark);
    if (result == TYPED_UNREADABLE)
        result = read_chinese(d, r);
    if (result == TYPED_UNREADABLE)
        result = read_named(d, r);
    if (result == TYPED_UNREADABLE && (other = read_relative(d, r)) == TYPED_GOOD)
        result = other;
    return result;
}

date date_usable(date today)
{
    return date_valid(today) ? today : 0;
}

enum typed_result date_read(date *out, struct text t, date today, struct typed_parts *parts)
{
    struct dating d = { .today = date_usable(today), .parts = parts };
    char typed[DATE_TYPED];
    struct reading r;
    enum typed_result result;

    *parts = (struct typed_parts){ 0 };
    if (!date_plain(typed, t, &r))
        return TYPED_UNREADABLE;
    result = date_read_any(&d, r);
    if (result == TYPED_GOOD)
        *out = d.made;
    return result;
}

bool date_parse(date *out, struct text t, date today)
{
    struct typed_parts parts;

    return date_read(out, t, today, &parts) == TYPED_GOOD;
}
