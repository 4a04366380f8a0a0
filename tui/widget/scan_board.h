/* The scan board: one field that is always ready, the last result in large words, running counts, the last twelve scans.
 * Moving goods, stocktaking and the disposal door use it, each with tones of its own.
 *
 * The view draws it, hands it every key that no command took and does with a scanned code what it means; then it adds the
 * result by its tone. The board owns its field and what it shows; the tones are a static table of the view. A clerk's eyes
 * are on the goods: every tone says with how many bells it is heard, and the state is a word always.
 */
#ifndef TIDEWAITER_TUI_WIDGET_SCAN_BOARD_H
#define TIDEWAITER_TUI_WIDGET_SCAN_BOARD_H

#include "core/base/err.h"
#include "core/schema/field.h"
#include "i18n/sentence.h"
#include "tui/widget/editor.h"

enum { SCAN_BOARD_LAST = 12, SCAN_BOARD_TONES = 12, SCAN_CODE = 80 };

/* What came of a scan, in a word. */
struct scan_tone {
    struct label label; /* at most 16 columns in one language */
    enum role role;
    bool counted; /* has a running count */
    int bells;
};

struct scanned {
    int tone;             /* of the view's table */
    char code[SCAN_CODE]; /* what is shown: the scanned code or a number */
    struct message words; /* what happened; id NULL: nothing to add */
    struct record_key about;
    int number; /* the how manieth of its tone */
};

struct scan_board {
    const struct scan_tone *tones;
    int tone_count;
    struct editor field;
    struct scanned last[SCAN_BOARD_LAST]; /* a ring: a message cannot be moved */
    int newest, shown;                    /* its place in the ring; how many there are */
    int counts[SCAN_BOARD_TONES];
    bool words; /* words are wanted just now, which any input method may type */
    int *bells; /* of whoever rings them */
};

void scan_board_init(struct scan_board *board, const struct scan_tone *tones, int count,
                     int *bells);
void scan_board_free(struct scan_board *board);

/* The newest result: shown, counted and heard. The caller may set its words and what it is about. */
struct scanned *scan_board_add(struct scan_board *board, int tone, struct text code);
/* The same with the last failure as its words. */
struct scanned *scan_board_add_failure(struct scan_board *board, int tone, struct text code);
struct scanned *scan_board_newest(struct scan_board *board); /* NULL: none */
void scan_board_take_off(struct scan_board *board);          /* the newest was undone */
void scan_board_clear_counts(struct scan_board *board);

enum scan_board_key {
    SCAN_KEY_OTHER,   /* not its matter */
    SCAN_KEY_TYPED,   /* taken into the field */
    SCAN_KEY_CODE,    /* a code is complete: scan_board_code() */
    SCAN_KEY_UNDO,    /* Backspace in the empty field */
    SCAN_KEY_FOREIGN, /* an input method is on, which no scanner can be read through; bell */
};
void scan_board_words(struct scan_board *board, bool words);
enum scan_board_key scan_board_key(struct scan_board *board, const struct key *key);
/* What was scanned, copied and without what a scanner adds, but with full-width forms made plain; the field is empty then.
 * May be empty. */
struct text scan_board_code(struct scan_board *board, struct arena *arena);
/* The notice for SCAN_KEY_FOREIGN. */
#define SCAN_BOARD_FOREIGN                                                                     \
    N_("The input method is still on. Switch it to English letters; the scanner cannot be "    \
       "read otherwise.")

/* `said`: what the scans have said so far ("Shelve > KC-R1-01"); `name`: of the field. From the first row of `body`. */
void scan_board_draw(struct scan_board *board, struct canvas *canvas, struct rect body,
                     struct text said, const struct label *name, enum language language);

#endif
