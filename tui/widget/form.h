/* A form over any table of fields: what a record type or an act asks, a line for each, with labels, required marks, decoded
 * text beside codes, faults at the field, sections as pages.
 *
 * A form owns its editors and works on one input struct (a record, or an act's questions) in the caller's arena. What was
 * typed is kept as typed until it can be parsed, so that nothing is lost by a fault. A bilingual field has two lines (中, 英).
 * Lines that nobody typed in leave the input as it was. Messages of a field's own table (required, too long) are the act's
 * to find (form_findings); while typing, a form tells what cannot be read or does not fit its kind.
 */
#ifndef TIDEWAITER_TUI_WIDGET_FORM_H
#define TIDEWAITER_TUI_WIDGET_FORM_H

#include "core/model/act.h"
#include "tui/widget/editor.h"

enum form_part { PART_WHOLE, PART_ZH, PART_EN };
struct form_line {
    const struct field *field;
    enum form_part part;
    struct editor editor;
    struct message fault; /* id NULL: none */
    bool warning;
    bool touched;        /* typed since the form was opened */
    bool shown_only;     /* BY_ACT or ONCE when amending */
    struct text decoded; /* beside the field */
    int page;
};

struct form {
    const struct act *act;
    void *input;
    struct arena *arena; /* the caller's: parsed values live in it */
    const struct lookup *lookup;
    enum language language;
    struct form_line *lines;
    int count;
    int focus;
    int top; /* first line shown */
    int pages;
    bool entered; /* the focus has just come to its line: nothing typed there yet */
    bool dirty;
    int label_columns; /* of the widest label in this language, at most FORM_LABEL */
};
enum { FORM_LABEL = 26, FORM_TEXT_ROWS = 3 };

void form_open(struct form *form, const struct act *act, void *input,
               const struct lookup *lookup, enum language language, struct arena *arena);
void form_close(struct form *form);
void form_language(struct form *form, enum language language);
/* Text keys go to the focused line; Enter, Tab, Up, Down, BackTab move and check the line that is left; PgUp, PgDn go by
 * section. In a field of several lines Enter makes a new one, and goes on where the line it stands in is empty. A flag
 * toggles by Space and takes y and n. */
enum form_result { FORM_IGNORED, FORM_USED, FORM_LAST }; /* FORM_LAST: Enter on the last line */
enum form_result form_key(struct form *form, const struct key *key);
void form_draw(struct form *form, struct canvas *canvas, struct rect place);
struct form_line *form_focused(struct form *form); /* NULL: there is nothing to type in */
void form_set(struct form *form, struct form_line *line,
              struct text typed); /* as if typed (pick lists) */
/* Parses every line into the input. False: faults stand at their lines; the focus is on the first. */
bool form_parse(struct form *form);
/* Places them at their lines in place of all earlier ones, those without a line of their own at the first; errors draw the
 * focus. */
void form_findings(struct form *form, const struct findings *findings);
bool form_next_fault(
    struct form *form); /* moves the focus to it, around the end; false: there is none */
int form_faults(const struct form *form);
/* What was typed, for a draft: a CBOR map, 4 x tag + part -> text, of all touched lines; and back (false: no such map, and
 * nothing was taken; lines that this form does not have are passed over). */
void form_save(const struct form *form, struct buffer *out);
bool form_restore(struct form *form, struct bytes raw);

#endif
