/* A program in a real pseudo-terminal, seen through an emulator (libvterm). For tests of whole
 * screens.
 *
 * Every wait has a deadline and ends as soon as what it waits for is there. pty.c is the only
 * file that includes vterm.h. A pty owns its program, which it kills at the end.
 */
#ifndef TIDEWAITER_TESTS_SCREEN_PTY_H
#define TIDEWAITER_TESTS_SCREEN_PTY_H

#include "core/base/memory.h"

enum { PTY_DEADLINE_MS = 10000, PTY_QUIET_MS = 80 };

struct pty;
/* environment: "NAME=value" after PATH, TERM=xterm-256color and LC_ALL=C.UTF-8;
 * NULL-terminated. */
struct pty *pty_spawn(char *const argv[], int rows, int columns, char *const environment[]);
void pty_free(struct pty *pty); /* NULL is allowed */

/* The emulator answers what programs ask ("where is the cursor") unless told to be silent. */
void pty_answers(struct pty *pty, bool answers);
void pty_send(struct pty *pty, const void *data, size_t size);
void pty_type(struct pty *pty, const char *keys);
void pty_resize(struct pty *pty, int rows, int columns);
void pty_signal(struct pty *pty, int number);
void pty_hang_up(struct pty *pty); /* cuts the line */

/* Until the screen contains the text / the program sent nothing for quiet_ms. False: the
 * deadline. */
bool pty_wait_text(struct pty *pty, const char *text);
bool pty_wait_no_text(struct pty *pty, const char *text);
bool pty_settle(struct pty *pty, int quiet_ms);
/* Until the program ends: its exit code, or -signal; -1000 at the deadline. */
int pty_wait_end(struct pty *pty);

/* What is seen: rows without trailing spaces, a line feed after each; valid until the next
 * call. */
const char *pty_text(struct pty *pty);
/* One row of it, without the line feed. */
const char *pty_row(struct pty *pty, int row);
void pty_cursor(struct pty *pty, int *row, int *column);
struct pty_look {
    bool bold, reverse, underline;
    bool own_ink, own_paper; /* other than the terminal's defaults */
};
struct pty_look pty_look(struct pty *pty, int row, int column);
bool pty_is_raw(struct pty *pty); /* the modes that the program set */

/* Since the last mark: bytes as they came, and write calls of the program (-1 where the system
 * does not count them; writes to files count too). */
void pty_mark(struct pty *pty);
struct bytes pty_output(struct pty *pty);
int pty_writes(struct pty *pty);

#endif
