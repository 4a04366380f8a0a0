/* A paper as one HTML file without anything from elsewhere: it can be opened, printed and kept. */
#include "core/report/paper_parts.h"

static const char style[] =
    "<style>\n"
    "@page { size: A4; margin: 18mm 16mm; }\n"
    "body { font: 10.5pt/1.45 \"Noto Serif CJK HK\", \"Noto Sans CJK HK\", serif; color: #000; "
    "max-width: 178mm; margin: 0 auto; }\n"
    "h1 { font-size: 16pt; border-bottom: 2px solid #000; margin: 0 0 6mm; }\n"
    "h2 { font-size: 12pt; margin: 6mm 0 2mm; }\n"
    "dl { display: grid; grid-template-columns: 48mm auto; gap: 1mm 4mm; margin: 0; }\n"
    "dt { color: #333; } dd { margin: 0; }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "thead { display: table-header-group; } tr { break-inside: avoid; }\n"
    "th, td { border: 1px solid #555; padding: 1mm 1.5mm; text-align: left; "
    "vertical-align: top; }\n"
    ".sign { margin-top: 12mm; break-inside: avoid; }\n"
    ".sign span { display: inline-block; width: 70mm; border-bottom: 1px solid #000; }\n"
    "p { white-space: pre-line; }\n"
    "</style>\n";

static void escaped(struct buffer *out, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];

        if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'')
            buffer_printf(out, "&#%d;", c);
        else
            buffer_byte(out, (uint8_t)c);
    }
}

static void element(struct buffer *out, const char *name, struct text text)
{
    buffer_printf(out, "<%s>", name);
    escaped(out, text);
    buffer_printf(out, "</%s>\n", name);
}

static void cells(struct buffer *out, const struct paper_part *row, const char *name)
{
    buffer_string(out, "<tr>");
    for (size_t i = 0; i < row->count; i++)
        element(out, name, row->cells[i]);
    buffer_string(out, "</tr>\n");
}

static const struct paper_part *write_table(struct buffer *out, const struct paper_part *part)
{
    buffer_string(out, "<table>\n<thead>\n");
    cells(out, part, "th");
    buffer_string(out, "</thead>\n<tbody>\n");
    for (; part->next && part->next->kind == PART_ROW; part = part->next)
        cells(out, part->next, "td");
    buffer_string(out, "</tbody>\n</table>\n");
    return part;
}

/* Pairs that follow each other are one list. */
static const struct paper_part *write_pairs(struct buffer *out, const struct paper_part *part)
{
    buffer_string(out, "<dl>\n");
    for (;; part = part->next) {
        element(out, "dt", part->label);
        element(out, "dd", part->cells[0]);
        if (!part->next || part->next->kind != PART_PAIR)
            break;
    }
    buffer_string(out, "</dl>\n");
    return part;
}

static void write_symbol(struct buffer *out, const struct symbol *symbol)
{
    int quiet = symbol->rows == 1 ? SYMBOL_LINEAR_QUIET : SYMBOL_SQUARE_QUIET;

    buffer_printf(out,
                  "<svg width=\"%s\" height=\"%s\" viewBox=\"%d 0 %d %d\" "
                  "preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\"><path d=\"",
                  symbol->rows == 1 ? "70mm" : "28mm", symbol->rows == 1 ? "12mm" : "28mm",
                  -quiet, symbol->columns + 2 * quiet, symbol->rows);
    for (int row = 0; row < symbol->rows; row++)
        for (int column = 0; column < symbol->columns; column++)
            if (symbol_dark(symbol, row, column))
                buffer_printf(out, "M%d %dh1v1h-1z", column, row);
    buffer_string(out, "\"/></svg>\n");
}

static void write_signature(struct buffer *out, const struct paper_part *part)
{
    buffer_string(out, "<div class=\"sign\">");
    escaped(out, part->label);
    buffer_string(out, " <span></span> ");
    escaped(out, part->cells[0]);
    buffer_string(out, "</div>\n");
}

static const struct paper_part *write_part(struct buffer *out, const struct paper_part *part)
{
    switch (part->kind) {
    case PART_HEADING:
        element(out, "h2", part->label);
        break;
    case PART_PAIR:
        return write_pairs(out, part);
    case PART_PARAGRAPH:
        element(out, "p", part->cells[0]);
        break;
    case PART_TABLE:
        return write_table(out, part);
    case PART_SIGNATURE:
        write_signature(out, part);
        break;
    case PART_SYMBOL:
        write_symbol(out, part->symbol);
        break;
    case PART_ROW:
        break;
    }
    return part;
}

void paper_write_html(struct buffer *out, const struct paper *paper)
{
    buffer_string(out, "<!DOCTYPE html>\n");
    buffer_printf(out, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  paper->language == LANGUAGE_EN ? "en" : "zh-Hant-HK");
    element(out, "title", paper->title);
    buffer_string(out, style);
    buffer_string(out, "</head>\n<body>\n");
    element(out, "h1", paper->title);
    for (const struct paper_part *part = paper->first; part; part = part->next)
        part = write_part(out, part);
    buffer_string(out, "</body>\n</html>\n");
}
