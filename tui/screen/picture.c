/* The canvas on paper: canvas_svg. */
#include "tui/screen/canvas.h"

#include "i18n/text.h"
#include "tui/screen/colour.h"

/* A cell is as wide as a glyph of DejaVu Sans Mono and as high as its line drawing, so that
 * lines meet. Han characters are drawn a little larger and spaced to their two cells: every
 * place is said as well, but not all renderers (librsvg) heed more than the first of an
 * element. */
enum {
    CELL_WIDTH = 10,
    CELL_HEIGHT = 19,
    BASELINE = 15,
    FONT_TENTHS = 166,
    WIDE_FONT = 18,
    MARGIN = 14,
    CAPTION = 26,
};

static void put_escaped(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        switch (t.data[i]) {
        case '&':
            buffer_string(out, "&amp;");
            break;
        case '<':
            buffer_string(out, "&lt;");
            break;
        case '>':
            buffer_string(out, "&gt;");
            break;
        case '"':
            buffer_string(out, "&quot;");
            break;
        default:
            buffer_byte(out, (uint8_t)t.data[i]);
        }
}

static struct text cell_text(const struct cell *cell)
{
    return (struct text){ cell->text, cell->len };
}

static bool is_blank(const struct cell *cell)
{
    return cell->len == 1 && cell->text[0] == ' ';
}

/* Positions in SVG count characters; renderers differ on which of a combining sequence or
 * outside the first plane they count, so these stand in an element of their own. */
static bool stands_alone(const struct cell *cell)
{
    uint32_t point;
    bool valid;

    return text_decode(cell->text, cell->len, &point, &valid) < cell->len || point > 0xFFFF;
}

static bool is_wide(const struct canvas *canvas, int row, int column)
{
    return column + 1 < canvas->columns && canvas_cell(canvas, row, column + 1)->len == 0;
}

static int run_end(const struct canvas *canvas, int row, int column)
{
    uint8_t role = canvas_cell(canvas, row, column)->role;

    while (column < canvas->columns && canvas_cell(canvas, row, column)->role == role)
        column++;
    return column;
}

static void put_style(struct buffer *out)
{
    buffer_printf(out,
                  "<style>text{font-family:\"DejaVu Sans Mono\",\"Noto Sans Mono CJK HK\","
                  "\"Noto Sans CJK HK\",monospace;font-size:%d.%dpx;white-space:pre}\n"
                  "text.wide{font-size:%dpx;letter-spacing:%dpx}\n",
                  FONT_TENTHS / 10, FONT_TENTHS % 10, WIDE_FONT, 2 * CELL_WIDTH - WIDE_FONT);
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct paint paint = colour_paint((enum role)role);
        const char *name = role_name((enum role)role);

        buffer_printf(out, "text.%s{fill:%s%s%s}", name, paint.ink,
                      paint.attributes & LOOK_BOLD ? ";font-weight:bold" : "",
                      paint.attributes & LOOK_UNDERLINE ? ";text-decoration:underline" : "");
        if (paint.paper)
            buffer_printf(out, "rect.%s{fill:%s}", name, paint.paper);
        buffer_byte(out, '\n');
    }
    buffer_string(out, "</style>\n");
}

static void put_papers(struct buffer *out, const struct canvas *canvas, int row)
{
    int end;

    for (int column = 0; column < canvas->columns; column = end) {
        enum role role = (enum role)canvas_cell(canvas, row, column)->role;

        end = run_end(canvas, row, column);
        if (colour_paint(role).paper)
            buffer_printf(out,
                          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
                          role_name(role), column * CELL_WIDTH, row * CELL_HEIGHT,
                          (end - column) * CELL_WIDTH, CELL_HEIGHT);
    }
}

/* The columns [from, end) as one element, with the place of every cluster. */
static void put_words(struct buffer *out, const struct canvas *canvas, int row, int from,
                      int end)
{
    enum role role = (enum role)canvas_cell(canvas, row, from)->role;
    char separator = '"';

    buffer_printf(out, "<text class=\"%s%s\" y=\"%d\" x=", role_name(role),
                  is_wide(canvas, row, from) ? " wide" : "", row * CELL_HEIGHT + BASELINE);
    if (stands_alone(canvas_cell(canvas, row, from)))
        buffer_printf(out, "\"%d", from * CELL_WIDTH);
    else
        for (int column = from; column < end; column++)
            if (canvas_cell(canvas, row, column)->len > 0) {
                buffer_printf(out, "%c%d", separator, column * CELL_WIDTH);
                separator = ' ';
            }
    buffer_string(out, "\">");
    for (int column = from; column < end; column++)
        put_escaped(out, cell_text(canvas_cell(canvas, row, column)));
    buffer_string(out, "</text>\n");
}

/* Every run of a role and of a width without the spaces around it, cut at clusters that stand
 * alone. */
static void put_texts(struct buffer *out, const struct canvas *canvas, int row)
{
    int end;

    for (int from = 0; from < canvas->columns; from = end) {
        const struct cell *cell = canvas_cell(canvas, row, from);
        int last = from;

        end = from + 1;
        if (cell->len == 0 || is_blank(cell))
            continue;
        if (!stands_alone(cell)) {
            int limit = run_end(canvas, row, from);

            for (; end < limit; end++) {
                const struct cell *next = canvas_cell(canvas, row, end);

                if (next->len > 0 && (stands_alone(next) ||
                                      is_wide(canvas, row, end) != is_wide(canvas, row, from)))
                    break;
                if (!is_blank(next))
                    last = end;
            }
        }
        put_words(out, canvas, row, from, last + 1);
    }
}

void canvas_svg(struct buffer *out, const struct canvas *canvas, struct text caption)
{
    AUTO_BUFFER struct buffer safe = { 0 };
    int top = MARGIN + (text_empty(caption) ? 0 : CAPTION);
    int width = canvas->columns * CELL_WIDTH + 2 * MARGIN;
    int height = canvas->rows * CELL_HEIGHT + top + MARGIN;

    text_safe(&safe, caption, TEXT_ONE_LINE);
    buffer_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                  "width=\"%d\" height=\"%d\" "
                  "xml:space=\"preserve\">\n<title>",
                  width, height, width, height);
    put_escaped(out, buffer_as_text(&safe));
    buffer_string(out, "</title>\n");
    put_style(out);
    buffer_printf(
        out,
        "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#fbfaf6\" stroke=\"#d5d9db\"/>\n",
        width, height);
    if (safe.len > 0) {
        buffer_printf(out, "<text class=\"DIM\" x=\"%d\" y=\"%d\">", MARGIN,
                      MARGIN + BASELINE - 2);
        put_escaped(out, buffer_as_text(&safe));
        buffer_string(out, "</text>\n");
    }
    buffer_printf(out, "<g transform=\"translate(%d %d)\">\n", MARGIN, top);
    for (int row = 0; row < canvas->rows; row++)
        put_papers(out, canvas, row);
    for (int row = 0; row < canvas->rows; row++)
        put_texts(out, canvas, row);
    if (canvas->cursor_row >= 0)
        buffer_printf(out,
                      "<rect x=\"%d\" y=\"%d\" width=\"2\" height=\"%d\" fill=\"#d1495b\"/>\n",
                      canvas->cursor_column * CELL_WIDTH, canvas->cursor_row * CELL_HEIGHT,
                      CELL_HEIGHT);
    buffer_string(out, "</g>\n</svg>\n");
}
