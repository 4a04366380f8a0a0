#include "tui/widget/symbol_draw.h"

struct rect symbol_size(const struct symbol *symbol, bool ascii)
{
    if (symbol->rows == 1) {
        int modules = symbol->columns + 2 * SYMBOL_LINEAR_QUIET;

        return (struct rect){ 0, 0, 1, ascii ? modules : (modules + 1) / 2 };
    }
    int side = symbol->rows + 2 * SYMBOL_SQUARE_QUIET;

    return ascii ? (struct rect){ 0, 0, side, 2 * side }
                 : (struct rect){ 0, 0, (side + 1) / 2, side };
}

static void put_cell(struct canvas *canvas, int row, int column, const char *cluster,
                     enum role role)
{
    canvas_put(canvas, row, column, 1, text_of(cluster), role);
}

/* Row and column count from the corner of the quiet zone. */
static bool dark(const struct symbol *symbol, int row, int column)
{
    return symbol->rows == 1
               ? symbol_dark(symbol, 0, column - SYMBOL_LINEAR_QUIET)
               : symbol_dark(symbol, row - SYMBOL_SQUARE_QUIET, column - SYMBOL_SQUARE_QUIET);
}

static void draw_blanks(struct canvas *canvas, struct rect place, const struct symbol *symbol)
{
    int wide = symbol->rows == 1 ? 1 : 2;

    for (int row = 0; row < place.rows; row++)
        for (int column = 0; column < place.columns; column++)
            put_cell(canvas, place.row + row, place.column + column, " ",
                     dark(symbol, row, column / wide) ? ROLE_DARK : ROLE_INK);
}

static const char *halves(bool first, bool second, const char *only_first,
                          const char *only_second)
{
    return first ? second ? "\xE2\x96\x88" : only_first : second ? only_second : " ";
}

static void draw_blocks(struct canvas *canvas, struct rect place, const struct symbol *symbol)
{
    for (int row = 0; row < place.rows; row++)
        for (int column = 0; column < place.columns; column++)
            put_cell(canvas, place.row + row, place.column + column,
                     symbol->rows == 1
                         ? halves(dark(symbol, 0, 2 * column), dark(symbol, 0, 2 * column + 1),
                                  "\xE2\x96\x8C", "\xE2\x96\x90") /* left, right */
                         : halves(dark(symbol, 2 * row, column),
                                  dark(symbol, 2 * row + 1, column), "\xE2\x96\x80",
                                  "\xE2\x96\x84"), /* upper, lower */
                     ROLE_INK);
}

bool symbol_draw(struct canvas *canvas, struct rect place, const struct symbol *symbol)
{
    struct rect size = symbol_size(symbol, canvas->ascii);

    if (size.columns > place.columns || size.rows > place.rows)
        return false;
    place.columns = size.columns;
    if (symbol->rows > 1)
        place.rows = size.rows;
    if (canvas->ascii)
        draw_blanks(canvas, place, symbol);
    else
        draw_blocks(canvas, place, symbol);
    return true;
}
