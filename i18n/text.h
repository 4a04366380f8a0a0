/* Text on a terminal: UTF-8, columns, graphemes, clipping, and the gate before every screen.
 *
 * Three measures are never mixed: bytes (size_t), characters (code points) and columns (int, of a
 * terminal). Columns come from the C library's wcwidth alone, because ncurses uses it; a code
 * point that it does not know is shown as U+3013 (two columns) after the gate. Nothing here
 * normalises text that is kept; search keys are folded in fold.h.
 *
 * The gate (text_safe) makes any bytes safe to show: C0, C1, DEL, bidi controls, tags, and other
 * format characters and default-ignorables never pass; bad UTF-8 becomes U+FFFD; at most eight
 * combining marks follow a base, and none stands without one. A tab becomes a space, a line feed
 * too unless lines are kept. Private use passes, so that a wrong Big5 table can be seen.
 */
#ifndef TIDEWAITER_I18N_TEXT_H
#define TIDEWAITER_I18N_TEXT_H

#include "core/base/memory.h"

/* Sets the C library's locale so that wcwidth knows Unicode: the environment's where it is UTF-8,
 * else C.UTF-8. False where neither exists. Called once by main and by tests. */
bool text_locale(void);

/* Decodes one code point at data[0]; returns the bytes used (>= 1). Bad input: U+FFFD, 1 byte,
 * *valid false. */
size_t text_decode(const char *data, size_t len, uint32_t *point, bool *valid);
size_t text_encode(uint32_t point, char out[4]); /* bytes written, 0 for no scalar value */

int text_point_width(uint32_t point); /* 0, 1 or 2 columns as shown after the gate */
int text_width(struct text t);        /* columns of safe text */
/* Bytes of the grapheme cluster that starts at data[offset]: UAX 29 (utf8proc), but cut before any
 * further point that takes columns, because a cell of the terminal holds one (flags, skin tones and
 * spacing vowel signs stand by themselves). So the width of text is the sum of its clusters'. */
size_t text_cluster(struct text t, size_t offset);
size_t text_cluster_before(struct text t,
                           size_t offset);   /* bytes of the cluster that ends there */
int text_cluster_width(struct text cluster); /* the width of its base: 0..2 */

/* The longest start of safe text that takes at most `columns`, cut between clusters. */
struct text text_clip(struct text t, int columns, int *used);
/* The same ending in ".." where something was cut; pads with spaces to exactly `columns`. */
void text_pad(struct buffer *out, struct text t, int columns);
void text_pad_left(struct buffer *out, struct text t, int columns); /* right-aligned */

/* Next line of at most `columns` from *rest: breaks at spaces and between Han characters, and
 * keeps closing punctuation (，。、；：」』）！？) off the start of a line. Returns false at the end. */
bool text_wrap(struct text *rest, int columns, struct text *line);

enum text_lines { TEXT_ONE_LINE, TEXT_KEEP_LINES };
/* Appends a form of `t` that is safe to show. True where anything was replaced or dropped. */
bool text_safe(struct buffer *out, struct text t, enum text_lines lines);
struct text text_safe_in(struct arena *arena, struct text t, enum text_lines lines);

/* What a field may keep: valid UTF-8 without control, bidi or other format characters (variation
 * selectors and ZWJ/ZWNJ are kept), line feeds only where `lines` allows them. */
bool text_acceptable(struct text t, enum text_lines lines);

/* Full-width forms U+FF01..FF5E and U+3000 to ASCII: code fields and command keys only. */
void text_to_halfwidth(struct buffer *out, struct text t);

#endif
