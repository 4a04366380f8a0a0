/* Keys out of bytes: what terminals send when a key is pressed, in any of their ways.
 *
 * Knows no terminal: bytes go in as they come, in pieces of any size, and keys come out. Curses
 * could decode too, but it reads byte by byte, keeps at most 137 of them and knows one way of
 * sending a key at a time; here xterm's, PuTTY's, rxvt's and the Linux console's ways are all
 * known always. An input owns its bytes and the last paste.
 */
#ifndef TIDEWAITER_TUI_SCREEN_INPUT_H
#define TIDEWAITER_TUI_SCREEN_INPUT_H

#include "tui/screen/key.h"

enum { PASTE_LIMIT = 1 << 20 }; /* bytes; more is dropped */

struct input;
struct input *input_new(void);
void input_free(struct input *input); /* NULL is allowed */
void input_feed(struct input *input, const void *data, size_t size);

/* The next key. False: none, or bytes whose end has not come yet. `over`: the time in which the
 * rest of a sequence should have come is over, so that what is there are single keys. */
bool input_next(struct input *input, struct key *out, bool over);

/* What input_next() stopped at, to know how long to wait for the rest. */
enum input_open { INPUT_COMPLETE, INPUT_ESCAPE, INPUT_SEQUENCE, INPUT_UNENDED };
enum input_open input_open(const struct input *input);

/* The column of the terminal's last answer to "where is the cursor" since the last call; 0:
 * none came. Such answers never come out as keys. */
int input_reported_column(struct input *input);

#endif
