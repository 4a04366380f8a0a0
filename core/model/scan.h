/* What a scanner says: the words of its command cards, and what its codes mean before anything is looked up.
 *
 * Scans form sentences: an action, whom or where to, the items, DONE. A command is a word behind an asterisk, which no number
 * of ours begins with; it is printed as a card with a bar code. Scanners put a prefix before what they read (GS, or the AIM
 * identifier such as "]C1") and a carriage return after it: both are taken off.
 */
#ifndef TIDEWAITER_CORE_MODEL_SCAN_H
#define TIDEWAITER_CORE_MODEL_SCAN_H

#include "core/base/err.h"
#include "core/base/memory.h"

enum { HANDOVER_ITEMS_MOST = 500 }; /* of one that goes on item by item */

enum scan_command {
    SCAN_ACTION, /* begins a sentence: what is done with the items that follow */
    SCAN_DONE,   /* ends it */
    SCAN_ALL,    /* all items of the hand-over that was closed last */
    SCAN_UNDO,   /* takes the last item back */
    SCAN_RESUME, /* goes on with an open hand-over of this officer */
    SCAN_LOOK,   /* what follows is looked up and nothing is moved */
    SCAN_DAYS,   /* answers when something is due back */
    SCAN_REASON, /* answers why something is refused */
};
/* What a sentence says between its action and its end. */
enum scan_sentence {
    SCAN_STORES, /* a shelf, items */
    SCAN_TAKES,  /* who gives, items */
    SCAN_GIVES,  /* which body, who takes it there, its receipt, when due back, items */
    SCAN_KEEPS,  /* a place, items */
    SCAN_SEALS,  /* an item and its seal, and so on */
    SCAN_WEIGHS, /* an item and its weight */
    SCAN_COUNTS, /* an item and its count */
    SCAN_REFUSES /* a hand-over and why */
};
struct scan_word {
    const char *code; /* "*SHELVE"; NULL ends the table */
    enum scan_command command;
    struct label label; /* of a reason: its words in the record */
    enum scan_sentence sentence;
    const char *action;  /* of choices_scanned, for sentences that are hand-overs */
    const char *purpose; /* of choices_purpose; NULL: storage */
    int days;
};
extern const struct scan_word scan_words[];
const struct scan_word *scan_word_of(struct text code); /* in any case of letters; or NULL */
/* The word of a hand-over's action, to go on with it; NULL: none. */
const struct scan_word *scan_word_of_action(struct text action);
struct text scan_clean(struct text scanned); /* without prefix and ends */
/* The number and the unit of what a balance sends ("ST,GS,+  1268.40kg") or a person types ("1268.4"); the arena's. Empty:
 * there is no number in it. */
struct text scan_amount(struct arena *arena, struct text scanned);

#endif
