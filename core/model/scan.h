/* What a scanner says: the words of its command cards, and what its codes mean before anything is looked up.
 *
 * A command is a word behind an asterisk, which no number of ours begins with; it is printed as a card with a bar code. Scanners put
 * a prefix before what they read (GS, or the AIM identifier such as "]C1") and a carriage return after it: both are taken off.
 */
#ifndef TIDEWAITER_CORE_MODEL_SCAN_H
#define TIDEWAITER_CORE_MODEL_SCAN_H

#include "core/base/err.h"
#include "core/base/memory.h"

enum scan_command {
    SCAN_ACTION, /* begins a sentence: what is done with the items that follow */
    SCAN_DONE,   /* ends it */
    SCAN_UNDO,   /* takes the last item back */
    SCAN_LOOK,   /* what follows is looked up and nothing is moved */
};
struct scan_word {
    const char *code; /* "*SHELVE"; NULL ends the table */
    enum scan_command command;
    const char *action; /* of choices_scanned */
    struct label label;
};
extern const struct scan_word scan_words[];
const struct scan_word *scan_word_of(struct text code); /* in any case of letters; or NULL */
struct text scan_clean(struct text scanned);            /* without prefix and ends */

#endif
