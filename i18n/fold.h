/* Search keys: what makes two spellings one. Never stored as evidence, only as terms and index keys.
 *
 * NFKC and case folding (utf8proc), variants of Hong Kong usage (臺/台, 衞/衛, 裏/裡, 綫/線, 峯/峰,
 * 啓/啟, 羣/群 ...), then simplified to traditional one-to-one by a small table.
 */
#ifndef TIDEWAITER_I18N_FOLD_H
#define TIDEWAITER_I18N_FOLD_H

#include "core/base/memory.h"

void fold(struct buffer *out, struct text t);
bool fold_contains(struct text haystack_folded, struct text needle_folded);
/* Calls `each` for every search term of folded text: overlapping pairs of Han characters (a lone
 * one by itself), words of letters and digits (at most 32 bytes). */
void fold_terms(struct text folded, void (*each)(struct text term, void *context),
                void *context);

#endif
