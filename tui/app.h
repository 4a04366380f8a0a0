/* The loop: the one place that waits for keys. */
#ifndef TIDEWAITER_TUI_APP_H
#define TIDEWAITER_TUI_APP_H

#include "tui/command/command_line.h"

/* Opens the store, the terminal and the first screen; returns when the officer leaves. */
enum err app_run(struct command_line *line);

#endif
