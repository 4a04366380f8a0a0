/* What the roles of a canvas look like: on terminals of few or many colours, and on paper.
 *
 * The terminal's own background is kept wherever a role does not need one, so that light and
 * dark terminals both stay readable. Every role that carries meaning differs without colour
 * too.
 */
#ifndef TIDEWAITER_TUI_SCREEN_COLOUR_H
#define TIDEWAITER_TUI_SCREEN_COLOUR_H

#include "tui/screen/canvas.h"

enum palette { PALETTE_MONO, PALETTE_8, PALETTE_16, PALETTE_256 };
enum palette palette_of(int colours); /* the number that the terminal claims */

enum { COLOUR_DEFAULT = -1 };
enum look_attribute { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_UNDERLINE = 4 };
struct look {
    int16_t foreground; /* number in the palette, or COLOUR_DEFAULT */
    int16_t background;
    unsigned attributes;
};
struct look colour_look(enum palette palette, enum role role);

/* For pictures: colours as CSS writes them. paper is NULL where the page shows through. */
struct paint {
    const char *ink;
    const char *paper;
    unsigned attributes;
};
struct paint colour_paint(enum role role);
const char *role_name(enum role role); /* "FIELD_FOCUS" */

#endif
