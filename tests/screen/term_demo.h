/* A small program on a terminal, for test_term.c to play with: it names each key, keeps what
 * was typed in a field, moves in a list, and draws random screens. */
#ifndef TIDEWAITER_TESTS_SCREEN_TERM_DEMO_H
#define TIDEWAITER_TESTS_SCREEN_TERM_DEMO_H

/* Environment: DEMO_FILE, where Ctrl+R leaves the text of the random screen that it drew and a
 * hang-up leaves "saved"; DEMO_MONO; DEMO_ESCAPE_MS; DEMO_SEED. Ctrl+Q ends it, Ctrl+E by
 * abort(), Ctrl+X by want of memory, Ctrl+W by exit() without closing the terminal. Returns the
 * exit code. */
int term_demo(void);

#endif
