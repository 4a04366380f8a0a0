/* Dates and moments as people type them. The text is narrowed, put in small letters, and Chinese numerals become digits;
 * what is left is read by one form after the other. */
#include "core/base/date.h"

#include <string.h>

/* TYPED: more than any date or moment that can be typed. */
enum { DAY_MINUTES = 1440, TYPED = 128, YEARS_AHEAD = 10 };

/* What is left to read. */
struct reading {
    const char *at;
    const char *end;
};

static bool at_end(const struct reading *r)
{
    return r->at == r->end;
}

static bool read_mark(struct reading *r, const char *mark)
{
    size_t len = strlen(mark);

    if ((size_t)(r->end - r->at) < len || memcmp(r->at, mark, len) != 0)
        return false;
    r->at += len;
    return true;
}

static bool read_any(struct reading *r, const char *const *marks)
{
    for (; *marks; marks++)
        if (read_mark(r, *marks))
            return true;
    return false;
}

static void read_blanks(struct reading *r)
{
    while (!at_end(r) && (*r->at == ' ' || *r->at == '\t'))
        r->at++;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads all digits that stand here; returns how many, 0 for none or more than nine. */
static int read_digits(struct reading *r, int *number)
{
    int count = 0;

    *number = 0;
    for (; !at_end(r) && is_digit(*r->at); r->at++) {
        if (++count > 9)
            return 0;
        *number = *number * 10 + (*r->at - '0');
    }
    return count;
}

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

/* False: too long. Digits never take more bytes than the numerals they stand for. */
static bool plain(char out[TYPED], struct text t, struct reading *r)
{
    char narrow[TYPED];
    size_t len, used = 0;

    if (!text_narrow(narrow, sizeof narrow, t, &len))
        return false;
    struct reading in = { narrow, narrow + len };

    while (!at_end(&in)) {
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

struct dating {
    date today; /* 0: not known */
    date made;
    struct typed_parts *parts;
};

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
    if (!at_end(r))
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
        if (count == 3 || (digits[count] = read_digits(&r, &numbers[count])) == 0)
            return TYPED_UNREADABLE;
        count++;
    } while (read_mark(&r, separator));
    if (!at_end(&r) || count < 2)
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
    int number, count = read_digits(&r, &number);

    if (!at_end(&r))
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

    *digits = read_digits(r, number);
    read_blanks(r);
    if (*digits > 0 && *digits < 5 && read_any(r, marks)) {
        read_blanks(r);
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

    if (!at_end(&r) || (!with_year && !with_month) || (with_month && month == 0) ||
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

        if (read_mark(&word, names[i])) {
            *r = word;
            return i + 1;
        }
        if (r->end - r->at >= 3 && memcmp(r->at, names[i], 3) == 0) {
            r->at += r->end - r->at >= 4 && memcmp(r->at, "sept", 4) == 0 ? 4 : 3;
            read_mark(r, ".");
            return i + 1;
        }
    }
    return 0;
}

static void read_between(struct reading *r)
{
    while (!at_end(r) && strchr(" \t,-/.", *r->at))
        r->at++;
}

static enum typed_result read_named(struct dating *d, struct reading r)
{
    static const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
    int numbers[2] = { 0 }, digits[2] = { 0 }, count = 0, month = 0;

    while (!at_end(&r)) {
        int found = month == 0 ? read_month_name(&r) : 0;

        if (found > 0) {
            month = found;
        } else {
            if (count == 2 || (digits[count] = read_digits(&r, &numbers[count])) == 0)
                return TYPED_UNREADABLE;
            if (digits[count++] < 3)
                read_any(&r, ordinals);
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
        if (read_mark(r, named[i].word)) {
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

    if (read_any(r, weeks))
        return 7;
    read_any(r, days);
    return 1;
}

/* t, +N, -N, t+N, t-N, +2w, -3m, +1y, yesterday, 昨日 */
static enum typed_result read_relative(struct dating *d, struct reading r)
{
    static const char *const months[] = { "m", "個月", NULL };
    static const char *const years[] = { "y", "年", NULL };
    int count = 0, named = 0, sign = 0;
    bool found = read_named_day(&r, &named);

    if (read_mark(&r, "+"))
        sign = 1;
    else if (read_mark(&r, "-"))
        sign = -1;
    if ((sign == 0 && !found) || (sign != 0 && read_digits(&r, &count) == 0) || d->today == 0 ||
        date_is_partial(d->today) || count > 9999999)
        return TYPED_UNREADABLE;
    d->made = date_add_days(d->today, named);
    if (d->made != 0 && sign != 0 && count < 120000 && read_any(&r, months))
        d->made = add_months(d->made, sign * count);
    else if (d->made != 0 && sign != 0 && count < 9000 && read_any(&r, years))
        d->made = add_months(d->made, sign * count * 12);
    else if (d->made != 0 && sign != 0)
        d->made = date_add_days(d->made, sign * count * days_of(&r));
    return at_end(&r) && d->made != 0 ? TYPED_GOOD : TYPED_UNREADABLE;
}

/* ---- any of them ---- */

static enum typed_result read_date(struct dating *d, struct reading r)
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

static date usable(date today)
{
    return date_valid(today) ? today : 0;
}

enum typed_result date_read(date *out, struct text t, date today, struct typed_parts *parts)
{
    struct dating d = { .today = usable(today), .parts = parts };
    char typed[TYPED];
    struct reading r;
    enum typed_result result;

    *parts = (struct typed_parts){ 0 };
    if (!plain(typed, t, &r))
        return TYPED_UNREADABLE;
    result = read_date(&d, r);
    if (result == TYPED_GOOD)
        *out = d.made;
    return result;
}

bool date_parse(date *out, struct text t, date today)
{
    struct typed_parts parts;

    return date_read(out, t, today, &parts) == TYPED_GOOD;
}

/* ---- times of day ---- */

enum half { HALF_NONE, HALF_BEFORE_NOON, HALF_AFTER_NOON, HALF_NIGHT, HALF_NOON };

/* 晚上 before, pm behind. */
static enum half read_half(struct reading *r)
{
    static const struct {
        const char *word;
        enum half half;
    } words[] = {
        { "上午", HALF_BEFORE_NOON }, { "早上", HALF_BEFORE_NOON },
        { "朝早", HALF_BEFORE_NOON }, { "凌晨", HALF_BEFORE_NOON },
        { "清晨", HALF_BEFORE_NOON }, { "下午", HALF_AFTER_NOON },
        { "傍晚", HALF_AFTER_NOON },  { "黃昏", HALF_AFTER_NOON },
        { "中午", HALF_NOON },        { "正午", HALF_NOON },
        { "晚上", HALF_NIGHT },       { "夜晚", HALF_NIGHT },
        { "晚", HALF_NIGHT },         { "am", HALF_BEFORE_NOON },
        { "a.m.", HALF_BEFORE_NOON }, { "pm", HALF_AFTER_NOON },
        { "p.m.", HALF_AFTER_NOON },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (read_mark(r, words[i].word)) {
            read_blanks(r);
            return words[i].half;
        }
    return HALF_NONE;
}

/* 9時, 9時30分, 9時半, 9點正 */
static bool read_chinese_clock(struct reading *r, int *minute)
{
    static const char *const hours[] = { "時", "时", "點鐘", "點", "点", NULL };
    static const char *const whole[] = { "正", "整", NULL };
    struct reading before;

    if (!read_any(r, hours))
        return false;
    *minute = 0;
    if (read_mark(r, "半")) {
        *minute = 30;
        return true;
    }
    before = *r;
    if (read_digits(r, minute) > 0 && read_mark(r, "分"))
        return true;
    *r = before;
    *minute = 0;
    read_any(r, whole);
    return true;
}

/* H:MM, H.MM, HHMM, 9時半; with a half of the day the hour may stand alone. */
static bool read_clock(struct reading *r, bool with_half, int *hour, int *minute)
{
    static const char *const colons[] = { ":", ".", NULL };
    static const char *const suffixes[] = { "hours", "hrs", "hr", "h", NULL };
    int count = read_digits(r, hour);
    struct reading before = *r;

    if (count == 4) {
        *minute = *hour % 100;
        *hour /= 100;
        read_any(r, suffixes);
        return true;
    }
    if (count == 0 || count > 2)
        return false;
    if (read_chinese_clock(r, minute))
        return true;
    if (read_any(r, colons)) {
        count = read_digits(r, minute);
        read_any(r, suffixes);
        return count == 2;
    }
    *r = before;
    *minute = 0;
    read_blanks(r);
    return with_half || (r->end - r->at >= 2 && (r->at[0] == 'a' || r->at[0] == 'p'));
}

/* The hour of a day of 24. False: no such hour of that half. */
static bool in_half(int *hour, enum half half)
{
    switch (half) {
    case HALF_BEFORE_NOON:
        if (*hour > 12)
            return false;
        *hour %= 12;
        return true;
    case HALF_AFTER_NOON:
        *hour += *hour < 12 && *hour > 0 ? 12 : 0;
        return *hour >= 12;
    case HALF_NIGHT: /* twelve at night may be this one or the next */
        *hour += *hour >= 5 && *hour < 12 ? 12 : 0;
        return *hour != 12 && *hour > 0;
    case HALF_NOON:
        *hour += *hour < 3 ? 12 : 0;
        return *hour >= 11 && *hour < 15;
    default:
        return true;
    }
}

/* Z, +HH:MM or -HH:MM up to the end; nothing leaves the offset as it is. */
static bool read_offset(struct reading *r, int16_t *offset)
{
    int hour = 0, minute = 0, sign = 1;

    if (at_end(r))
        return true;
    if (!read_mark(r, "z")) {
        if (read_mark(r, "-"))
            sign = -1;
        else if (!read_mark(r, "+"))
            return false;
        if (!read_clock(r, false, &hour, &minute) || hour > 23 || minute > 59)
            return false;
    }
    *offset = (int16_t)(sign * (hour * 60 + minute));
    return at_end(r);
}

static bool read_named_time(struct reading *r, int *minute)
{
    static const char *const noons[] = { "noon", "正午", "中午", NULL };
    static const char *const midnights[] = { "midnight", "午夜", NULL };

    if (read_any(r, noons) && at_end(r)) {
        *minute = 720;
        return true;
    }
    if (read_any(r, midnights) && at_end(r)) {
        *minute = 0;
        return true;
    }
    return false;
}

/* The whole of r is a time of day. */
static enum typed_result read_time(struct moment *out, struct reading r,
                                   struct typed_parts *parts)
{
    struct reading named = r;
    enum half half, behind;
    int hour, minute;
    bool real;

    if (read_named_time(&named, &minute)) {
        out->minute = (int16_t)minute;
        return TYPED_GOOD;
    }
    half = read_half(&r);
    if (!read_clock(&r, half != HALF_NONE, &hour, &minute))
        return TYPED_UNREADABLE;
    read_blanks(&r);
    behind = read_half(&r);
    if (half != HALF_NONE && behind != HALF_NONE)
        return TYPED_UNREADABLE;
    if (!read_offset(&r, &out->offset))
        return TYPED_UNREADABLE;
    parts->hour = hour;
    parts->minute = minute;
    real = in_half(&hour, half != HALF_NONE ? half : behind);
    if (!real || hour > 23 || minute > 59)
        return TYPED_NO_TIME;
    out->minute = (int16_t)(hour * 60 + minute);
    return TYPED_GOOD;
}

/* ---- moments ---- */

static struct reading trimmed(struct reading r)
{
    read_blanks(&r);
    while (r.end > r.at && (r.end[-1] == ' ' || r.end[-1] == '\t' || r.end[-1] == ','))
        r.end--;
    return r;
}

/* Between a date and a time stands a blank, the T of ISO 8601, or a change between digits and words. */
static bool may_split(const struct reading *r, const char *p)
{
    bool left = is_digit(p[-1]), right = is_digit(p[0]);

    if (p[0] == ' ' || ((uint8_t)p[0] & 0xC0) == 0x80)
        return false;
    if (p[-1] == ' ' || (p[-1] == 't' && right && p - 1 > r->at && is_digit(p[-2])))
        return true;
    return ((uint8_t)p[-1] >= 0x80 || (uint8_t)p[0] >= 0x80) && !(left && right);
}

struct split {
    struct reading day, time;
};

static enum typed_result read_split(struct moment *made, struct dating *d, struct split split)
{
    struct typed_parts of_day;
    enum typed_result day, time;
    struct moment timed = *made;

    if (split.day.end > split.day.at && split.day.end[-1] == 't' &&
        split.day.end - split.day.at > 1 && is_digit(split.day.end[-2]))
        split.day.end--;
    time = read_time(&timed, trimmed(split.time), d->parts);
    if (time == TYPED_UNREADABLE)
        return TYPED_UNREADABLE;
    of_day = *d->parts;
    day = read_date(d, trimmed(split.day));
    if (day != TYPED_GOOD)
        return day;
    if (time == TYPED_NO_TIME) {
        *d->parts = of_day;
        return time;
    }
    if (date_is_partial(d->made))
        return TYPED_UNREADABLE;
    timed.date = d->made;
    *made = timed;
    return TYPED_GOOD;
}

/* The best of all ways to divide it: what can be read, else what can almost. */
static enum typed_result read_divided(struct moment *made, struct dating *d, struct reading r)
{
    struct typed_parts best_parts = { 0 };
    enum typed_result best = TYPED_UNREADABLE;

    for (int behind = 1; behind >= 0; behind--)
        for (const char *p = r.end - 1; p > r.at; p--) {
            struct reading first = { r.at, p }, second = { p, r.end };
            enum typed_result result;

            if (!may_split(&r, p))
                continue;
            result = read_split(made, d,
                                behind ? (struct split){ first, second }
                                       : (struct split){ second, first });
            if (result == TYPED_GOOD)
                return result;
            if (result != TYPED_UNREADABLE && best == TYPED_UNREADABLE) {
                best = result;
                best_parts = *d->parts;
            }
        }
    *d->parts = best_parts;
    return best;
}

/* A date with an offset and no time ("2023-06-21 +09:00"). */
static enum typed_result read_day(struct moment *made, struct dating *d, struct reading r)
{
    enum typed_result result = read_date(d, r);

    for (const char *p = r.end - 1; result != TYPED_GOOD && p > r.at; p--) {
        struct reading offset = { p, r.end };

        if (p[-1] == ' ' && (*p == '+' || *p == '-' || *p == 'z') &&
            read_offset(&offset, &made->offset))
            result = read_date(d, trimmed((struct reading){ r.at, p }));
    }
    made->date = d->made;
    return result;
}

static enum typed_result read_moment(struct moment *made, struct dating *d, struct reading r)
{
    struct typed_parts almost;
    enum typed_result result, other;

    result = read_day(made, d, r);
    if (result == TYPED_GOOD)
        return result;
    almost = *d->parts;
    other = d->today != 0 ? read_time(made, r, d->parts) : TYPED_UNREADABLE;
    if (other == TYPED_GOOD)
        made->date = d->today;
    if (other == TYPED_GOOD)
        return other;
    if (other == TYPED_NO_TIME && result == TYPED_UNREADABLE)
        return other;
    other = read_divided(made, d, r);
    if (other == TYPED_UNREADABLE)
        *d->parts = almost;
    return other == TYPED_UNREADABLE ? result : other;
}

static bool is_now(struct reading r)
{
    static const char *const now[] = { "now", "現在", "而家", "此刻", "n", NULL };

    return read_any(&r, now) && at_end(&r);
}

enum typed_result moment_read(struct moment *out, struct text t, int64_t now,
                              struct typed_parts *parts)
{
    struct moment made = { .minute = MINUTE_UNKNOWN, .offset = OFFSET_HONG_KONG };
    struct dating d = { .today = usable(date_of_ms(now, OFFSET_HONG_KONG)), .parts = parts };
    char typed[TYPED];
    struct reading r;
    enum typed_result result;

    *parts = (struct typed_parts){ 0 };
    if (!plain(typed, t, &r) || at_end(&r))
        return TYPED_UNREADABLE;
    if (is_now(r)) {
        made = moment_of_ms(now, OFFSET_HONG_KONG);
        result = TYPED_GOOD;
    } else {
        result = read_moment(&made, &d, r);
    }
    if (result == TYPED_GOOD && !moment_valid(made))
        return TYPED_UNREADABLE;
    if (result == TYPED_GOOD)
        *out = made;
    return result;
}

bool moment_parse(struct moment *out, struct text t, int64_t now)
{
    struct typed_parts parts;

    return moment_read(out, t, now, &parts) == TYPED_GOOD;
}
