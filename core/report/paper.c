#include "core/report/paper_parts.h"

#include <assert.h>

#include "i18n/text.h"

struct paper *paper_new(struct arena *arena, enum language language, const struct label *title)
{
    struct paper *paper = arena_alloc(arena, sizeof *paper);

    *paper = (struct paper){ .arena = arena,
                             .language = language,
                             .title = label_text(arena, title, language) };
    return paper;
}

enum language paper_language(const struct paper *paper)
{
    return paper->language;
}

struct arena *paper_arena(const struct paper *paper)
{
    return paper->arena;
}

static struct paper_part *add(struct paper *paper, enum part_kind kind)
{
    struct paper_part *part = arena_alloc(paper->arena, sizeof *part);

    part->kind = kind;
    if (paper->last)
        paper->last->next = part;
    else
        paper->first = part;
    paper->last = part;
    return part;
}

static struct text clean(struct paper *paper, struct text text)
{
    return text_safe_in(paper->arena, text, TEXT_KEEP_LINES);
}

void paper_heading(struct paper *paper, const struct label *label)
{
    add(paper, PART_HEADING)->label = label_text(paper->arena, label, paper->language);
}

void paper_pair(struct paper *paper, const struct label *label, struct text value)
{
    struct paper_part *part = add(paper, PART_PAIR);

    part->label = label_text(paper->arena, label, paper->language);
    part->cells[part->count++] = clean(paper, value);
}

void paper_paragraph(struct paper *paper, struct text text)
{
    struct paper_part *part = add(paper, PART_PARAGRAPH);

    part->cells[part->count++] = clean(paper, text);
}

void paper_table(struct paper *paper, const struct label *heads)
{
    struct paper_part *part = add(paper, PART_TABLE);

    while (part->count < PAPER_COLUMNS && heads[part->count].en) {
        part->cells[part->count] =
            label_text(paper->arena, &heads[part->count], paper->language);
        part->count++;
    }
}

static size_t columns_of(const struct paper *paper)
{
    size_t columns = 0;

    for (const struct paper_part *part = paper->first; part; part = part->next)
        if (part->kind == PART_TABLE)
            columns = part->count;
    return columns;
}

void paper_row(struct paper *paper, const struct text *cells)
{
    size_t columns = columns_of(paper);
    struct paper_part *part;

    assert(columns > 0);
    part = add(paper, PART_ROW);
    while (part->count < columns) {
        part->cells[part->count] = clean(paper, cells[part->count]);
        part->count++;
    }
}

void paper_signature(struct paper *paper, const struct label *role, struct text name)
{
    struct paper_part *part = add(paper, PART_SIGNATURE);

    part->label = label_text(paper->arena, role, paper->language);
    part->cells[part->count++] = clean(paper, name);
}

void paper_symbol(struct paper *paper, const struct symbol *symbol)
{
    add(paper, PART_SYMBOL)->symbol = symbol;
}

bool paper_form_parse(enum paper_form *out, struct text name)
{
    if (text_is(name, "text"))
        *out = PAPER_TEXT;
    else if (text_is(name, "html"))
        *out = PAPER_HTML;
    else
        return false;
    return true;
}

void paper_write(struct buffer *out, const struct paper *paper, enum paper_form form)
{
    if (form == PAPER_HTML)
        paper_write_html(out, paper);
    else
        paper_write_text(out, paper);
}
