/* The program in lines, for screen readers, braille lines and terminals that cannot place a cursor.
 *
 * The same screens stand on the same stack and take the same keys; only what they show comes as lines, and what the officer
 * wants comes as an answer to a prompt. Rows are numbered by walking the cursor through them, menus by their items, forms
 * are asked field by field. So a screen that is new needs nothing for this.
 */
#ifndef TIDEWAITER_TUI_PLAIN_PLAIN_H
#define TIDEWAITER_TUI_PLAIN_PLAIN_H

#include "tui/view/view.h"

/* Where lines go and answers come from. */
struct plain_io {
    void *context;
    void (*tell)(void *context, struct text line); /* safe to show, without its line feed */
    /* Appends the answer, without its line feed; what is secret is not seen while it is typed. False: nobody answers any
     * more. */
    bool (*ask)(void *context, struct text prompt, bool secret, struct buffer *answer);
};

/* Until the officer leaves or nobody answers; drafts are kept then. A first screen stands on the stack. */
void plain_run(struct app *app, const struct plain_io *io);

/* Standard input and output. Signals that end the program end the answers. */
const struct plain_io *plain_terminal(void);

#endif
