/* What the Unicode standard says of a code point, asked of utf8proc; unicode.c alone includes it.
 * Columns are not its business: those are the C library's (text.h). */
#ifndef TIDEWAITER_I18N_UNICODE_H
#define TIDEWAITER_I18N_UNICODE_H

#include "core/base/memory.h"

enum unicode_class {
    UNICODE_UNASSIGNED,
    UNICODE_LETTER, /* Han characters too */
    UNICODE_MARK,   /* combining */
    UNICODE_DIGIT,
    UNICODE_PUNCTUATION,
    UNICODE_SYMBOL,
    UNICODE_SPACE,
    UNICODE_LINE, /* line and paragraph separators */
    UNICODE_CONTROL,
    UNICODE_FORMAT, /* bidi, joiners, tags, soft hyphen ... */
    UNICODE_PRIVATE,
    UNICODE_NO_CHARACTER, /* surrogates, noncharacters, beyond U+10FFFF */
};
enum unicode_class unicode_class(uint32_t point);
/* Default-ignorable: drawn as nothing, so it can hide (variation selectors, fillers ...). */
bool unicode_ignorable(uint32_t point);
/* No boundary of a grapheme cluster (UAX 29) lies between the two. */
bool unicode_joins(uint32_t before, uint32_t after);
/* Appends NFKC with case folded and ignorables dropped; bad UTF-8 becomes U+FFFD. */
void unicode_fold(struct buffer *out, struct text t);

#endif
