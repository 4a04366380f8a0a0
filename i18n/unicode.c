#include "i18n/unicode.h"

#include <assert.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "i18n/text.h"

enum unicode_class unicode_class(uint32_t point)
{
    if (point > 0x10FFFF || (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF))
        return UNICODE_NO_CHARACTER;
    switch (utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return UNICODE_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return UNICODE_MARK;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return UNICODE_DIGIT;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return UNICODE_PUNCTUATION;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO:
        return UNICODE_SYMBOL;
    case UTF8PROC_CATEGORY_ZS:
        return UNICODE_SPACE;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return UNICODE_LINE;
    case UTF8PROC_CATEGORY_CC:
        return UNICODE_CONTROL;
    case UTF8PROC_CATEGORY_CF:
        return UNICODE_FORMAT;
    case UTF8PROC_CATEGORY_CO:
        return UNICODE_PRIVATE;
    case UTF8PROC_CATEGORY_CS:
        return UNICODE_NO_CHARACTER;
    default:
        return UNICODE_UNASSIGNED;
    }
}

bool unicode_ignorable(uint32_t point)
{
    /* Reserved code points that are ignorable before they are characters; utf8proc leaves them out. */
    if (point == 0x2065 || (point >= 0xFFF0 && point <= 0xFFF8) ||
        (point >= 0xE0000 && point <= 0xE0FFF))
        return true;
    return utf8proc_get_property((utf8proc_int32_t)point)->ignorable;
}

bool unicode_joins(uint32_t before, uint32_t after)
{
    return !utf8proc_grapheme_break((utf8proc_int32_t)before, (utf8proc_int32_t)after);
}

static bool is_ascii(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.data[i] >= 0x80)
            return false;
    return true;
}

static void fold_valid(struct buffer *out, struct text t)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    const utf8proc_uint8_t *data = (const utf8proc_uint8_t *)t.data;
    utf8proc_ssize_t len = (utf8proc_ssize_t)t.len;
    utf8proc_ssize_t count = utf8proc_decompose(data, len, NULL, 0, options);

    assert(count >= 0);
    utf8proc_int32_t *points = memory_new(((size_t)count + 1) * sizeof(*points));

    count = utf8proc_decompose(data, len, points, count, options);
    count = utf8proc_normalize_utf32(points, count, options);
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        char bytes[4];

        buffer_put(out, bytes, text_encode((uint32_t)points[i], bytes));
    }
    free(points);
}

/* Sorting marks takes the square of their number, so a run of them is cut where the standard's
 * stream-safe form (UAX 15) would break it; no writing system comes near. */
enum { MARKS_IN_A_RUN = 30 };

static void put_valid(struct buffer *out, struct text t)
{
    int marks = 0;

    for (size_t at = 0; at < t.len;) {
        uint32_t point;
        bool valid;
        char bytes[4];

        at += text_decode(t.data + at, t.len - at, &point, &valid);
        marks = unicode_class(point) == UNICODE_MARK ? marks + 1 : 0;
        if (marks <= MARKS_IN_A_RUN)
            buffer_put(out, bytes, text_encode(point, bytes));
    }
}

void unicode_fold(struct buffer *out, struct text t)
{
    if (is_ascii(t)) {
        for (size_t i = 0; i < t.len; i++) {
            char c = t.data[i];

            buffer_byte(out, (uint8_t)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
        }
    } else {
        AUTO_BUFFER struct buffer valid = { 0 };

        put_valid(&valid, t);
        fold_valid(out, buffer_as_text(&valid));
    }
}
