/* The line to the terminal: its modes, its size, bytes both ways, and the signals about it.
 *
 * tty_open() puts the terminal into raw mode; from then on it is put back however the program
 * ends: by tty_close(), exit(), a crash, or want of memory. A process has one; it is also kept
 * in a static pointer, for the ways out that hand nothing in. Signals that end, stop or resize
 * a program are blocked meanwhile and read from a descriptor, so that no code of ours ever runs
 * in a handler, except for the few calls that restore the terminal after a crash.
 */
#ifndef TIDEWAITER_TUI_SCREEN_TTY_H
#define TIDEWAITER_TUI_SCREEN_TTY_H

#include "core/base/memory.h"

bool tty_present(void); /* standard input and output are a terminal */
void tty_size(int *rows, int *columns);

struct tty;
/* `leave`: at most 256 bytes that put the terminal back; tty_close() and every other end send
 * them. */
struct tty *tty_open(struct bytes leave);
void tty_close(struct tty *tty); /* NULL is allowed */

void tty_send(struct tty *tty, const void *data, size_t size);

enum tty_event {
    TTY_INPUT = 1,   /* bytes came */
    TTY_RESIZED = 2, /* or the program went on after it was stopped: draw everything again */
    TTY_ENDING = 4,  /* a signal asks for the end */
    TTY_GONE = 8,    /* the line is cut; from then on always */
};
/* Waits at most timeout_ms (-1: for ever) for any of them; appends what came to `in`. */
unsigned tty_wait(struct tty *tty, int timeout_ms, struct buffer *in);

#endif
