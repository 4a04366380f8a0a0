/* Labels that are stuck on goods, shelves and cards, and the cards with commands of a scanner: what stands on one, and
 * the same label as text, SVG, ZPL (label printers) and ESC/POS (receipt printers).
 *
 * The bar code holds what the search box and the scanner's screen understand: the exhibit's number, the location's bar code,
 * the officer's card, the command's word. A label's texts live in the arena that it was made in and have passed the gate.
 *
 * ZPL after Zebra's "ZPL II Programming Guide": UTF-8 by ^CI28, every byte of data that is no plain letter by ^FH, so
 * that no text of a record can give the printer a command. ESC/POS after Epson's command reference: Code 128 by GS k, QR by GS ( k;
 * Chinese as Big5-HKSCS after FS &, what that set lacks as a question mark.
 */
#ifndef TIDEWAITER_CORE_REPORT_PRINT_LABEL_H
#define TIDEWAITER_CORE_REPORT_PRINT_LABEL_H

#include "core/report/symbol.h"
#include "core/schema/record.h"

enum label_form { LABEL_TEXT, LABEL_SVG, LABEL_ZPL, LABEL_ESCPOS };
bool label_form_parse(enum label_form *out, struct text name); /* text, svg, zpl, escpos */

enum { LABEL_LINES = 6 };
struct print_label {
    struct text code;    /* in the bar code and in the QR code */
    struct text heading; /* in large letters, mostly the code */
    struct text lines[LABEL_LINES];
    size_t count;
    struct symbol bars, square;
};

/* Of an exhibit, a store location or an officer; ERR_INVALID: no other record has a label, or its number cannot be printed
 * as a bar code. */
enum err print_label_of(struct print_label *out, const struct record *record,
                        const struct lookup *lookup, enum language language,
                        struct arena *arena);
bool print_label_for(const struct record_type *type); /* have its records labels? */
/* Of a command of the scanner's screen: its word and what it does. */
enum err print_label_command(struct print_label *out, struct text word,
                             const struct label *label, enum language language,
                             struct arena *arena);

/* One label; several are simply written one after the other. */
void print_label_write(struct buffer *out, const struct print_label *label,
                       enum label_form form);

#endif
