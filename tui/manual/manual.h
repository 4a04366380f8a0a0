/* Papers that the program writes about itself, from the tables that it works by: manual page, completion of the shell, card
 * of keys, reference. Nothing in them is written twice, so that they cannot go stale.
 *
 * Where a paper is in one language, LANGUAGE_BOTH is English.
 */
#ifndef TIDEWAITER_TUI_MANUAL_MANUAL_H
#define TIDEWAITER_TUI_MANUAL_MANUAL_H

#include "i18n/sentence.h"
#include "tui/screen/canvas.h"

void manual_page(struct buffer *out, enum language language); /* for man(1) */
void manual_completion(struct buffer *out);                   /* for bash */
/* Every key of every screen, 80 columns; the caller frees it. */
struct canvas *manual_keys(enum language language);
/* Keys, acts, record types with their fields, filters: Markdown. */
void manual_reference(struct buffer *out, enum language language);

/* Exit codes of the program with what they mean, ended by code -1. */
struct exit_code {
    int code;
    struct label meaning;
};
extern const struct exit_code exit_codes[];

/* Examples of filters upon a type of record with what they find, ended by a NULL type. */
struct filter_example {
    const char *type;
    const char *filter;
    struct label finds;
};
extern const struct filter_example filter_examples[];

#endif
