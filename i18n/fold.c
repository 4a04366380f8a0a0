#include "i18n/fold.h"

#include <string.h>

#include "i18n/fold_table.h"
#include "i18n/text.h"
#include "i18n/unicode.h"

enum { HAN_BYTES = 3, WORD_BYTES = 32 };

/* UTF-8 keeps the order of code points, so characters are compared as they lie in the table. */
static const char *folded_han(const char *character)
{
    size_t low = 0, high = sizeof(fold_table) / sizeof(*fold_table);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(character, fold_table[middle], HAN_BYTES);

        if (order == 0)
            return fold_table[middle] + HAN_BYTES;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return character;
}

void fold(struct buffer *out, struct text t)
{
    size_t at = out->len;

    unicode_fold(out, t);
    while (at < out->len) {
        char *data = (char *)out->data + at;
        uint32_t point;
        bool valid;
        size_t bytes = text_decode(data, out->len - at, &point, &valid);

        if (bytes == HAN_BYTES)
            memcpy(data, folded_han(data), HAN_BYTES);
        at += bytes;
    }
}

bool fold_contains(struct text haystack_folded, struct text needle_folded)
{
    return needle_folded.len == 0 ||
           (haystack_folded.len > 0 && memmem(haystack_folded.data, haystack_folded.len,
                                              needle_folded.data, needle_folded.len) != NULL);
}

/* Terms */

static bool is_han(uint32_t point)
{
    return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF) ||
           (point >= 0x20000 && point <= 0x3FFFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           point == 0x3005 || point == 0x3007;
}

enum sort { HAN, WORD, BETWEEN };

static enum sort sort_at(struct text t, size_t at, size_t *bytes)
{
    uint32_t point;
    bool valid;

    *bytes = text_decode(t.data + at, t.len - at, &point, &valid);
    if (is_han(point))
        return HAN;
    enum unicode_class class = unicode_class(point);

    return class == UNICODE_LETTER || class == UNICODE_DIGIT || class == UNICODE_MARK ? WORD
                                                                                      : BETWEEN;
}

typedef void (*term_taker)(struct text term, void *context);

/* Returns the offset behind the run of Han characters that starts at `at`. */
static size_t han_terms(struct text t, size_t at, term_taker each, void *context)
{
    size_t first, second;
    bool alone = true;

    sort_at(t, at, &first);
    while (at + first < t.len && sort_at(t, at + first, &second) == HAN) {
        each((struct text){ t.data + at, first + second }, context);
        alone = false;
        at += first;
        first = second;
    }
    if (alone)
        each((struct text){ t.data + at, first }, context);
    return at + first;
}

/* The same for a run of letters and digits; what is beyond the limit is not searched for. */
static size_t word_term(struct text t, size_t at, term_taker each, void *context)
{
    size_t start = at, end = at, bytes;

    while (at < t.len && sort_at(t, at, &bytes) == WORD) {
        at += bytes;
        if (at - start <= WORD_BYTES)
            end = at;
    }
    each((struct text){ t.data + start, end - start }, context);
    return at;
}

void fold_terms(struct text folded, void (*each)(struct text term, void *context),
                void *context)
{
    size_t at = 0, bytes;

    while (at < folded.len) {
        switch (sort_at(folded, at, &bytes)) {
        case HAN:
            at = han_terms(folded, at, each, context);
            break;
        case WORD:
            at = word_term(folded, at, each, context);
            break;
        case BETWEEN:
            at += bytes;
            break;
        }
    }
}
