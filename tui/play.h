/* Playing a script: keys in, screens out, without a terminal (the verb `play`). Golden files of the tests and the pictures
 * of README and manual are made so.
 *
 * A script is lines of a word and its arguments; `play_words` is the table of them. Several sessions may stand side by side
 * upon one store, each with its own officer, language and window. Nothing waits: `wait` puts the clock forward.
 */
#ifndef TIDEWAITER_TUI_PLAY_H
#define TIDEWAITER_TUI_PLAY_H

#include "tui/command/command_line.h"

/* Where the screens go, as text. */
struct play_sink {
    enum err (*write)(void *context, struct bytes bytes);
    void *context;
};
struct play_script {
    const char *
        path; /* says in failures where the words stand; what it includes is sought beside it */
    struct text text;
};
/* From the sign-in screen, 24 by 80, on an open store. Where it fails, the screen that it ended at is written too. */
enum err play_script(struct store *store, enum language language,
                     const struct play_script *script, const struct play_sink *sink);

struct player;
struct play_word {
    const char *word;
    const char *arguments;
    struct label help;
    enum err (*play)(struct player *player, struct text arguments);
};
extern const struct play_word play_words[]; /* ended by a NULL word; for the manual page */

#endif
