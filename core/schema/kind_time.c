/* TIME: what a machine recorded, to the millisecond; written in UTC, shown in Hong Kong time. */
#include "core/schema/parts.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const machine_time TIME_LAST = INT64_C(253402300799999); /* the end of the year 9999 */

enum { DAY_MS = 86400000, MINUTE_MS = 60000, MILLISECONDS = 4 };

static bool valid(machine_time t)
{
    return t > 0 && t <= TIME_LAST;
}

static bool present(const void *value)
{
    return *(const machine_time *)value != 0;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    (void)field;
    return order_numbers(*(const machine_time *)a, *(const machine_time *)b);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    assert(valid(*(const machine_time *)value));
    cbor_put_uint(out, (uint64_t) * (const machine_time *)value);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    uint64_t number;

    (void)field;
    (void)arena;
    if (!cbor_uint(in, &number) || number > INT64_MAX || !valid((machine_time)number))
        return false;
    *(machine_time *)value = (machine_time)number;
    return true;
}

/* `count` digits at p, below `limit`; -1 where they are not. */
static int digits(const char *p, int count, int limit)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        number = number * 10 + (p[i] - '0');
    }
    return number < limit ? number : -1;
}

/* ":05" and ".345" behind the minutes are taken out and counted in *ms; what is left is a moment.
 * False: something stands there that is neither. */
static bool take_seconds(char *typed, size_t *len, int *ms)
{
    char *colon = memchr(typed, ':', *len);
    char *at = colon ? colon + 3 : NULL;
    char *end = typed + *len;
    int seconds, thousandths = 0;

    *ms = 0;
    if (!at || end - at < 3 || *at != ':')
        return true;
    seconds = digits(at + 1, 2, 60);
    char *rest = at + 3;

    if (end - rest >= MILLISECONDS && *rest == '.') {
        thousandths = digits(rest + 1, 3, 1000);
        rest += MILLISECONDS;
    }
    if (seconds < 0 || thousandths < 0)
        return false;
    *ms = seconds * 1000 + thousandths;
    memmove(at, rest, (size_t)(end - rest));
    *len -= (size_t)(rest - at);
    return true;
}

static bool read_time(machine_time *out, struct text typed, int64_t now)
{
    struct moment moment;
    char narrow[64];
    size_t len;
    int ms;

    if (!text_narrow(narrow, sizeof narrow, typed, &len))
        return false;
    if (len == 1 && (narrow[0] == 'n' || narrow[0] == 'N')) {
        *out = now;
        return valid(*out);
    }
    if (!take_seconds(narrow, &len, &ms) ||
        !moment_parse(&moment, (struct text){ narrow, len }, now))
        return false;
    *out = moment_ms(moment) + ms;
    return valid(*out);
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    machine_time made = 0;
    struct quote room;

    (void)field;
    (void)arena;
    if (!blank(typed) && !read_time(&made, typed, typed_now(lookup))) {
        message_set(why,
                    N_("%s is not a time. Type it as 2023-06-21T00:40:05.123Z, or n for now."),
                    quote(&room, typed));
        return false;
    }
    *(machine_time *)value = made;
    return true;
}

static void print_clock(struct buffer *out, machine_time t, int offset, char between)
{
    int64_t local = t + (int64_t)offset * MINUTE_MS;
    int of_day = (int)(local % DAY_MS);
    char day[16];

    date_print(day, date_of_ms(t, offset));
    buffer_printf(out, "%s%c%02d:%02d:%02d", day, between, of_day / 3600000,
                  of_day / MINUTE_MS % 60, of_day / 1000 % 60);
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    machine_time t = *(const machine_time *)value;

    (void)field;
    if (t == 0)
        return;
    print_clock(out, t, 0, 'T');
    buffer_printf(out, ".%03dZ", (int)(t % 1000));
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)field;
    (void)lookup;
    (void)language;
    if (present(value))
        print_clock(out, *(const machine_time *)value, OFFSET_HONG_KONG, ' ');
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (index_presence(out, present(value)))
        buffer_u64(out, (uint64_t) * (const machine_time *)value);
}

const struct kind kind_TIME = {
    .id = KIND_TIME,
    .name = "time",
    .label = L("recorded time", "記錄時間"),
    .how = L("2023-06-21T00:40:05.123Z, 2023-06-21 08:40:05 in Hong Kong, n for now",
             "2023-06-21T00:40:05.123Z 或香港時間 2023-06-21 08:40:05；n 為現在"),
    .size = sizeof(machine_time),
    .written = WRITTEN_TEXT,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .index = index_bytes,
};
