#include "core/base/date.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* TYPED: more than any date or moment that can be typed. */
enum { YEAR_FIRST = 1000, YEAR_LAST = 9999, DAY_MINUTES = 1440, TYPED = 64 };

static const int64_t DAY_MS = INT64_C(86400000);
static const int64_t MINUTE_MS = 60000;

/* The calendar */

static int days_of_month(int year, int month)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return month == 2 && leap ? 29 : days[month - 1];
}

int date_year(date d)
{
    return (int)(d / 10000);
}

int date_month(date d)
{
    return (int)(d / 100 % 100);
}

int date_day(date d)
{
    return (int)(d % 100);
}

static bool parts_valid(int year, int month, int day)
{
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 0 || month > 12 || day < 0)
        return false;
    return month == 0 ? day == 0 : day <= days_of_month(year, month);
}

bool date_valid(date d)
{
    return d <= 99991231 && parts_valid(date_year(d), date_month(d), date_day(d));
}

bool date_is_partial(date d)
{
    return d != 0 && date_day(d) == 0;
}

date date_make(int year, int month, int day)
{
    return parts_valid(year, month, day) ? (date)(year * 10000 + month * 100 + day) : 0;
}

int date_compare(date a, date b)
{
    return (a > b) - (a < b);
}

/* Days are counted in years that begin in March, so that the leap day is the last of its year,
 * and in eras of 400 years, which are all equally long. Day 0 is 1 March of the year 0. */
enum { ERA_DAYS = 146097, YEAR_DAYS = 365, EPOCH = 719468 };

int64_t date_days(date d)
{
    assert(date_valid(d));
    int month = date_month(d) ? date_month(d) : 1;
    int day = date_day(d) ? date_day(d) : 1;
    int year = date_year(d) - (month <= 2);
    int of_era = year % 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return (int64_t)(year / 400) * ERA_DAYS + of_era * YEAR_DAYS + of_era / 4 - of_era / 100 +
           of_year - EPOCH;
}

/* The inverse of date_days(); 0 outside the years of a date. */
static date date_of_days(int64_t days)
{
    /* 1 January 1000 and 31 December 9999 */
    if (days < -354285 || days > 2932896)
        return 0;
    int64_t all = days + EPOCH;
    int era = (int)(all / ERA_DAYS);
    int rest = (int)(all % ERA_DAYS);
    int of_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / YEAR_DAYS;
    int of_year = rest - (YEAR_DAYS * of_era + of_era / 4 - of_era / 100);
    int shifted = (5 * of_year + 2) / 153;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;

    return date_make(era * 400 + of_era + (month <= 2), month,
                     of_year - (153 * shifted + 2) / 5 + 1);
}

date date_add_days(date d, int days)
{
    assert(date_valid(d) && !date_is_partial(d));
    return date_of_days(date_days(d) + days);
}

/* Typed dates */

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

/* Reads all digits that stand here; returns how many, 0 for none or more than nine. */
static int read_digits(struct reading *r, int *number)
{
    int count = 0;

    *number = 0;
    for (; !at_end(r) && *r->at >= '0' && *r->at <= '9'; r->at++) {
        if (++count > 9)
            return 0;
        *number = *number * 10 + (*r->at - '0');
    }
    return count;
}

/* One or two digits that are not zero: a month or a day. */
static bool read_part(struct reading *r, int *number)
{
    int count = read_digits(r, number);

    return (count == 1 || count == 2) && *number > 0;
}

static bool finish_date(date *out, const struct reading *r, int year, int month, int day)
{
    date made = date_make(year, month, day);

    if (!at_end(r) || made == 0)
        return false;
    *out = made;
    return true;
}

/* 2023年6月21日, or without its later parts. */
static bool read_chinese(date *out, struct reading *r, int year)
{
    int month = 0, day = 0;

    if (!at_end(r) && (!read_part(r, &month) || !read_mark(r, "月")))
        return false;
    if (!at_end(r) && (!read_part(r, &day) || (!read_mark(r, "日") && !read_mark(r, "號"))))
        return false;
    return finish_date(out, r, year, month, day);
}

/* 2023-6-21 and 2023-6, after the year. */
static bool read_year_first(date *out, struct reading *r, int year, const char *mark)
{
    int month, day = 0;

    if (!read_part(r, &month) || (read_mark(r, mark) && !read_part(r, &day)))
        return false;
    return finish_date(out, r, year, month, day);
}

/* 21/6/2023 and 6/2023, after the first number. */
static bool read_year_last(date *out, struct reading *r, int first, const char *mark)
{
    int second, year;
    int count = read_digits(r, &second);

    if (count == 4)
        return finish_date(out, r, second, first, 0);
    if (count == 0 || count > 2 || second == 0 || !read_mark(r, mark) ||
        read_digits(r, &year) != 4)
        return false;
    return finish_date(out, r, year, second, first);
}

/* t, +N, -N, t+N, t-N */
static bool read_relative(date *out, struct reading *r, date today)
{
    bool named = read_mark(r, "t") || read_mark(r, "T");
    int days = 0, sign = 0;

    if (read_mark(r, "+"))
        sign = 1;
    else if (read_mark(r, "-"))
        sign = -1;
    if (sign != 0 ? read_digits(r, &days) == 0 : !named)
        return false;
    if (!at_end(r) || !date_valid(today) || date_is_partial(today))
        return false;
    date made = date_add_days(today, sign * days);

    if (made == 0)
        return false;
    *out = made;
    return true;
}

static bool read_date(date *out, struct reading r, date today)
{
    static const char marks[][2] = { "-", "/", "." };
    int first;
    int count;

    if (!at_end(&r) && strchr("tT+-", *r.at))
        return read_relative(out, &r, today);
    count = read_digits(&r, &first);
    if (at_end(&r) && count == 8)
        return finish_date(out, &r, first / 10000, first / 100 % 100, first % 100);
    if (at_end(&r) && count == 4)
        return finish_date(out, &r, first, 0, 0);
    if (count == 4 && read_mark(&r, "年"))
        return read_chinese(out, &r, first);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (!read_mark(&r, marks[i]))
            continue;
        if (count == 4)
            return read_year_first(out, &r, first, marks[i]);
        return count >= 1 && count <= 2 && first > 0 &&
               read_year_last(out, &r, first, marks[i]);
    }
    return false;
}

bool date_parse(date *out, struct text t, date today)
{
    char typed[TYPED];
    size_t len;

    if (!text_narrow(typed, sizeof(typed), t, &len))
        return false;
    return read_date(out, (struct reading){ typed, typed + len }, today);
}

void date_print(char out[16], date d)
{
    assert(d == 0 || date_valid(d));
    if (d == 0)
        out[0] = '\0';
    else if (date_month(d) == 0)
        snprintf(out, 16, "%04d", date_year(d));
    else if (date_day(d) == 0)
        snprintf(out, 16, "%04d-%02d", date_year(d), date_month(d));
    else
        snprintf(out, 16, "%04d-%02d-%02d", date_year(d), date_month(d), date_day(d));
}

/* Moments */

bool moment_valid(struct moment m)
{
    if (!date_valid(m.date) || m.offset <= -DAY_MINUTES || m.offset >= DAY_MINUTES)
        return false;
    if (m.minute == MINUTE_UNKNOWN)
        return true;
    return !date_is_partial(m.date) && m.minute >= 0 && m.minute < DAY_MINUTES;
}

/* H:MM, HH:MM or HHMM of one day. */
static bool read_clock(struct reading *r, int *minute)
{
    int hour, rest;
    int count = read_digits(r, &hour);

    if (count == 4) {
        rest = hour % 100;
        hour /= 100;
    } else if (count == 0 || count > 2 || !read_mark(r, ":") || read_digits(r, &rest) != 2) {
        return false;
    }
    *minute = hour * 60 + rest;
    return hour < 24 && rest < 60;
}

/* Z, +HH:MM or -HH:MM up to the end; nothing leaves the offset as it is. */
static bool read_offset(struct reading *r, int16_t *offset)
{
    int minute = 0, sign = 1;

    if (at_end(r))
        return true;
    if (!read_mark(r, "Z") && !read_mark(r, "z")) {
        if (read_mark(r, "-"))
            sign = -1;
        else if (!read_mark(r, "+"))
            return false;
        if (!read_clock(r, &minute))
            return false;
    }
    *offset = (int16_t)(sign * minute);
    return at_end(r);
}

static void read_blanks(struct reading *r)
{
    while (!at_end(r) && (*r->at == ' ' || *r->at == '\t'))
        r->at++;
}

/* Where the date of a moment ends: at a blank, or at the T between two digits. */
static const char *date_end(const struct reading *r)
{
    for (const char *p = r->at; p < r->end; p++) {
        bool between = p > r->at && p + 1 < r->end && p[1] >= '0' && p[1] <= '9';

        if (*p == ' ' || *p == '\t' || (between && (*p == 'T' || *p == 't')))
            return p;
    }
    return r->end;
}

bool moment_parse(struct moment *out, struct text t, int64_t now)
{
    struct moment made = { .minute = MINUTE_UNKNOWN, .offset = OFFSET_HONG_KONG };
    char typed[TYPED];
    size_t len;
    int minute;

    if (!text_narrow(typed, sizeof(typed), t, &len))
        return false;
    struct reading r = { typed, typed + len };

    if (len == 1 && (typed[0] == 'n' || typed[0] == 'N')) {
        *out = moment_of_ms(now, OFFSET_HONG_KONG);
        return moment_valid(*out);
    }
    const char *end = date_end(&r);

    if (!read_date(&made.date, (struct reading){ r.at, end },
                   date_of_ms(now, OFFSET_HONG_KONG)))
        return false;
    r.at = end < r.end ? end + 1 : end;
    read_blanks(&r);
    if (!at_end(&r) && *r.at >= '0' && *r.at <= '9') {
        if (!read_clock(&r, &minute))
            return false;
        made.minute = (int16_t)minute;
        read_blanks(&r);
    }
    if (!read_offset(&r, &made.offset) || !moment_valid(made))
        return false;
    *out = made;
    return true;
}

void moment_print(char out[40], struct moment m)
{
    char day[16];
    int away = m.offset < 0 ? -m.offset : m.offset;
    int len;

    date_print(day, m.date);
    len = snprintf(out, 40, "%s", day);
    if (m.date == 0)
        return;
    if (m.minute != MINUTE_UNKNOWN)
        len +=
            snprintf(out + len, 40 - (size_t)len, " %02d:%02d", m.minute / 60, m.minute % 60);
    if (m.offset != OFFSET_HONG_KONG)
        snprintf(out + len, 40 - (size_t)len, " %c%02d:%02d", m.offset < 0 ? '-' : '+',
                 away / 60, away % 60);
}

int64_t moment_ms(struct moment m)
{
    int minute = m.minute == MINUTE_UNKNOWN ? 0 : m.minute;

    return date_days(m.date) * DAY_MS + (minute - m.offset) * MINUTE_MS;
}

/* How much of a moment is known. */
static int known_parts(struct moment m)
{
    return 1 + (date_month(m.date) != 0) + (date_day(m.date) != 0) +
           (m.minute != MINUTE_UNKNOWN);
}

int moment_compare(struct moment a, struct moment b)
{
    if (a.date == 0 || b.date == 0)
        return (a.date != 0) - (b.date != 0);
    int64_t first = moment_ms(a), second = moment_ms(b);

    if (first != second)
        return first > second ? 1 : -1;
    return (known_parts(a) > known_parts(b)) - (known_parts(a) < known_parts(b));
}

struct moment moment_of_ms(int64_t ms, int offset)
{
    assert(offset > -DAY_MINUTES && offset < DAY_MINUTES);
    /* Division first: adding the offset to a wild clock must not overflow. */
    int64_t days = ms / DAY_MS;
    int64_t rest = ms % DAY_MS + offset * MINUTE_MS;

    days += rest / DAY_MS;
    rest %= DAY_MS;
    if (rest < 0) {
        rest += DAY_MS;
        days--;
    }
    struct moment made = { date_of_days(days), (int16_t)(rest / MINUTE_MS), (int16_t)offset };

    return made.date != 0 ? made : (struct moment){ 0 };
}

date date_of_ms(int64_t ms, int offset)
{
    return moment_of_ms(ms, offset).date;
}
