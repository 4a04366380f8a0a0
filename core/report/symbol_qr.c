#include "core/report/symbol.h"

#include <qrencode.h>

enum { CELL_DARK = 1 };

enum err symbol_qr(struct symbol *out, struct arena *arena, struct text text)
{
    QRcode *code = NULL;
    size_t cells;
    uint8_t *dark;

    if (text.len > 0 && text.len <= INT16_MAX)
        code =
            QRcode_encodeData((int)text.len, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
    if (!code)
        return fail(ERR_INVALID,
                    N_("A QR code holds 1 to about 2,300 bytes; this has %zu. Shorten it."),
                    text.len);
    cells = (size_t)code->width * (size_t)code->width;
    dark = arena_alloc(arena, cells);
    for (size_t i = 0; i < cells; i++)
        dark[i] = code->data[i] & CELL_DARK;
    *out = (struct symbol){ code->width, code->width, dark };
    QRcode_free(code);
    return ERR_OK;
}
