#include "tests/screen/hostile.h"

#define LINE(bytes)                                                                            \
    {                                                                                          \
        bytes, sizeof(bytes) - 1                                                               \
    }

const struct text hostile[] = {
    LINE("\x1b[2J\x1b[H\x1b]0;owned\x07"),         /* clear, and a title */
    LINE("\x1b]52;c;b3duZWQ=\x07"),                /* the clipboard */
    LINE("\x1b[?1049l\x1b[31mred\x1b[0m"),         /* off the alternate screen */
    LINE("\x1bP+q544e\x1b\\\x1b[6n\x1b[c\x1bZ"),   /* questions that type answers */
    LINE("\x1b[200~paste\x1b[201~\x0e\x0f\x1b(0"), /* line drawing on */
    LINE("\xc2\x9b"
         "2J\xc2\x9d"
         "0;c1\xc2\x9c\xc2\x85"), /* C1 in UTF-8 */
    LINE("\x9b"
         "2J\x9d\x9c\x84\x8d"), /* C1 as bytes */
    LINE("\a\b\t\v\f\r\n\x7f\x01\x1a\x1d"),
    LINE("a\0b"),
    LINE("\xe2\x80\xae"
         "gnp.exe\xe2\x80\xac"), /* right to left */
    LINE("\xe2\x81\xa6"
         "x\xe2\x81\xa9\xe2\x80\x8f\xd7\xa9\xd7\x9c\xd8\xb9\xd8\xb1"),
    LINE(
        "\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf\xc2\xad\xe2\x81\xa0\xe1\xa0\x8e"), /* of no width */
    LINE("\xcc\x81\xcc\x82 a\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88"
         "\xcc\x89\xcc\x8a\xcc\x8b\xcc\x8c\xcc\x8d\xcc\x8e"), /* marks without end */
    LINE("\xe6\xb5\xb7\xcc\x80\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xe9\x97\x9c"),
    LINE("\xf0\xb1\x8d\x90\xf0\xae\xaf\xb0"), /* Extensions H and I: unknown to the C library */
    LINE("\xf0\x9f\xab\xa8\xf3\xa0\x80\x81\xf3\xa0\x81\xbf"), /* a new emoji, tags */
    LINE("\xf0\xa8\x8b\xa2\xf0\xa0\x9d\xb9\xf0\xaa\x9a\xb2"), /* Hong Kong, plane 2 */
    LINE("\xe8\x91\x9b\xf3\xa0\x84\x80"),                     /* a variant of a character */
    LINE("\xee\x80\x80\xf3\xb0\x80\x80\xef\xa3\xbf"),         /* private use */
    LINE("\xef\xbf\xbe\xef\xbf\xbf\xf0\x9f\xbf\xbe"),         /* no characters at all */
    LINE("\xed\xa0\x80\xed\xbf\xbf"),                         /* surrogates */
    LINE("\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80\xff\xfe"), /* too long, out of range */
    LINE("\xe6\xb5"),                                         /* half a character */
    LINE(
        "\xe2\x94\x80\xe2\x97\x8f\xe2\x86\x92\xe2\x80\xa6\xc2\xb0\xe2\x91\xa0\xe2\x80\x9c"), /* ambiguous */
    LINE(
        "\xe4\xb7\x80\xef\xbc\xa1\xef\xbd\xb6\xe3\x80\x80"), /* a hexagram, full and half width */
    LINE("\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8\xe1\x85\xa0"), /* jamo */
    LINE(
        "\xe0\xb8\xb3\xe0\xb9\x8d\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7\xe0\xa4\xbf"), /* Thai, Hindi */
    LINE("\xf0\x9f\x87\xad\xf0\x9f\x87\xb0\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80\xe2\x9a"
         "\xa0\xef\xb8\x8f"),
};
const size_t hostile_count = sizeof hostile / sizeof *hostile;

void hostile_flood(struct buffer *out, size_t size)
{
    while (out->len < size)
        for (size_t i = 0; i < hostile_count && out->len < size; i++)
            buffer_text(out, hostile[i]);
}
