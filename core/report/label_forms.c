/* The forms of a label: one writer each. */
#include "core/report/print_label.h"

#include <stdio.h>
#include <string.h>

#include "i18n/charset.h"
#include "i18n/text.h"

/* ---- text ---- */

enum { BARS_HALF_ROWS = 8 };

static void write_text(struct buffer *out, const struct print_label *label)
{
    symbol_blocks(out, &label->bars, BARS_HALF_ROWS);
    buffer_text(out, label->heading);
    buffer_byte(out, '\n');
    for (size_t i = 0; i < label->count; i++) {
        buffer_text(out, label->lines[i]);
        buffer_byte(out, '\n');
    }
    buffer_byte(out, '\n');
}

/* ---- SVG: 100 x 62 mm, a common size of label roll; one user unit is a tenth of a millimetre ---- */

enum {
    SVG_WIDTH = 1000,
    SVG_HEIGHT = 620,
    SVG_MARGIN = 40,
    SVG_BARS = 160,   /* height of the bars */
    SVG_SQUARE = 260, /* side of the QR code */
    SVG_LINE = 48,
};

static void svg_text(struct buffer *out, int x, int y, int size, bool bold, struct text t)
{
    buffer_printf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s>", x, y, size,
                  bold ? " font-weight=\"bold\"" : "");
    for (size_t i = 0; i < t.len; i++) {
        char c = t.data[i];

        if (c == '<' || c == '>' || c == '&' || c == '"')
            buffer_printf(out, "&#%d;", c);
        else
            buffer_byte(out, (uint8_t)c);
    }
    buffer_string(out, "</text>\n");
}

/* Neighbouring dark cells are one rectangle, so that no printer draws hair lines between them. */
static void svg_symbol(struct buffer *out, const struct symbol *symbol, int x, int y, int width,
                       int height)
{
    int quiet = symbol->rows == 1 ? SYMBOL_LINEAR_QUIET : SYMBOL_SQUARE_QUIET;
    int down = symbol->rows == 1 ? 0 : quiet;

    buffer_printf(out,
                  "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\" "
                  "preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\"><path d=\"",
                  x, y, width, height, -quiet, -down, symbol->columns + 2 * quiet,
                  symbol->rows + 2 * down);
    for (int row = 0; row < symbol->rows; row++) {
        for (int from = 0, to; from < symbol->columns; from = to + 1) {
            for (to = from; symbol_dark(symbol, row, to);)
                to++;
            if (to > from)
                buffer_printf(out, "M%d %dh%dv1h-%dz", from, row, to - from, to - from);
        }
    }
    buffer_string(out, "\"/></svg>\n");
}

static void write_svg(struct buffer *out, const struct print_label *label)
{
    int text_width = SVG_WIDTH - 2 * SVG_MARGIN - SVG_SQUARE, y = SVG_MARGIN + 60;

    buffer_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100mm\" height=\"62mm\" "
                  "viewBox=\"0 0 %d %d\" font-family=\"Noto Sans CJK HK, sans-serif\">\n"
                  "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                  SVG_WIDTH, SVG_HEIGHT);
    svg_text(out, SVG_MARGIN, y, 64, true, label->heading);
    for (size_t i = 0; i < label->count; i++) {
        int used;

        y += SVG_LINE;
        svg_text(out, SVG_MARGIN, y, 34, false,
                 text_clip(label->lines[i], text_width / 17, &used));
    }
    svg_symbol(out, &label->square, SVG_WIDTH - SVG_MARGIN - SVG_SQUARE, SVG_MARGIN, SVG_SQUARE,
               SVG_SQUARE);
    svg_symbol(out, &label->bars, SVG_MARGIN, SVG_HEIGHT - SVG_MARGIN - SVG_BARS - 36,
               SVG_WIDTH - 2 * SVG_MARGIN, SVG_BARS);
    svg_text(out, SVG_MARGIN, SVG_HEIGHT - SVG_MARGIN, 30, false, label->code);
    buffer_string(out, "</svg>\n");
}

/* ---- ZPL: 8 dots a millimetre, the same 100 x 62 mm ---- */

static void zpl_data(struct buffer *out, const char *before, struct text t)
{
    buffer_printf(out, "^FH_^FD%s", before);
    for (size_t i = 0; i < t.len; i++) {
        uint8_t c = (uint8_t)t.data[i];

        if (c == '_' || c == '^' || c == '~' || c == '\\' || c == '>' || c < ' ' || c >= 0x7F)
            buffer_printf(out, "_%02X", c);
        else
            buffer_byte(out, c);
    }
    buffer_string(out, "^FS\n");
}

static void write_zpl(struct buffer *out, const struct print_label *label)
{
    int y = 24;

    buffer_string(out, "^XA\n^CI28\n^PW800\n^LL496\n");
    buffer_printf(out, "^FO24,%d^A0N,52,48", y);
    zpl_data(out, "", label->heading);
    y += 60;
    for (size_t i = 0; i < label->count; i++, y += 38) {
        buffer_printf(out, "^FO24,%d^A0N,30,28", y);
        zpl_data(out, "", label->lines[i]);
    }
    buffer_string(out, "^FO600,24^BQN,2,6");
    zpl_data(out, "MA,", label->code); /* level M, automatic input */
    buffer_string(out, "^FO24,348^BY2^BCN,100,Y,N,N,A");
    zpl_data(out, "", label->code);
    buffer_string(out, "^XZ\n");
}

/* ---- ESC/POS ---- */

enum { ESC = 0x1B, GS = 0x1D, FS = 0x1C };

static void bytes_put(struct buffer *out, const uint8_t *bytes, size_t count)
{
    buffer_put(out, bytes, count);
}
#define COMMAND(out, ...)                                                                      \
    bytes_put(out, (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }))

static void escpos_line(struct buffer *out, struct text t)
{
    AUTO_BUFFER struct buffer encoded = { 0 };
    struct charset_report report = { 0 };

    if (charset_write(&encoded, t, "BIG5-HKSCS", &report) != ERR_OK)
        return;
    buffer_put(out, encoded.data, encoded.len);
    buffer_byte(out, '\n');
}

static void escpos_qr(struct buffer *out, struct text code)
{
    size_t size = code.len + 3;

    COMMAND(out, GS, '(', 'k', 4, 0, '1', 'A', '2', 0); /* model 2 */
    COMMAND(out, GS, '(', 'k', 3, 0, '1', 'C', 6);      /* dots of a cell */
    COMMAND(out, GS, '(', 'k', 3, 0, '1', 'E', '1');    /* level M */
    COMMAND(out, GS, '(', 'k', (uint8_t)(size & 0xFF), (uint8_t)(size >> 8), '1', 'P', '0');
    buffer_text(out, code);
    COMMAND(out, GS, '(', 'k', 3, 0, '1', 'Q', '0'); /* print it */
}

/* Code set B; the sign that changes sets is doubled where it is data. */
static void escpos_bars(struct buffer *out, struct text code)
{
    AUTO_BUFFER struct buffer data = { 0 };

    buffer_string(&data, "{B");
    for (size_t i = 0; i < code.len; i++) {
        if (code.data[i] == '{')
            buffer_byte(&data, '{');
        buffer_byte(&data, (uint8_t)code.data[i]);
    }
    COMMAND(out, GS, 'h', 80, GS, 'w', 2, GS, 'H', 2, GS, 'k', 73, (uint8_t)data.len);
    buffer_put(out, data.data, data.len);
    buffer_byte(out, '\n');
}

static void write_escpos(struct buffer *out, const struct print_label *label)
{
    COMMAND(out, ESC, '@', FS, '&', GS, '!', 0x11); /* start, Chinese, double size */
    escpos_line(out, label->heading);
    COMMAND(out, GS, '!', 0x00);
    for (size_t i = 0; i < label->count; i++)
        escpos_line(out, label->lines[i]);
    escpos_bars(out, label->code);
    escpos_qr(out, label->code);
    COMMAND(out, '\n', GS, 'V', 'B', 0); /* feed and cut */
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    void (*write)(struct buffer *out, const struct print_label *label);
} forms[] = {
    [LABEL_TEXT] = { "text", write_text },
    [LABEL_SVG] = { "svg", write_svg },
    [LABEL_ZPL] = { "zpl", write_zpl },
    [LABEL_ESCPOS] = { "escpos", write_escpos },
};

bool label_form_parse(enum label_form *out, struct text name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (text_is(name, forms[i].name)) {
            *out = (enum label_form)i;
            return true;
        }
    }
    return false;
}

void print_label_write(struct buffer *out, const struct print_label *label,
                       enum label_form form)
{
    forms[form].write(out, label);
}
