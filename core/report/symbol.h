/* Bar codes as cells of dark and light, drawn by nobody yet: a label, a paper or a screen draws them.
 *
 * Code 128 (ISO/IEC 15417) is what every scanner reads; QR (ISO/IEC 18004) stands on labels that telephones read too. A
 * symbol lives in the arena it was made in and has no quiet zone: whoever draws it leaves QUIET cells at each side.
 */
#ifndef TIDEWAITER_CORE_REPORT_SYMBOL_H
#define TIDEWAITER_CORE_REPORT_SYMBOL_H

#include "core/base/err.h"
#include "core/base/memory.h"

struct symbol {
    int rows, columns;   /* a linear code has one row */
    const uint8_t *dark; /* rows x columns, 1: dark */
};

/* The quiet zones that the standards ask for, in cells. */
enum { SYMBOL_LINEAR_QUIET = 10, SYMBOL_SQUARE_QUIET = 4 };
enum { CODE128_MOST = 60 }; /* characters; longer ones no scanner on a desk reads */

/* ASCII 32..126, 1 to CODE128_MOST characters; ERR_INVALID says so. */
enum err symbol_code128(struct symbol *out, struct arena *arena, struct text text);
/* UTF-8 up to what level M of version 40 holds; ERR_INVALID: empty or too long. */
enum err symbol_qr(struct symbol *out, struct arena *arena, struct text text);

static inline bool symbol_dark(const struct symbol *symbol, int row, int column)
{
    return row >= 0 && row < symbol->rows && column >= 0 && column < symbol->columns &&
           symbol->dark[row * symbol->columns + column];
}

/* The symbol in half blocks, as lines of text. Its light cells are drawn and its dark ones left out, so that it reads upon
 * a dark screen. A linear code is `height` half rows high. */
void symbol_blocks(struct buffer *out, const struct symbol *symbol, int height);

#endif
