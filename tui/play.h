/* Playing a script: keys in, screens out, without a terminal (the verb `play`; see play.c for its words). */
#ifndef TIDEWAITER_TUI_PLAY_H
#define TIDEWAITER_TUI_PLAY_H

#include "tui/command/command_line.h"

enum err run_play(struct command_line *line);

#endif
