/* The terminal: draws canvases with the least bytes in one write, and reads keys.
 *
 * term.c is the only file that includes curses. It folds PuTTY's, the Linux console's and
 * rxvt's ways of sending F-keys, Alt+digit for F-digit, bracketed paste, the mouse; runs
 * in raw mode so that Ctrl+S and Ctrl+Q arrive; leaves the terminal as it was however the
 * program ends. Only app.c waits for keys.
 *
 * The terminal gets no byte that its terminfo entry does not know, but these: pastes in brackets and mouse reports, where
 * the entry has a mouse (kmous); one question for the cursor's place, where it has that answer too (u7); the clipboard
 * where the entry has it (Ms), when an officer copies.
 *
 * A process has one terminal, and at most one of these is open. It is also kept in a static
 * pointer, for exit() and crashes. While it is open the signals that end, stop or resize a
 * program are blocked and come as keys; children that are started meanwhile must unblock them.
 */
#ifndef TIDEWAITER_TUI_SCREEN_TERM_H
#define TIDEWAITER_TUI_SCREEN_TERM_H

#include "core/base/err.h"
#include "tui/screen/canvas.h"
#include "tui/screen/key.h"

struct term;
struct term_options {
    bool mono;  /* NO_COLOR or --mono */
    bool ascii; /* --ascii; otherwise one probe finds out, without waiting: where lines turn out
                 * to be wide, TKEY_RESIZE comes and term_ascii() has become true */
    bool no_mouse; /* the terminal keeps its own selecting of text */
    int escape_ms; /* how long Esc waits for a sequence; 0: ESCDELAY, or else 25 */
};

/* ERR_USAGE: not a terminal, one that cannot place the cursor, or a character set other than
 * UTF-8 (text_locale() comes first). An unknown TERM is tried as xterm-256color, then vt220. */
enum err term_open(struct term **out, const struct term_options *options);
void term_close(struct term *term); /* NULL is allowed */
void term_size(const struct term *term, int *rows, int *columns);
bool term_ascii(const struct term *term);
/* Sends what differs from the last frame, cursor last, in one write. */
void term_draw(struct term *term, const struct canvas *canvas);
void term_repaint(struct term *term); /* the next frame is sent whole (Ctrl+L) */
/* Waits at most timeout_ms (-1: for ever). Signals that end the program come as TKEY_HANGUP. */
void term_read(struct term *term, struct key *out, int timeout_ms);
bool term_waiting(struct term *term); /* a key is there already: drawing may wait */
void term_bell(struct term *term);
void term_mouse(struct term *term, bool on); /* where the terminal has one */
/* Sends text to the terminal's clipboard (OSC 52); nobody learns whether it arrived. False: this type of terminal has none,
 * or the text is longer than COPY_LIMIT. */
enum { COPY_LIMIT = 48 * 1024 };
bool term_copy(struct term *term, struct text text);

#endif
