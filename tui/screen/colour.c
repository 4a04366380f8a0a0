#include "tui/screen/colour.h"

#include <assert.h>

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, BRIGHT, NONE = COLOUR_DEFAULT };
enum { PLAIN, BOLD = LOOK_BOLD, REVERSE = LOOK_REVERSE, LINE = LOOK_UNDERLINE };

static const struct row {
    const char *name;
    unsigned mono;
    struct look few;
    struct look many;
    struct paint paint;
} rows[ROLE_COUNT] = {
#define ROLE(role, mono, ink8, on8, like8, ink, on, like, css_ink, css_paper, css_like)        \
    [ROLE_##role] = {                                                                          \
        #role, mono, { ink8, on8, like8 }, { ink, on, like }, { css_ink, css_paper, css_like } \
    },
#include "tui/screen/colour.def"
#undef ROLE
};

enum palette palette_of(int colours)
{
    if (colours >= 256)
        return PALETTE_256;
    if (colours >= 16)
        return PALETTE_16;
    return colours >= 8 ? PALETTE_8 : PALETTE_MONO;
}

struct look colour_look(enum palette palette, enum role role)
{
    struct look look;

    assert(role < ROLE_COUNT);
    if (palette == PALETTE_256)
        return rows[role].many;
    if (palette == PALETTE_MONO)
        return (struct look){ COLOUR_DEFAULT, COLOUR_DEFAULT, rows[role].mono };
    look = rows[role].few;
    if (palette == PALETTE_16 && (role == ROLE_DIM || role == ROLE_BORDER))
        look.foreground = BRIGHT + BLACK; /* the only grey that eight colours lack */
    return look;
}

struct paint colour_paint(enum role role)
{
    assert(role < ROLE_COUNT);
    return rows[role].paint;
}

const char *role_name(enum role role)
{
    assert(role < ROLE_COUNT);
    return rows[role].name;
}
