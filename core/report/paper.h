/* A printed paper: headings, pairs, tables, signature lines; written as plain text of 78 columns or as one HTML file that
 * prints well on A4.
 *
 * A paper is built part by part and then written; it and its texts live in the arena that it was made in. All text passes the
 * gate on its way in, and HTML is escaped on its way out, so that no record can put anything but words on a paper.
 */
#ifndef TIDEWAITER_CORE_REPORT_PAPER_H
#define TIDEWAITER_CORE_REPORT_PAPER_H

#include "core/report/symbol.h"
#include "i18n/sentence.h"

enum { PAPER_COLUMNS = 8 };

struct paper;
struct paper *paper_new(struct arena *arena, enum language language, const struct label *title);
enum language paper_language(const struct paper *paper);
struct arena *paper_arena(const struct paper *paper);

void paper_heading(struct paper *paper, const struct label *label);
void paper_pair(struct paper *paper, const struct label *label, struct text value);
void paper_paragraph(struct paper *paper, struct text text);
/* A table: its heads (ended by one without English), then its rows of as many cells. */
void paper_table(struct paper *paper, const struct label *heads);
void paper_row(struct paper *paper, const struct text *cells);
/* A line to sign upon, with who is to sign. */
void paper_signature(struct paper *paper, const struct label *role, struct text name);
void paper_symbol(struct paper *paper, const struct symbol *symbol);

enum paper_form { PAPER_TEXT, PAPER_HTML };
bool paper_form_parse(enum paper_form *out, struct text name); /* text, html */
void paper_write(struct buffer *out, const struct paper *paper, enum paper_form form);

#endif
