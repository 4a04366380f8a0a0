/* A paper as plain text: 78 columns, which every printer and every mail keeps in one piece. */
#include "core/report/paper_parts.h"

#include "i18n/text.h"

enum { PAGE_WIDTH = 78, LABEL_WIDTH = 24, GAP = 2, LEAST_WIDTH = 4, BARS_HALF_ROWS = 6 };

static void rule(struct buffer *out, char sign)
{
    for (int i = 0; i < PAGE_WIDTH; i++)
        buffer_byte(out, (uint8_t)sign);
    buffer_byte(out, '\n');
}

static void spaces(struct buffer *out, int count)
{
    while (count-- > 0)
        buffer_byte(out, ' ');
}

/* Text that goes on below itself, beside what stands left of it. */
static void wrapped(struct buffer *out, struct text text, int indent, int columns)
{
    struct text rest = text, line;
    bool first = true;

    while (text_wrap(&rest, columns, &line)) {
        spaces(out, first ? 0 : indent);
        buffer_text(out, line);
        buffer_byte(out, '\n');
        first = false;
    }
    if (first)
        buffer_byte(out, '\n');
}

static void write_pair(struct buffer *out, const struct paper_part *part)
{
    text_pad(out, part->label, LABEL_WIDTH);
    spaces(out, GAP);
    wrapped(out, part->cells[0], LABEL_WIDTH + GAP, PAGE_WIDTH - LABEL_WIDTH - GAP);
}

static void write_signature(struct buffer *out, const struct paper_part *part)
{
    buffer_byte(out, '\n');
    text_pad(out, part->label, LABEL_WIDTH);
    spaces(out, GAP);
    buffer_string(out, "______________________________  ");
    wrapped(out, part->cells[0], LABEL_WIDTH, PAGE_WIDTH - LABEL_WIDTH - GAP - 32);
}

/* ---- tables ---- */

/* Each column gets what its widest cell wants; where that is too much, the widest gives way first. */
static void measure(const struct paper_part *table, int *widths)
{
    int total = (int)(table->count - 1) * GAP;

    for (size_t i = 0; i < table->count; i++) {
        const struct paper_part *row = table;

        widths[i] = LEAST_WIDTH;
        do {
            int width = text_width(row->cells[i]);

            widths[i] = width > widths[i] ? width : widths[i];
            row = row->next;
        } while (row && row->kind == PART_ROW);
        total += widths[i];
    }
    for (; total > PAGE_WIDTH; total--) {
        size_t widest = 0;

        for (size_t i = 1; i < table->count; i++)
            widest = widths[i] > widths[widest] ? i : widest;
        widths[widest]--;
    }
}

static void write_cells(struct buffer *out, const struct paper_part *row, const int *widths)
{
    struct text rest[PAPER_COLUMNS];
    bool more = true;

    for (size_t i = 0; i < row->count; i++)
        rest[i] = row->cells[i];
    while (more) {
        more = false;
        for (size_t i = 0; i < row->count; i++) {
            struct text line = { 0 };

            if (!text_wrap(&rest[i], widths[i], &line))
                line = TEXT("");
            text_pad(out, line, widths[i]);
            spaces(out, i + 1 < row->count ? GAP : 0);
            more |= rest[i].len > 0;
        }
        while (out->len > 0 && out->data[out->len - 1] == ' ')
            out->len--;
        buffer_byte(out, '\n');
    }
}

static const struct paper_part *write_table(struct buffer *out, const struct paper_part *table)
{
    int widths[PAPER_COLUMNS];
    const struct paper_part *row = table;

    measure(table, widths);
    write_cells(out, table, widths);
    rule(out, '-');
    while (row->next && row->next->kind == PART_ROW) {
        row = row->next;
        write_cells(out, row, widths);
    }
    return row;
}

/* ---- the whole ---- */

static const struct paper_part *write_part(struct buffer *out, const struct paper_part *part)
{
    switch (part->kind) {
    case PART_HEADING:
        buffer_byte(out, '\n');
        buffer_text(out, part->label);
        buffer_byte(out, '\n');
        rule(out, '-');
        break;
    case PART_PAIR:
        write_pair(out, part);
        break;
    case PART_PARAGRAPH:
        buffer_byte(out, '\n');
        wrapped(out, part->cells[0], 0, PAGE_WIDTH);
        break;
    case PART_TABLE:
        return write_table(out, part);
    case PART_SIGNATURE:
        write_signature(out, part);
        break;
    case PART_SYMBOL:
        symbol_blocks(out, part->symbol, BARS_HALF_ROWS);
        break;
    case PART_ROW:
        break;
    }
    return part;
}

void paper_write_text(struct buffer *out, const struct paper *paper)
{
    buffer_text(out, paper->title);
    buffer_byte(out, '\n');
    rule(out, '=');
    for (const struct paper_part *part = paper->first; part; part = part->next)
        part = write_part(out, part);
}
