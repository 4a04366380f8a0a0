/* A conversation with the program in lines: answers in, what was told out. For golden files that people read. */
#ifndef TIDEWAITER_TESTS_SCREEN_CONVERSATION_H
#define TIDEWAITER_TESTS_SCREEN_CONVERSATION_H

#include "core/store/store.h"
#include "i18n/sentence.h"

/* One answer a line; after the last one nobody answers any more. Secrets stand in `out` as asterisks. */
void conversation(struct store *store, enum language language, struct text answers,
                  struct buffer *out);

#endif
