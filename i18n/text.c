#include "i18n/text.h"

#include <assert.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "i18n/unicode.h"

enum {
    REPLACEMENT = 0xFFFD, /* for what is not text: bad bytes, controls, noncharacters */
    UNKNOWN = 0x3013,     /* 〓, for characters newer than the C library */
    NO_BREAK_SPACE = 0xA0,
    ZERO_WIDTH_NON_JOINER = 0x200C,
    ZERO_WIDTH_JOINER = 0x200D,
    MARKS_SHOWN = 8,
};

bool text_locale(void)
{
    static const char *const names[] = { "", "C.UTF-8", "C.utf8" };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (setlocale(LC_CTYPE, names[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
            return true;
    return false;
}

/* UTF-8 */

/* The bytes that the lead byte promises and the least code point that may need them. */
static size_t promised(unsigned char lead, uint32_t *bits, uint32_t *least)
{
    if (lead >= 0xC2 && lead <= 0xDF) {
        *bits = lead & 0x1FU;
        *least = 0x80;
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *bits = lead & 0x0FU;
        *least = 0x800;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *bits = lead & 0x07U;
        *least = 0x10000;
        return 4;
    }
    return 0;
}

static bool is_scalar(uint32_t point)
{
    return point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
}

size_t text_decode(const char *data, size_t len, uint32_t *point, bool *valid)
{
    const unsigned char *p = (const unsigned char *)data;
    uint32_t bits = 0, least = 0;

    assert(len > 0);
    *valid = true;
    if (p[0] < 0x80) {
        *point = p[0];
        return 1;
    }
    size_t size = promised(p[0], &bits, &least);
    size_t at = 1;

    while (at < size && at < len && (p[at] & 0xC0) == 0x80)
        bits = bits << 6 | (p[at++] & 0x3FU);
    if (size == 0 || at < size || bits < least || !is_scalar(bits)) {
        *point = REPLACEMENT;
        *valid = false;
        return 1;
    }
    *point = bits;
    return size;
}

size_t text_encode(uint32_t point, char out[4])
{
    if (!is_scalar(point))
        return 0;
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

    for (size_t i = size; i-- > 1; point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)(leads[size] | point);
    return size;
}

static uint32_t point_at(struct text t, size_t offset)
{
    uint32_t point;
    bool valid;

    text_decode(t.data + offset, t.len - offset, &point, &valid);
    return point;
}

/* Columns */

/* What stands on the screen for a code point: itself, a substitute, or 0 for nothing at all. */
static uint32_t shown(uint32_t point)
{
    if (point >= 0x20 && point < 0x7F)
        return point;
    switch (unicode_class(point)) {
    case UNICODE_CONTROL:
        return point == '\n' || point == '\t' || point == '\r' ? ' ' : REPLACEMENT;
    case UNICODE_LINE:
        return ' ';
    case UNICODE_NO_CHARACTER:
        return REPLACEMENT;
    case UNICODE_FORMAT:
        return 0;
    default:
        break;
    }
    if (unicode_ignorable(point))
        return 0;
    return wcwidth((wchar_t)point) < 0 ? UNKNOWN : point;
}

int text_point_width(uint32_t point)
{
    if (point >= 0x20 && point < 0x7F)
        return 1;
    uint32_t seen = shown(point);

    if (seen == 0)
        return 0;
    int width = wcwidth((wchar_t)seen);

    return width < 0 ? 1 : width;
}

int text_width(struct text t)
{
    int width = 0;

    for (size_t at = 0; at < t.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(t.data + at, t.len - at, &point, &valid);
        width += text_point_width(point);
    }
    return width;
}

/* Clusters */

static bool is_boundary(uint32_t before, uint32_t after)
{
    return text_point_width(after) > 0 || !unicode_joins(before, after);
}

size_t text_cluster(struct text t, size_t offset)
{
    uint32_t before, after;
    bool valid;

    if (offset >= t.len)
        return 0;
    size_t at = offset + text_decode(t.data + offset, t.len - offset, &before, &valid);

    while (at < t.len) {
        size_t bytes = text_decode(t.data + at, t.len - at, &after, &valid);

        if (is_boundary(before, after))
            break;
        before = after;
        at += bytes;
    }
    return at - offset;
}

/* The start of the code point that ends at `end`, which is after the start of the text. */
static size_t point_before(struct text t, size_t end, uint32_t *point)
{
    bool valid;

    for (size_t back = 1; back <= 4 && back <= end; back++) {
        size_t bytes = text_decode(t.data + end - back, back, point, &valid);

        if (valid && bytes == back)
            return end - back;
    }
    *point = REPLACEMENT;
    return end - 1;
}

size_t text_cluster_before(struct text t, size_t offset)
{
    uint32_t before, after;

    if (offset == 0 || offset > t.len)
        return 0;
    size_t start = point_before(t, offset, &after);

    while (start > 0) {
        size_t earlier = point_before(t, start, &before);

        if (is_boundary(before, after))
            break;
        after = before;
        start = earlier;
    }
    return offset - start;
}

int text_cluster_width(struct text cluster)
{
    return cluster.len > 0 ? text_point_width(point_at(cluster, 0)) : 0;
}

/* Clipping and padding */

struct text text_clip(struct text t, int columns, int *used)
{
    int width = 0;
    size_t at = 0;

    while (at < t.len) {
        size_t bytes = text_cluster(t, at);
        int more = text_cluster_width((struct text){ t.data + at, bytes });

        if (more > columns - width)
            break;
        width += more;
        at += bytes;
    }
    if (used)
        *used = width;
    return (struct text){ t.data, at };
}

static void spaces(struct buffer *out, int count)
{
    for (int i = 0; i < count; i++)
        buffer_byte(out, ' ');
}

/* Cuts to `columns`; says how many columns the start takes and how many full stops follow it. */
static struct text cut(struct text t, int columns, int *used, int *dots)
{
    struct text start = text_clip(t, columns, used);

    *dots = 0;
    if (start.len == t.len)
        return start;
    *dots = columns < 2 ? columns : 2;
    return text_clip(t, columns - *dots, used);
}

static void pad(struct buffer *out, struct text t, int columns, bool left)
{
    int used, dots;

    if (columns <= 0)
        return;
    struct text start = cut(t, columns, &used, &dots);

    if (left)
        spaces(out, columns - used - dots);
    buffer_text(out, start);
    buffer_put(out, "..", (size_t)dots);
    if (!left)
        spaces(out, columns - used - dots);
}

void text_pad(struct buffer *out, struct text t, int columns)
{
    pad(out, t, columns, false);
}

void text_pad_left(struct buffer *out, struct text t, int columns)
{
    pad(out, t, columns, true);
}

/* Wrapping */

static bool is_one_of(uint32_t point, const char *list)
{
    struct text t = text_of(list);

    for (size_t at = 0; at < t.len;) {
        uint32_t each;
        bool valid;

        at += text_decode(t.data + at, t.len - at, &each, &valid);
        if (each == point)
            return true;
    }
    return false;
}

static bool may_break(uint32_t before, uint32_t after)
{
    if (after == ' ')
        return false;
    if (before == ' ')
        return true;
    if (text_point_width(before) < 2 && text_point_width(after) < 2)
        return false;
    return !is_one_of(after, "，。、；：？！）」』》〉】〕〗”’…％,.;:?!)]}%") &&
           !is_one_of(before, "（「『《〈【〔〖“‘([{$");
}

/* Ends a line: spaces at its end are not shown, and the rest starts at `next`. */
static bool end_line(struct text *rest, size_t end, size_t next, struct text *line)
{
    while (end > 0 && rest->data[end - 1] == ' ')
        end--;
    *line = (struct text){ rest->data, end };
    *rest = (struct text){ rest->data + next, rest->len - next };
    return true;
}

bool text_wrap(struct text *rest, int columns, struct text *line)
{
    int room = columns < 2 ? 2 : columns; /* less would hold no character, and never end */
    int used = 0;
    size_t at = 0, break_at = 0;
    uint32_t before = 0;

    if (rest->len == 0)
        return false;
    while (at < rest->len) {
        size_t bytes = text_cluster(*rest, at);
        /* A space that carries a mark is seen: no place to break, nothing to leave out. */
        uint32_t point =
            rest->data[at] == ' ' && bytes > 1 ? NO_BREAK_SPACE : point_at(*rest, at);
        int width = text_point_width(point);

        if (point == '\n')
            return end_line(rest, at, at + 1, line);
        if (at > 0 && may_break(before, point))
            break_at = at;
        if (point != ' ' && used + width > room) {
            size_t end = break_at > 0 ? break_at : at;

            return end_line(rest, end, end, line);
        }
        used += width;
        at += bytes;
        before = point;
    }
    return end_line(rest, at, at, line);
}

/* The gate */

struct gate {
    struct buffer *out;
    enum text_lines lines;
    uint32_t before; /* the last that passed; 0 at the start */
    int marks;       /* since the base */
    bool changed;
};

static void put(struct gate *gate, uint32_t point)
{
    char bytes[4];

    buffer_put(gate->out, bytes, text_encode(point, bytes));
    gate->before = point;
}

static void pass(struct gate *gate, uint32_t point)
{
    if (gate->lines == TEXT_KEEP_LINES &&
        (point == '\n' || (point >= 0x80 && unicode_class(point) == UNICODE_LINE))) {
        gate->changed |= point != '\n';
        gate->marks = 0;
        put(gate, '\n');
        return;
    }
    uint32_t seen = shown(point);

    gate->changed |= seen != point;
    if (seen == 0)
        return;
    if (text_point_width(seen) > 0) {
        gate->marks = 0;
        put(gate, seen);
    } else if (gate->before == 0 || !unicode_joins(gate->before, seen)) {
        /* It would settle on whatever the screen shows to the left of this text. */
        gate->changed = true;
        gate->marks = 0;
        put(gate, REPLACEMENT);
    } else if (gate->marks < MARKS_SHOWN) {
        gate->marks++;
        put(gate, seen);
    } else {
        gate->changed = true;
    }
}

static bool is_plain(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.data[i] < 0x20 || (unsigned char)t.data[i] > 0x7E)
            return false;
    return true;
}

bool text_safe(struct buffer *out, struct text t, enum text_lines lines)
{
    struct gate gate = { .out = out, .lines = lines };

    if (is_plain(t)) {
        buffer_text(out, t);
        return false;
    }
    for (size_t at = 0; at < t.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(t.data + at, t.len - at, &point, &valid);
        gate.changed |= !valid;
        if (point == '\r' && at < t.len && t.data[at] == '\n')
            gate.changed = true; /* the line feed that follows says it all */
        else
            pass(&gate, point);
    }
    return gate.changed;
}

struct text text_safe_in(struct arena *arena, struct text t, enum text_lines lines)
{
    AUTO_BUFFER struct buffer safe = { 0 };

    if (!text_present(t))
        return t;
    text_safe(&safe, t, lines);
    return arena_text(arena, buffer_as_text(&safe));
}

static bool is_variation_selector(uint32_t point)
{
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF) ||
           (point >= 0x180B && point <= 0x180D) || point == 0x180F;
}

static bool may_be_kept(uint32_t point, enum text_lines lines)
{
    if (point == '\n')
        return lines == TEXT_KEEP_LINES;
    if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER ||
        is_variation_selector(point))
        return true;
    switch (unicode_class(point)) {
    case UNICODE_CONTROL:
    case UNICODE_FORMAT:
    case UNICODE_LINE:
    case UNICODE_NO_CHARACTER:
        return false;
    default:
        return !unicode_ignorable(point);
    }
}

bool text_acceptable(struct text t, enum text_lines lines)
{
    for (size_t at = 0; at < t.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(t.data + at, t.len - at, &point, &valid);
        if (!valid || !may_be_kept(point, lines))
            return false;
    }
    return true;
}

void text_to_halfwidth(struct buffer *out, struct text t)
{
    for (size_t at = 0; at < t.len;) {
        uint32_t point;
        bool valid;
        size_t bytes = text_decode(t.data + at, t.len - at, &point, &valid);

        if (point >= 0xFF01 && point <= 0xFF5E)
            buffer_byte(out, (uint8_t)(point - 0xFF01 + '!'));
        else if (point == 0x3000)
            buffer_byte(out, ' ');
        else
            buffer_put(out, t.data + at, bytes);
        at += bytes;
    }
}
