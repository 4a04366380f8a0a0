/* How well a name fits what was typed: for the palette, where a few letters must do. */
#ifndef TIDEWAITER_TUI_VIEW_NAME_MATCH_H
#define TIDEWAITER_TUI_VIEW_NAME_MATCH_H

#include "core/base/memory.h"

/* 0: not at all; else the greater the better: the whole name, its beginning, beginnings of its words in order, a part of it,
 * beginnings of its words in any order, its characters in order. Both are folded (i18n/fold.h). */
enum { NAME_EXACT = 10000 };
int name_match(struct text name, struct text typed);

#endif
