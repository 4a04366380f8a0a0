#include "core/base/date.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { YEAR_FIRST = 1000, YEAR_LAST = 9999, DAY_MINUTES = 1440 };

static const int64_t DAY_MS = INT64_C(86400000);
static const int64_t MINUTE_MS = 60000;

/* The calendar */

int date_days_of_month(int year, int month)
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
    return month == 0 ? day == 0 : day <= date_days_of_month(year, month);
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
