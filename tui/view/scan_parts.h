/* The screen of the scanner, as its files share it: scan.c (the view and its keys), scan_said.c (what a code means in the
 * sentence so far), scan_items.c (what is done with an item), scan_handover.c (hand-overs: opened, gone on with, closed, and what is
 * missing from them).
 *
 * A sentence is an action, whom or where to, items, DONE. Each item is an act of its own and saved before its OK, so that
 * whatever breaks off leaves it either moved or not moved. What needs a second officer waits here until that officer's card
 * and password have come; nothing is moved meanwhile.
 */
#ifndef TIDEWAITER_TUI_VIEW_SCAN_PARTS_H
#define TIDEWAITER_TUI_VIEW_SCAN_PARTS_H

#include "core/model/act.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/scan.h"
#include "tui/view/views.h"
#include "tui/widget/scan_board.h"

enum scan_tone_of {
    TONE_OK,
    TONE_TWICE,
    TONE_UNKNOWN,
    TONE_PLACE,   /* it was recorded somewhere else */
    TONE_DIFFERS, /* saved, and a discrepancy with it */
    TONE_WAITS,   /* for the second officer, or for its weight */
    TONE_REFUSED,
    TONE_BACK, /* refused as badly packed or incomplete: it goes back */
    TONE_MISSING,
    TONE_SAID,
    TONES
};

/* What the next code answers, where it is no item. */
enum scan_ask {
    ASK_NOTHING,
    ASK_PERSON, /* who takes the goods to the other body */
    ASK_RECEIPT,
    ASK_DUE,
    ASK_SEAL,
    ASK_WEIGHT,
    ASK_COUNT,
    ASK_CONDITION,
    ASK_READING,
    ASK_KEYS,
    ASK_REASON,
};

struct scan_item {
    struct record_key exhibit;
    char code[SCAN_CODE];   /* its number */
    char seal[SCAN_CODE];   /* that was seen on it, or shall be put on */
    char amount[SCAN_CODE]; /* weight or count, as typed */
    char condition[SCAN_CODE], reading[SCAN_CODE], keys[SCAN_CODE]; /* of what is not sealed */
};
enum { SCAN_WAITING_MOST = HANDOVER_ITEMS_MOST, SCAN_EXPECTED_MOST = 500, SCAN_ALL_MOST = 8 };

struct scan {
    struct view view;
    struct scan_board board;
    const struct scan_word *action; /* NULL: looking up */
    struct record_key place;        /* of the sentence; id 0: not said yet */
    struct record_key handover;     /* that goes on, or waits to be received; id 0: none */
    bool pending;                   /* it waits to be received: what is scanned is ticked */
    uint32_t lines;                 /* of the open one */
    struct signer second;           /* who confirmed for this sentence; wiped at its end */
    enum scan_ask ask;
    struct scan_item asked; /* the item that the answer belongs to */
    char person[SCAN_CODE], receipt[SCAN_CODE];
    date due;
    struct scan_item *waiting; /* for the second officer */
    int waiting_count;
    struct record_key *expected; /* of this hand-over, where that is known */
    bool *seen;
    int expected_count;
    const struct scan_word *refusing;        /* why the next item is refused; NULL: it is not */
    bool told;                               /* what is missing, since the last scan */
    struct record_key closed[SCAN_ALL_MOST]; /* hand-overs of the last sentence */
    int closed_count;
    struct buffer later; /* codes that came while a password was asked for, a line each */
};

struct scanned *scan_add(struct scan *self, enum scan_tone_of tone, struct text code);
/* The same with why the last act failed: the first fault of the form, else the failure. */
struct scanned *scan_add_fault(struct scan *self, enum scan_tone_of tone, struct text code,
                               const struct change_result *result);
struct text scan_name(struct scan *self, struct arena *arena, struct record_key key);

/* ---- scan_said.c ---- */

void scan_take(struct scan *self, struct text code);
/* The card of the second officer was scanned: number and password are asked for. */
void scan_ask_second(struct scan *self, uint64_t officer);
void scan_sentence_end(struct scan *self);

/* ---- scan_items.c ---- */

void scan_item_do(struct scan *self, struct scan_item *item);
void scan_waiting_do(struct scan *self); /* the second officer has confirmed */
void scan_undo(struct scan *self);
enum err scan_act(struct scan *self, const char *name, const void *input,
                  const struct record_key *subject, struct change_result *result);
struct moment scan_now(void);
date scan_corrected_by(void); /* what is refused now */
bool scan_exhibit_get(struct scan *self, const struct record_key *key, struct arena *arena,
                      struct exhibit_record **out);

/* ---- scan_handover.c ---- */

/* The open hand-over of this sentence, opened where there is none, or where it is full. */
enum err scan_handover_ready(struct scan *self, struct change_result *result);
bool scan_handover_close(struct scan *self); /* false: it stays open, and why was said */
void scan_handover_pending(struct scan *self, const struct record *record);
void scan_handover_refuse(struct scan *self, struct text reason);
bool scan_resume(struct scan *self);
void scan_done(struct scan *self);
void scan_all(struct scan *self);
void scan_expect_case(struct scan *self, const struct record *record);
/* Ticks it; false: it is not among those expected. */
bool scan_expected_seen(struct scan *self, const struct record_key *exhibit, bool seen);
bool scan_expected_ticked(const struct scan *self, const struct record_key *exhibit);
int scan_expected_left(const struct scan *self);

#endif
