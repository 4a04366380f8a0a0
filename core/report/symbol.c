#include "core/report/symbol.h"

/* Two cells, one above the other, in one character; what is light is drawn, because most screens are dark and a
 * scanner needs dark bars upon light ground. */
static const char *half_blocks(bool above_light, bool below_light)
{
    if (above_light)
        return below_light ? "\xE2\x96\x88" : "\xE2\x96\x80"; /* full, upper half */
    return below_light ? "\xE2\x96\x84" : " ";                /* lower half */
}

static bool light(const struct symbol *symbol, int row, int column)
{
    return !symbol_dark(symbol, symbol->rows == 1 ? 0 : row, column);
}

void symbol_blocks(struct buffer *out, const struct symbol *symbol, int height)
{
    int quiet = symbol->rows == 1 ? SYMBOL_LINEAR_QUIET : SYMBOL_SQUARE_QUIET;
    int above = symbol->rows == 1 ? 0 : -quiet;
    int below = symbol->rows == 1 ? height : symbol->rows + quiet;

    for (int row = above; row < below; row += 2) {
        for (int column = -quiet; column < symbol->columns + quiet; column++)
            buffer_string(out, half_blocks(light(symbol, row, column),
                                           row + 1 < below && light(symbol, row + 1, column)));
        buffer_byte(out, '\n');
    }
}
