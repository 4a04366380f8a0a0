/* What the sources of the form share. Nothing else includes it. */
#ifndef TIDEWAITER_TUI_WIDGET_FORM_PARTS_H
#define TIDEWAITER_TUI_WIDGET_FORM_PARTS_H

#include "tui/widget/form.h"

enum { NO_LINE = -1 };

/* form_line.c: one line and its value */
struct form_line *form_line_new(struct form *form, const struct field *field,
                                enum form_part part, void *values);
void form_line_free(struct form_line *line);
void form_line_add(struct form *form, struct form_line *line, int at);
int form_line_place(const struct form *form, const struct form_line *line);
bool form_line_anew(const struct form_line *line);
void form_line_from_start(struct form_line *line);
bool form_line_editable(const struct form_line *line);
bool form_line_empty(const struct form_line *line);
struct text form_line_trimmed(const struct form_line *line);
struct text form_value_typed(const struct form *form, const struct form_line *line,
                             struct arena *arena);
void form_line_fill(struct form *form, struct form_line *line); /* from its value */
void form_line_decode(struct form *form, struct form_line *line);
/* From what was typed into the value. False: the line has a fault, and the value is as it was. */
bool form_line_parse(struct form *form, struct form_line *line);
enum check_scheme form_line_scheme(const struct form *form, const struct form_line *line);
bool form_has_reason(const struct field *field); /* a NUMBER that any scheme may judge */
void form_line_typed(struct form *form,
                     struct form_line *line); /* after a change of its text */
struct form_line *form_line_reason(const struct form *form, const struct form_line *line);
int form_choice_columns(const struct field *field, enum language language); /* of the widest */
/* The label of a line: of a part in one language that language's mark follows where `marked`. */
struct text form_line_label(const struct form *form, const struct form_line *line, bool marked,
                            enum language language, struct arena *arena);
struct text form_part_mark(const struct form *form, const struct form_line *line);

/* form_table.c: rows of cells */
bool form_is_table(const struct field *field);
void form_table_open(struct form *form, const struct field *field, int page);
void form_table_collect(struct form *form, int table); /* its rows into the input's list */
bool form_row_empty(const struct form *form, const struct form_table *table, int row);
void form_table_room(struct form *form, int table); /* an empty row at the end */
void form_table_fill(struct form *form, int table, const struct list *list);
void form_table_clear(struct form *form, int table);
struct form_line *form_table_cell(const struct form *form, const struct form_table *table,
                                  int row, int column);
struct form_table *form_table_of_tag(const struct form *form, uint64_t tag);

bool form_unremove(struct form *form);
/* Values with tabs between them, rows with line feeds, from this cell on. False: the paste is none of these. */
bool form_paste_rows(struct form *form, struct form_line *line, struct text paste);

/* form_faults.c: what was typed in a row */
void form_row_save(const struct form *form, const struct form_table *table, int row,
                   struct buffer *out);
void form_row_restore(struct form *form, struct form_table *table, int row, struct bytes raw);

/* form.c: its rows in place of all that stood there, as if typed */
void form_take_table(struct form *form, struct form_table *table, const struct list *list);

/* form_keys.c */
int form_editable_from(const struct form *form, int from, int step);

enum form_result form_line_key(struct form *form, struct form_line *line,
                               const struct key *key);

/* form_body.c */
enum form_result form_body_key(struct form *form, const struct key *key);
void form_draw_body(struct form *form, struct canvas *canvas, struct rect place);

/* form_draw.c and form_table_draw.c */
struct drawing {
    struct form *form;
    struct canvas *canvas; /* of the whole page; NULL: rows are only counted */
    struct arena *arena;
    int row;
    int columns;       /* of the place */
    int field;         /* column of the fields */
    int field_columns; /* to the edge */
};
void form_draw_label(struct drawing *d, const struct form_line *line, struct text label,
                     bool required);
void form_draw_below(struct drawing *d, struct form_line *line, int column, int columns);
void form_draw_fault(struct drawing *d, const struct form_line *line, int column, int columns,
                     int rows);
void form_draw_line(struct drawing *d, struct form_line *line, bool labelled);
void form_draw_table(struct drawing *d, int table);

#endif
