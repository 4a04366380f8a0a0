/* A paper from within: what paper.c builds and paper_text.c and paper_html.c write. Inside the room only. */
#ifndef TIDEWAITER_CORE_REPORT_PAPER_PARTS_H
#define TIDEWAITER_CORE_REPORT_PAPER_PARTS_H

#include "core/report/paper.h"

enum part_kind {
    PART_HEADING,
    PART_PAIR,
    PART_PARAGRAPH,
    PART_TABLE,
    PART_ROW, /* of the table before it */
    PART_SIGNATURE,
    PART_SYMBOL,
};

struct paper_part {
    enum part_kind kind;
    struct text label;                /* heading, pair, signature */
    struct text cells[PAPER_COLUMNS]; /* a pair's value is the first; a table's are its heads */
    size_t count;
    const struct symbol *symbol;
    struct paper_part *next;
};

struct paper {
    struct arena *arena;
    enum language language;
    struct text title;
    struct paper_part *first, *last;
};

void paper_write_text(struct buffer *out, const struct paper *paper);
void paper_write_html(struct buffer *out, const struct paper *paper);

#endif
