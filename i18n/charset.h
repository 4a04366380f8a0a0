/* Other character sets at the border (Big5, Big5-HKSCS, GB 18030): strict conversion, losses named.
 * charset.c is the only file that includes iconv.h. Nothing is transliterated or dropped. */
#ifndef TIDEWAITER_I18N_CHARSET_H
#define TIDEWAITER_I18N_CHARSET_H

#include "core/base/err.h"
#include "core/base/memory.h"

struct charset_loss {
    size_t offset;  /* byte of the input; its length where iconv does not say the place */
    uint32_t point; /* the character that the target lacks; 0 when reading */
};
struct charset_report {
    size_t characters;
    size_t losses;
    size_t private_use; /* characters in a private use area: a wrong table is likely */
    struct charset_loss first[16];
};
/* To UTF-8 / from UTF-8. A loss becomes U+FFFD (reading) or '?' (writing) and is counted; the caller
 * asks before going on. ERR_INVALID: no such character set. Pending states are flushed. */
enum err charset_read(struct buffer *out, struct bytes in, const char *charset,
                      struct charset_report *report);
enum err charset_write(struct buffer *out, struct text in, const char *charset,
                       struct charset_report *report);

#endif
