/* Dates as papers state them, moments, and machine time.
 *
 * A date may be partial, because real papers say "June 2023": yyyymmdd with 00 for a part that
 * is not known (20230600, 20230000). 0 is absent. A moment is such a date with a minute of the
 * day where it is known, in the offset that was said (Hong Kong: +480). Machine time is
 * milliseconds since 1970 UTC. Years 1000..9999, the Gregorian calendar.
 */
#ifndef TIDEWAITER_CORE_BASE_DATE_H
#define TIDEWAITER_CORE_BASE_DATE_H

#include "core/base/memory.h"

typedef uint32_t date; /* yyyymmdd; 0 absent */

enum { MINUTE_UNKNOWN = -1, OFFSET_HONG_KONG = 480 };

struct moment {
    date date;      /* 0: the moment is absent */
    int16_t minute; /* of the day, 0..1439, or MINUTE_UNKNOWN */
    int16_t offset; /* minutes east of UTC, -1439..1439 */
};

bool date_valid(date d); /* a real day, month or year; partial allowed; 0 is not */
bool date_is_partial(date d);
date date_make(int year, int month, int day); /* 0: no such day; unknown parts are 0 */
int date_year(date d);
int date_month(date d); /* 0 unknown */
int date_day(date d);   /* 0 unknown */
int date_days_of_month(int year, int month);
/* Any usual way of typing (date_typed.c): 2023-06-21, 2023/6/21, 21.6.2023, 21/6/23, 20230621, 2023-06, 6/2023, 2023,
 * 21 June 2023, Jun 2023, 2023年6月21日, 二零二三年六月廿一日, and counted from `today`: t, +7, t-1, +2w, yesterday, 昨日.
 * A year of two digits is at most ten years ahead. */
enum typed_result {
    TYPED_GOOD,
    TYPED_UNREADABLE,
    TYPED_NO_MONTH, /* parts->month is none */
    TYPED_NO_DAY,   /* the month of the parts has no such day */
    TYPED_NO_YEAR,  /* a day and a month: the parts stand in the nearest year */
    TYPED_NO_TIME,  /* the hour or the minute of the parts is none */
};
struct typed_parts {
    int year, month, day, hour, minute;
};
enum typed_result date_read(date *out, struct text t, date today, struct typed_parts *parts);
bool date_parse(date *out, struct text t, date today); /* the same; false: not a date */
/* "2023-06-21", "2023-06", "2023": the neutral form, at most 10 bytes and NUL. */
void date_print(char out[16], date d);
int date_compare(date a, date b);
date date_add_days(date d, int days); /* full dates only; 0: outside the years above */
int64_t date_days(date d); /* valid dates: days since 1970-01-01; unknown parts count as 1 */

bool moment_valid(struct moment m); /* no minute of a partial date; absent is not valid */
/* A date and a time in either order, or one alone: "2023-06-21 08:40", "21/6/2023 0840", "t 9:05", "昨日晚上九時半",
 * "9:30pm" (today), "n" (now), "2023-06-21T08:40Z". The offset is Hong Kong's unless "+HH:MM" or "Z" follows. Seconds are
 * refused, because a moment cannot keep them. */
enum typed_result moment_read(struct moment *out, struct text t, int64_t now_ms,
                              struct typed_parts *parts);
bool moment_parse(struct moment *out, struct text t, int64_t now_ms);
void moment_print(char out[40],
                  struct moment m); /* "2023-06-21 08:40"; other offsets follow it */
/* By instant, at one instant unknown parts first; absent before all. */
int moment_compare(struct moment a, struct moment b);
struct moment moment_of_ms(int64_t ms, int offset); /* absent: outside the years above */
int64_t
moment_ms(struct moment m); /* not of an absent one; unknown parts count as the earliest */
date date_of_ms(int64_t ms, int offset);

#endif
