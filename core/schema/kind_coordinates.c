/* COORDINATES: degrees times ten million; typed as decimals or with minutes and seconds. */
#include "core/schema/parts.h"

#include <assert.h>
#include <string.h>

enum { DEGREE = 10000000, PLACES = 7, LATITUDE_MOST = 90, LONGITUDE_MOST = 180 };

static bool within(int64_t angle, int most)
{
    return angle >= -(int64_t)most * DEGREE && angle <= (int64_t)most * DEGREE;
}

static bool present(const void *value)
{
    return ((const struct coordinates *)value)->present;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct coordinates *x = a, *y = b;
    int order = order_numbers(x->present, y->present);

    (void)field;
    if (order != 0 || !x->present)
        return order;
    order = order_numbers(x->latitude, y->latitude);
    return order != 0 ? order : order_numbers(x->longitude, y->longitude);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct coordinates *place = value;

    (void)field;
    assert(within(place->latitude, LATITUDE_MOST) && within(place->longitude, LONGITUDE_MOST));
    cbor_put_array(out, 2);
    cbor_put_int(out, place->latitude);
    cbor_put_int(out, place->longitude);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    int64_t latitude, longitude;
    size_t count;

    (void)field;
    (void)arena;
    if (!cbor_array(in, &count) || count != 2 || !cbor_int(in, &latitude) ||
        !cbor_int(in, &longitude) || !within(latitude, LATITUDE_MOST) ||
        !within(longitude, LONGITUDE_MOST))
        return false;
    *(struct coordinates *)value =
        (struct coordinates){ true, (int32_t)latitude, (int32_t)longitude };
    return true;
}

/* ---- typed ---- */

/* What is left to read; half-width, blanks passed over. */
struct reading {
    const char *at;
    const char *end;
};

static void skip_blanks(struct reading *r)
{
    while (r->at < r->end && *r->at == ' ')
        r->at++;
}

static bool digit_next(struct reading *r)
{
    skip_blanks(r);
    return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static bool mark(struct reading *r, const char *sign)
{
    size_t len = strlen(sign);

    skip_blanks(r);
    if ((size_t)(r->end - r->at) < len || memcmp(r->at, sign, len) != 0)
        return false;
    r->at += len;
    return true;
}

static bool any_mark(struct reading *r, const char *const *signs)
{
    for (; *signs; signs++)
        if (mark(r, *signs))
            return true;
    return false;
}

/* An unsigned number times ten million; further places are cut off, no map shows them. */
static bool number(struct reading *r, int64_t *out)
{
    int64_t whole = 0, part = 0;
    int digits = 0, places = 0;

    skip_blanks(r);
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9' && digits < 9; r->at++, digits++)
        whole = whole * 10 + (*r->at - '0');
    if (r->at < r->end && *r->at == '.') {
        for (r->at++; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++)
            if (places < PLACES) {
                part = part * 10 + (*r->at - '0');
                places++;
            }
    }
    for (; places < PLACES; places++)
        part *= 10;
    *out = whole * DEGREE + part;
    return digits > 0;
}

/* N, S, E or W, of this axis: 1 or -1; 0 where none stands here. */
static int hemisphere(struct reading *r, const char *positive, const char *negative)
{
    static const char *const chinese[][2] = {
        { "N", "北緯" }, { "S", "南緯" }, { "E", "東經" }, { "W", "西經" }
    };

    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++) {
        const char letter = chinese[i][0][0];
        const char small[2] = { (char)(letter - 'A' + 'a'), '\0' };
        const char *const signs[] = { chinese[i][0], small, chinese[i][1], NULL };

        if (letter == *positive && any_mark(r, signs))
            return 1;
        if (letter == *negative && any_mark(r, signs))
            return -1;
    }
    return 0;
}

/* Minutes and seconds behind degrees, in ten-millionths of a second. */
static bool minutes(struct reading *r, int64_t *out)
{
    static const char *const minute_marks[] = { "'", "′", "’", "分", NULL };
    static const char *const second_marks[] = { "\"", "″", "”", "秒", NULL };
    int64_t part;

    *out = 0;
    if (!digit_next(r))
        return true;
    if (!number(r, &part) || part >= INT64_C(60) * DEGREE)
        return false;
    *out = part * 60;
    if (!any_mark(r, minute_marks) || !digit_next(r))
        return true;
    if (!number(r, &part) || part >= INT64_C(60) * DEGREE || !any_mark(r, second_marks))
        return false;
    *out += part;
    return true;
}

static bool angle(struct reading *r, const char *positive, const char *negative, int most,
                  int32_t *out)
{
    static const char *const degree_marks[] = { "°", "º", "度", NULL };
    int before = hemisphere(r, positive, negative);
    int sign = mark(r, "-") ? -1 : 1;
    int64_t whole, rest = 0;

    if (!number(r, &whole) || (any_mark(r, degree_marks) && !minutes(r, &rest)))
        return false;
    int after = before != 0 ? before : hemisphere(r, positive, negative);

    if (after != 0 && sign < 0)
        return false;
    if (after < 0)
        sign = -1;
    whole += (rest + 1800) / 3600;
    if (!within(whole, most))
        return false;
    *out = (int32_t)(sign * whole);
    return true;
}

static bool read_coordinates(struct coordinates *out, struct text typed)
{
    struct reading r = { typed.data, typed.data + typed.len };

    out->present = angle(&r, "N", "S", LATITUDE_MOST, &out->latitude);
    if (!out->present)
        return false;
    char last = r.at[-1];

    if (!mark(&r, ",") && last >= '0' && last <= '9')
        return false;
    if (!angle(&r, "E", "W", LONGITUDE_MOST, &out->longitude))
        return false;
    skip_blanks(&r);
    return r.at == r.end;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct coordinates made = { false, 0, 0 };
    struct quote room;

    (void)field;
    (void)lookup;
    if (!typed_utf8(typed, why))
        return false;
    if (!blank(typed) && !read_coordinates(&made, typed_narrow(arena, typed))) {
        message_set(why,
                    N_("%s are not coordinates. Type latitude and longitude, as in 22.3193, "
                       "114.1694 or "
                       "22°19.2'N 114°10.2'E."),
                    quote(&room, typed));
        return false;
    }
    *(struct coordinates *)value = made;
    return true;
}

/* Without the zeros at the end, but with one place. */
static void print_angle(struct buffer *out, int32_t angle)
{
    int64_t size = angle < 0 ? -(int64_t)angle : angle;
    int64_t part = size % DEGREE;
    int places = PLACES;

    while (places > 1 && part % 10 == 0) {
        part /= 10;
        places--;
    }
    buffer_printf(out, "%s%d.%0*d", angle < 0 ? "-" : "", (int)(size / DEGREE), places,
                  (int)part);
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    const struct coordinates *place = value;

    (void)field;
    if (!place->present)
        return;
    print_angle(out, place->latitude);
    buffer_string(out, ", ");
    print_angle(out, place->longitude);
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)lookup;
    (void)language;
    print(out, field, value);
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    const struct coordinates *place = value;

    (void)field;
    if (!index_presence(out, place->present))
        return;
    buffer_u32(out, (uint32_t)place->latitude ^ (UINT32_C(1) << 31));
    buffer_u32(out, (uint32_t)place->longitude ^ (UINT32_C(1) << 31));
}

const struct kind kind_COORDINATES = {
    .id = KIND_COORDINATES,
    .name = "coordinates",
    .label = L("coordinates", "坐標"),
    .how = L("Latitude, longitude: 22.3193, 114.1694 or 22°19.2'N 114°10.2'E",
             "緯度、經度：22.3193, 114.1694 或 22°19.2'N 114°10.2'E"),
    .size = sizeof(struct coordinates),
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
