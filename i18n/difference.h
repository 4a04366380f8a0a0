/* What changed between two texts, by words: runs of letters, single Han characters, everything else by itself.
 *
 * Parts come in reading order; what is the same and what is gone give the old text, what is the same and what is new the
 * new one, byte for byte. Texts with more words than DIFFERENCE_WORDS between their common start and end count as gone and
 * new as a whole there. Parts point into the texts.
 */
#ifndef TIDEWAITER_I18N_DIFFERENCE_H
#define TIDEWAITER_I18N_DIFFERENCE_H

#include "core/base/memory.h"

enum { DIFFERENCE_WORDS = 600 };
enum difference_kind { DIFFERENCE_SAME, DIFFERENCE_GONE, DIFFERENCE_NEW };
struct difference {
    enum difference_kind kind;
    struct text text;
};
void text_difference(struct text old, struct text new, struct arena *arena,
                     struct difference **out, size_t *count);
/* For reading: changed words between [- -] and {+ +}, with a few words around them; what is left out becomes "..". */
struct text difference_shown(const struct difference *parts, size_t count, int around,
                             struct arena *arena);

#endif
