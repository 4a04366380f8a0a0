/* Words: labels, messages and failures in the language of the reader.
 *
 * Nothing depends on the environment: both languages are in the program (catalog.h), so that a
 * key switches them without leaving a form.
 */
#ifndef TIDEWAITER_I18N_SENTENCE_H
#define TIDEWAITER_I18N_SENTENCE_H

#include "core/base/err.h"
#include "core/base/memory.h"

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_BOTH };
bool language_parse(enum language *out, struct text name);

/* "狀況", "State" or "狀況 State". */
struct text label_text(struct arena *arena, const struct label *label, enum language language);
/* The sentence of the message with its arguments set in; in both languages the Chinese one stands
 * first and the English after a space. */
struct text sentence(struct arena *arena, const struct message *message,
                     enum language language);
/* A plain sentence without arguments (also for words of the interface that are not in a table). */
struct text words(struct arena *arena, const char *id, enum language language);
/* The last failure of this thread. */
struct text failure_sentence(struct arena *arena, enum language language);

#endif
