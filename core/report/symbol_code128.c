#include "core/report/symbol.h"

#include <limits.h>
#include <zint.h>

/* The library would take control characters too; no keyboard wedge types them back as they were. */
static bool printable(struct text text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < ' ' || text.data[i] > '~')
            return false;
    return text.len > 0 && text.len <= CODE128_MOST;
}

static bool module_dark(const struct zint_symbol *drawn, int column)
{
    return drawn->encoded_data[0][column / CHAR_BIT] >> (column % CHAR_BIT) & 1;
}

enum err symbol_code128(struct symbol *out, struct arena *arena, struct text text)
{
    struct zint_symbol *drawn;
    uint8_t *dark;

    if (!printable(text))
        return fail(
            ERR_INVALID,
            N_("A bar code holds 1 to %d letters, digits and signs of a keyboard; \"%s\" "
               "cannot be printed as one."),
            CODE128_MOST, arena_string(arena, text));
    drawn = ZBarcode_Create();
    if (!drawn)
        return fail(ERR_IO, N_("The bar code could not be made: memory ran out."));
    drawn->symbology = BARCODE_CODE128;
    if (ZBarcode_Encode(drawn, (const unsigned char *)text.data, (int)text.len) >= ZINT_ERROR) {
        enum err err = fail(ERR_INVALID, N_("The bar code could not be made: %s."),
                            arena_string(arena, text_of(drawn->errtxt)));

        ZBarcode_Delete(drawn);
        return err;
    }
    dark = arena_alloc(arena, (size_t)drawn->width);
    for (int i = 0; i < drawn->width; i++)
        dark[i] = module_dark(drawn, i);
    *out = (struct symbol){ 1, drawn->width, dark };
    ZBarcode_Delete(drawn);
    return ERR_OK;
}
