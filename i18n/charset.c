#include "i18n/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "i18n/text.h"

enum { CHUNK = 4096 };

struct conversion {
    iconv_t iconv;
    struct buffer *out;
    struct charset_report *report;
};

/* A name that iconv knows. A suffix such as //TRANSLIT or //IGNORE would hide losses. */
static bool is_name(const char *charset)
{
    size_t len = strlen(charset);

    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)charset[i]) && !strchr("-_.:", charset[i]))
            return false;
    return len > 0 && len < 32;
}

static enum err conversion_open(struct conversion *conversion, const char *to, const char *from,
                                const char *charset)
{
    conversion->iconv = is_name(charset) ? iconv_open(to, from) : (iconv_t)-1;
    if (conversion->iconv == (iconv_t)-1)
        return fail(
            ERR_INVALID,
            N_("This computer knows no character set called \"%s\". Try BIG5-HKSCS, BIG5, "
               "GB18030 or UTF-8."),
            charset);
    return ERR_OK;
}

static void lose(struct charset_report *report, size_t offset, uint32_t point)
{
    size_t kept = sizeof(report->first) / sizeof(*report->first);

    if (report->losses < kept)
        report->first[report->losses] = (struct charset_loss){ offset, point };
    report->losses++;
}

/* Feeds iconv until it has taken all of `in` or stumbles; returns 0 or its errno, and leaves `in`
 * at what was not taken. A NULL `in` flushes what iconv holds back. */
static int feed(struct conversion *conversion, struct bytes *in)
{
    char *from = in ? (char *)(uintptr_t)in->data : NULL;
    size_t left = in ? in->len : 0;
    int why = 0;

    do {
        char chunk[CHUNK];
        char *to = chunk;
        size_t room = sizeof(chunk);
        size_t replaced =
            iconv(conversion->iconv, in ? &from : NULL, in ? &left : NULL, &to, &room);

        why = replaced == (size_t)-1 ? errno : 0;
        buffer_put(conversion->out, chunk, sizeof(chunk) - room);
        /* Some C libraries put a stand-in and count it; where it stood they do not say. */
        if (why == 0)
            conversion->report->losses += replaced;
    } while (why == E2BIG);
    if (in)
        *in = (struct bytes){ (const uint8_t *)from, left };
    return why;
}

/* Reading */

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

static bool is_utf8(const char *charset)
{
    return strcasecmp(charset, "UTF-8") == 0 || strcasecmp(charset, "UTF8") == 0;
}

/* How much a character that cannot be read takes. Where characters are pairs, a second byte with
 * the high bit is taken too: it would be read as a first byte, and the rest of the line be lost.
 * An ASCII byte is never taken; it may be a comma or the end of a line. */
static size_t unreadable(const char *charset, struct bytes in)
{
    static const char *const pairs[] = {
        "BIG", "CP950", "CP936", "GB", "EUC", "HKSCS", "MS936"
    };

    if (in.len < 2 || in.data[0] < 0x80 || in.data[1] < 0x80)
        return 1;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
        if (strncasecmp(charset, pairs[i], strlen(pairs[i])) == 0)
            return 2;
    return 1;
}

static void count(struct charset_report *report, uint32_t point)
{
    report->characters++;
    report->private_use +=
        (point >= 0xE000 && point <= 0xF8FF) || (point >= 0xF0000 && point <= 0x10FFFD);
}

/* Keeps what is UTF-8 and marks the rest, since the GNU C Library lets code points beyond U+10FFFF
 * through. A loss is put at its own offset, or at `place` where these are not the bytes of a file. */
static void put_strictly(struct buffer *out, struct text in, const size_t *place,
                         struct charset_report *report)
{
    for (size_t at = 0; at < in.len;) {
        uint32_t point;
        bool valid;
        size_t bytes = text_decode(in.data + at, in.len - at, &point, &valid);

        count(report, point);
        if (!valid)
            lose(report, place ? *place : at, 0);
        buffer_put(out, valid ? in.data + at : REPLACEMENT,
                   valid ? bytes : strlen(REPLACEMENT));
        at += bytes;
    }
}

static void read_all(struct conversion *conversion, struct bytes in, const char *charset)
{
    struct bytes rest = in;

    while (rest.len > 0 && feed(conversion, &rest) != 0) {
        size_t bytes = unreadable(charset, rest);

        feed(conversion, NULL);
        lose(conversion->report, in.len - rest.len, 0);
        buffer_string(conversion->out, REPLACEMENT);
        rest = (struct bytes){ rest.data + bytes, rest.len - bytes };
    }
    feed(conversion, NULL);
}

enum err charset_read(struct buffer *out, struct bytes in, const char *charset,
                      struct charset_report *report)
{
    AUTO_BUFFER struct buffer made = { 0 };
    struct conversion conversion = { .out = &made, .report = report };

    TRY(conversion_open(&conversion, "UTF-8", charset, charset));
    *report = (struct charset_report){ 0 };
    if (is_utf8(charset)) {
        put_strictly(out, (struct text){ (const char *)in.data, in.len }, NULL, report);
    } else {
        read_all(&conversion, in, charset);
        put_strictly(out, buffer_as_text(&made), &in.len, report);
    }
    iconv_close(conversion.iconv);
    return ERR_OK;
}

/* Writing */

/* Bytes before the next that iconv may not be trusted with: bad UTF-8, since the GNU C Library lets
 * points beyond U+10FFFF through, and tag characters, which it drops without a word where the
 * target lacks them. */
static size_t before_odd(struct text in)
{
    size_t at = 0;

    while (at < in.len) {
        uint32_t point;
        bool valid;
        size_t bytes = text_decode(in.data + at, in.len - at, &point, &valid);

        if (!valid || (point >= 0xE0000 && point <= 0xE007F))
            break;
        at += bytes;
    }
    return at;
}

static void lose_written(struct conversion *conversion, size_t offset, uint32_t point)
{
    struct bytes mark = { (const uint8_t *)"?", 1 };

    lose(conversion->report, offset, point);
    feed(conversion, &mark);
}

static void write_run(struct conversion *conversion, struct bytes run, size_t offset)
{
    struct bytes rest = run;

    while (rest.len > 0 && feed(conversion, &rest) != 0) {
        uint32_t point;
        bool valid;
        size_t bytes = text_decode((const char *)rest.data, rest.len, &point, &valid);

        feed(conversion, NULL);
        lose_written(conversion, offset + (run.len - rest.len), point);
        rest = (struct bytes){ rest.data + bytes, rest.len - bytes };
    }
}

/* The odd one by itself: lost, unless iconv can be seen to write it. Returns its bytes. */
static size_t write_odd(struct conversion *conversion, struct text in, size_t offset)
{
    uint32_t point;
    bool valid;
    size_t bytes = text_decode(in.data, in.len, &point, &valid);
    struct bytes odd = { (const uint8_t *)in.data, bytes };

    feed(conversion, NULL);
    size_t before = conversion->out->len;

    if (!valid || feed(conversion, &odd) != 0 || conversion->out->len == before)
        lose_written(conversion, offset, point);
    return bytes;
}

enum err charset_write(struct buffer *out, struct text in, const char *charset,
                       struct charset_report *report)
{
    struct conversion conversion = { .out = out, .report = report };

    TRY(conversion_open(&conversion, charset, "UTF-8", charset));
    *report = (struct charset_report){ 0 };
    for (size_t at = 0; at < in.len;) {
        size_t run = before_odd((struct text){ in.data + at, in.len - at });

        write_run(&conversion, (struct bytes){ (const uint8_t *)in.data + at, run }, at);
        at += run;
        if (at < in.len)
            at += write_odd(&conversion, (struct text){ in.data + at, in.len - at }, at);
    }
    feed(&conversion, NULL);
    iconv_close(conversion.iconv);
    for (size_t at = 0; at < in.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(in.data + at, in.len - at, &point, &valid);
        count(report, point);
    }
    return ERR_OK;
}
