/* Playing a script: keys in, screens out, without a terminal (the verb `play`; see play.c for its words). */
#ifndef TIDEWAITER_TUI_PLAY_H
#define TIDEWAITER_TUI_PLAY_H

#include "tui/command/command_line.h"

/* Where the screens go, as text. */
struct play_sink {
    enum err (*write)(void *context, struct bytes bytes);
    void *context;
};
/* From the sign-in screen, 24 by 80, on an open store. */
enum err play_script(struct store *store, struct codes *codes, enum language language,
                     struct text script, const struct play_sink *sink);
enum err run_play(struct command_line *line);

#endif
