/* Times of day, and dates with them, as people type them. */
#include "core/base/date_parts.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
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
        if (reading_mark(r, words[i].word)) {
            reading_blanks(r);
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

    if (!reading_any(r, hours))
        return false;
    *minute = 0;
    if (reading_mark(r, "半")) {
        *minute = 30;
        return true;
    }
    before = *r;
    if (reading_digits(r, minute) > 0 && reading_mark(r, "分"))
        return true;
    *r = before;
    *minute = 0;
    reading_any(r, whole);
    return true;
}

/* H:MM, H.MM, HHMM, 9時半; with a half of the day the hour may stand alone. */
static bool read_clock(struct reading *r, bool with_half, int *hour, int *minute)
{
    static const char *const colons[] = { ":", ".", NULL };
    static const char *const suffixes[] = { "hours", "hrs", "hr", "h", NULL };
    int count = reading_digits(r, hour);
    struct reading before = *r;

    if (count == 4) {
        *minute = *hour % 100;
        *hour /= 100;
        reading_any(r, suffixes);
        return true;
    }
    if (count == 0 || count > 2)
        return false;
    if (read_chinese_clock(r, minute))
        return true;
    if (reading_any(r, colons)) {
        count = reading_digits(r, minute);
        reading_any(r, suffixes);
        return count == 2;
    }
    *r = before;
    *minute = 0;
    reading_blanks(r);
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

    if (reading_ended(r))
        return true;
    if (!reading_mark(r, "z")) {
        if (reading_mark(r, "-"))
            sign = -1;
        else if (!reading_mark(r, "+"))
            return false;
        if (!read_clock(r, false, &hour, &minute) || hour > 23 || minute > 59)
            return false;
    }
    *offset = (int16_t)(sign * (hour * 60 + minute));
    return reading_ended(r);
}

static bool read_named_time(struct reading *r, int *minute)
{
    static const char *const noons[] = { "noon", "正午", "中午", NULL };
    static const char *const midnights[] = { "midnight", "午夜", NULL };

    if (reading_any(r, noons) && reading_ended(r)) {
        *minute = 720;
        return true;
    }
    if (reading_any(r, midnights) && reading_ended(r)) {
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
    reading_blanks(&r);
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
    reading_blanks(&r);
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
    day = date_read_any(d, trimmed(split.day));
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
    enum typed_result result = date_read_any(d, r);

    for (const char *p = r.end - 1; result != TYPED_GOOD && p > r.at; p--) {
        struct reading offset = { p, r.end };

        if (p[-1] == ' ' && (*p == '+' || *p == '-' || *p == 'z') &&
            read_offset(&offset, &made->offset))
            result = date_read_any(d, trimmed((struct reading){ r.at, p }));
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

    return reading_any(&r, now) && reading_ended(&r);
}

enum typed_result moment_read(struct moment *out, struct text t, int64_t now,
                              struct typed_parts *parts)
{
    struct moment made = { .minute = MINUTE_UNKNOWN, .offset = OFFSET_HONG_KONG };
    struct dating d = { .today = date_usable(date_of_ms(now, OFFSET_HONG_KONG)),
                        .parts = parts };
    char typed[DATE_TYPED];
    struct reading r;
    enum typed_result result;

    *parts = (struct typed_parts){ 0 };
    if (!date_plain(typed, t, &r) || reading_ended(&r))
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
